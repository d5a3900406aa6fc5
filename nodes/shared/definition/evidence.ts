/**
 * What a statement about a vendor rests on.
 * - `documented`: the vendor's own documentation says so.
 * - `observed`: public code that talks to the live service does it so.
 * - `unverified`: the only sources are third parties, or the statement is inferred.
 */
export type Basis = 'documented' | 'observed' | 'unverified';

/** The standing of one statement, and where to read it. */
export interface Evidence {
	basis: Basis;
	/** A public address, or the section of the vendor's notes (`VENDOR.md`) that holds it. */
	source: string;
}

const WEAKEST_FIRST: readonly Basis[] = ['unverified', 'observed', 'documented'];

/** An operation stands no firmer than the weakest endpoint it is composed of. */
export function weakest(evidence: readonly Evidence[]): Evidence {
	const [first, ...rest] = evidence;
	return rest.reduce(
		(held, next) =>
			WEAKEST_FIRST.indexOf(next.basis) < WEAKEST_FIRST.indexOf(held.basis) ? next : held,
		first,
	);
}
