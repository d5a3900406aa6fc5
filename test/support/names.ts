/** A first name for each number. A digit in a name is a code, which is refused. */
export const nameOf = (n: number): string =>
	`P${[...String(n)].map((digit) => 'aeioubdfgh'[Number(digit)]).join('')}`;
