/** A row that no service is asked about: one of its texts is an object. Not its key, if it has another text. */
export function spoiltRow(
	row: Readonly<Record<string, unknown>>,
	key: string,
): Record<string, unknown> {
	const texts = Object.keys(row).filter((name) => typeof row[name] === 'string');
	const spoilt = texts.find((name) => name !== key) ?? texts[0];
	if (spoilt === undefined) throw new Error('The row has no text.');
	return { ...row, [spoilt]: { no: 'text' } };
}
