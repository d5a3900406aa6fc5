import type { Endpoint, Endpoints, Headers } from './endpoint';
import { weakest, type Evidence } from './evidence';
import type { Fields, WritePurpose } from './field';
import { endpointsOf, type Operation } from './operation';
import type { Watch } from './watch';

/** A field that counts only with this value. */
export interface Valued<F extends string = string> {
	field: F;
	is: string | number | boolean;
}

/**
 * A rule between fields of one record, checked before anything is sent. `for`: it holds for writes of this purpose only, by
 * the operation or by what the endpoint demands.
 */
export type RecordRule<F extends string = string> =
	| { anyOf: ReadonlyArray<F | Valued<F>>; for?: WritePurpose }
	| { together: readonly F[]; for?: WritePurpose }
	/** A record that holds this field alone says nothing. */
	| { beside: F };

/** The fields a rule speaks of. */
export function fieldsOfRule<F extends string>(rule: RecordRule<F>): readonly F[] {
	if ('beside' in rule) return [rule.beside];
	if ('together' in rule) return rule.together;
	return rule.anyOf.map((part) => (typeof part === 'string' ? part : part.field));
}

export interface Resource {
	/** Stored value. */
	name: string;
	label: string;
	plural: string;
	/** The field by which the vendor recognises a record. */
	key: string;
	fields: Fields;
	rules?: readonly RecordRule[];
	endpoints: Endpoints;
	/** By stored value. */
	operations: Readonly<Record<string, Operation>>;
	/** What a trigger can look for, by stored value, which is unique within the vendor. */
	watches?: Readonly<Record<string, Watch>>;
	/** Standard operations the vendor does not carry, with the reason; for the matrix. */
	silent?: Readonly<Record<string, string>>;
}

interface ResourceDefinition<F extends Fields, E extends Endpoints> {
	name: string;
	label: string;
	plural: string;
	key: NoInfer<keyof F & string>;
	fields: F;
	rules?: ReadonlyArray<RecordRule<NoInfer<keyof F & string>>>;
	endpoints: E;
	operations: Readonly<
		Record<string, Operation<NoInfer<keyof F & string>, NoInfer<keyof E & string>>>
	>;
	watches?: Readonly<Record<string, Watch<NoInfer<keyof E & string>>>>;
	silent?: Readonly<Record<string, string>>;
}

/** States a resource. Field names in `key`, `rules`, `only`, `except`, `fixed` and endpoint names are checked by the compiler. */
export function resource<const F extends Fields, const E extends Endpoints>(
	definition: ResourceDefinition<F, E>,
): Resource {
	return definition as unknown as Resource;
}

/** What a credential holds, as n8n hands it over. */
export type CredentialData = Readonly<Record<string, unknown>>;

export interface SignIn {
	/** Value of the node's parameter `authentication`. */
	authentication: 'default' | 'bearer';
	label: string;
	/** Credential type. */
	credential: string;
}

export interface Vendor {
	/** Stored node name. */
	name: string;
	displayName: string;
	/** The first is the default. */
	signIns: readonly SignIn[];
	/** The address all paths are appended to, without a slash at the end. Pure. */
	baseUrl(credential: CredentialData): string;
	/** What one credential may send when the user sets nothing; absent: no limit is known. */
	rate?: Rate;
	/** Headers that are always sent. */
	headers?: Headers;
	/** Headers of the vendor's own beside `Retry-After` by which a 429 or 5xx says how long to wait. */
	waitHeaders?: readonly WaitHeader[];
	/** Requests in flight when the user sets nothing. */
	concurrency: number;
	/** Where error bodies keep their text, first match wins; `*` stands for every entry of a list. */
	errorMessages: readonly string[];
	/** Where the errors of a refused request point at the values they mean. */
	errorPointers?: ErrorPointers;
	/** A token is fetched for each call and used once. */
	oneTimeToken?: OneTimeToken & Evidence;
	resources: readonly Resource[];
}

/** Vendors state their limits over windows of different length; one of 10 seconds is not the same as one of a minute. */
export interface Rate {
	requests: number;
	seconds: number;
}

/** As JSON:API has it: each error may hold a JSON pointer into the body that was sent, for example `/data/attributes/email`. */
export interface ErrorPointers {
	/** Path of the list of errors in the answer. */
	errors: string;
	/** Paths in an error. */
	pointer: string;
	message: string;
}

export interface WaitHeader {
	/** As the vendor spells it; case does not matter. */
	name: string;
	/** `seconds`: to wait from now on. `instant`: when to go on, as a date or as a number since 1970. */
	says: 'seconds' | 'instant';
}

export interface OneTimeToken {
	/** The credential fills in its secrets when it sees this path. */
	request: { method: 'POST'; path: string };
	/** Where the token stands in the answer. */
	at: string;
	/** Request header in which the token is handed to the credential, which puts it where the vendor wants it. */
	handOver: string;
	/** Names of the credential's fields to look at when the token is refused. */
	check: string;
}

export const vendor = (definition: Vendor): Vendor => definition;

/** What an operation rests on: the weakest of its endpoints, or what it says itself. */
export function evidenceOf(resource: Resource, operation: Operation): Evidence {
	if (operation.does === 'request') return { basis: operation.basis, source: operation.source };
	const names = operation.does === 'save' ? endpointsOf(operation.route) : [operation.endpoint];
	const ground = weakest(names.map((name): Endpoint => resource.endpoints[name]));
	return { basis: operation.basis ?? ground.basis, source: ground.source };
}
