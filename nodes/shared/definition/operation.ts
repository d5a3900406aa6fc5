import type { ListSight } from './endpoint';
import type { Basis } from './evidence';
import type { Field, WritePurpose } from './field';

/**
 * Which endpoint a row is sent to. By name: all rows. `withKey` / `withoutKey`: by whether the row carries the resource's
 * key. `lookup`: the record is read first; what the vendor answers decides.
 */
export type Route<E extends string = string> =
	| E
	| { withKey: E; withoutKey: E }
	| { lookup: E; found: E; missing: E }
	| FindRoute<E>;

/**
 * The record is found by a list endpoint first, because the write needs an id the user does not have. Exactly one record
 * must fit, otherwise nothing is written.
 */
export interface FindRoute<E extends string = string> extends ListSight<E> {
	/** Path in the found record -> field of the record that is sent. */
	take: Readonly<Record<string, string>>;
	/** The same for what the row leaves out. A row that has all of it needs no search. */
	fill?: Readonly<Record<string, string>>;
	then: E;
}

/** A choice of the user between routes, stored under `option`. */
export interface RouteChoice<E extends string = string> {
	/** Name of the stored option. */
	option: string;
	label: string;
	help: string;
	/** The first is the default. */
	choices: ReadonlyArray<{ value: string; label: string; help?: string; route: Route<E> }>;
}

interface OperationBase {
	/** Absent: the standard label of the operation's name. */
	label?: string;
	/** Sentence case, for example `Create talent`. */
	action: string;
	description?: string;
	/** Shown above the fields. What the user must know before running it. */
	notice?: string;
	/** When it stands on weaker ground than its endpoints. */
	basis?: Basis;
}

/** Sends records. */
export interface SaveOperation<F extends string = string, E extends string = string>
	extends OperationBase {
	does: 'save';
	/** `one`: a record for each item. `items`: all items are the rows. `file`: rows from a file or the items. */
	rows: 'one' | 'items' | 'file';
	purpose: WritePurpose;
	route: Route<E> | RouteChoice<E>;
	/** The record's fields this operation takes. Default: all that can be written. */
	only?: readonly F[];
	except?: readonly F[];
	/** Column keys that are asked as single parameters instead of the mapper, in this order. All are required. */
	ask?: readonly string[];
	/** Initial values of asked columns. */
	preset?: Readonly<Record<string, string | number | boolean>>;
	/** Field values that always win over the row, in the vendor's shape. */
	fixed?: Readonly<Partial<Record<F, unknown>>>;
	/** What the user expects the vendor to report; another report is shown as a hint. */
	expects?: 'created' | 'updated';
	/** Removes, wipes or deactivates. */
	destructive?: boolean;
}

export interface ListOperation<E extends string = string> extends OperationBase {
	does: 'list';
	endpoint: E;
	/** Each record can be read in full by another request, when the user asks for it (option `fullDetails`). */
	details?: {
		endpoint: E;
		/** Path in the listed record -> parameter of the read endpoint. */
		by: Readonly<Record<string, string>>;
	};
}

/** A record together with the lists that belong to it, as one item. */
export interface GatherOperation<E extends string = string> extends OperationBase {
	does: 'gather';
	/** Reads the record. */
	endpoint: E;
	parts: ReadonlyArray<{
		/** Key in the output. */
		as: string;
		/** Resource of the same vendor, and its list endpoint. */
		resource: string;
		endpoint: string;
		/** Parameter of the list endpoint that takes the record's key. */
		by: string;
		/** Only records whose value at this path equals the key are kept: an unknown filter is ignored by some vendors. */
		belongs?: string;
		/** What to do when a record does not say whose it is. Default `fail`: it could be anybody's. */
		unowned?: 'keep' | 'fail';
	}>;
}

/** Any request the package does not cover, with the same sign-in, retry and budget. */
export interface RequestOperation extends OperationBase {
	does: 'request';
	basis: Basis;
	source: string;
}

export interface GetOperation<E extends string = string> extends OperationBase {
	does: 'get';
	endpoint: E;
}

export interface CallOperation<E extends string = string> extends OperationBase {
	does: 'call';
	endpoint: E;
	destructive?: boolean;
}

export type Operation<F extends string = string, E extends string = string> =
	| SaveOperation<F, E>
	| ListOperation<E>
	| GetOperation<E>
	| GatherOperation<E>
	| CallOperation<E>
	| RequestOperation;

export const isRouteChoice = <E extends string>(
	route: Route<E> | RouteChoice<E>,
): route is RouteChoice<E> => typeof route === 'object' && 'choices' in route;

/** Is the field one that the user gives to the operation? */
export const isInput = (
	{ only, except, fixed }: Pick<SaveOperation, 'only' | 'except' | 'fixed'>,
	key: string,
	{ access }: Field,
): boolean =>
	access !== 'readOnly' &&
	(only === undefined || only.includes(key)) &&
	!except?.includes(key) &&
	!(fixed !== undefined && key in fixed);

/** Every endpoint name a route may lead to, lookups included. */
export function endpointsOf(route: Route | RouteChoice): string[] {
	if (typeof route === 'string') return [route];
	if (isRouteChoice(route)) return route.choices.flatMap((choice) => endpointsOf(choice.route));
	return 'find' in route ? [route.find, route.then] : Object.values(route);
}
