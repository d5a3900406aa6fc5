/** Numbers that look like chance and are the same for the same seed. */
export class Chance {
	constructor(private state: number) {}

	/** From 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** From 0 up to, not including, `below`. */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	of<T>(from: readonly T[]): T {
		return from[this.below(from.length)];
	}

	is(share: number): boolean {
		return this.next() < share;
	}
}

export const FIELDS = [
	'externalId',
	'firstName',
	'lastName',
	'email',
	'workspaceId',
	'since',
] as const;
export type FieldName = (typeof FIELDS)[number];
export type Person = Record<FieldName, string>;

const FIRST =
	'Ana Bo José Zoë Łukasz Jiří Søren Mary-Jane Jean-Luc Maïté Ngọc Grace May True'.split(' ');
const LAST =
	"Roy|Lind|O'Brien|Müller|van der Berg|Null|Núñez|Wałęsa|D’Angelo|Smith Jr.|Dvořák|St. John|de la Cruz|Ng|Day".split(
		'|',
	);

/** Somebody with a name that lists have trouble with. `n` makes them unlike all others of a list. */
export function somebody(chance: Chance, n: number): Person {
	const year = 2005 + chance.below(20);
	const two = (value: number) => String(value).padStart(2, '0');
	return {
		externalId: chance.of([`E${1001 + n}`, `00${123 + n}`, `EMP-${n}`, `${10023 + n}`]),
		firstName: chance.of(FIRST),
		lastName: chance.of(LAST),
		email: `person${n}.${chance.below(1000)}@acme.example`,
		workspaceId: 'W1',
		since: `${year}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`,
	};
}
