import type { Evidence } from './evidence';
import type { WireForm, WritePurpose } from './field';

export interface RequestLine {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/**
	 * Begins with `/`. A part in braces is filled from the parameter of that name, else from the record's field of that
	 * name; it is always percent-encoded.
	 */
	path: string;
}

/** Something the user sets that is not a field of the record. */
export interface Parameter {
	label: string;
	help?: string;
	placeholder?: string;
	kind:
		| 'text'
		| 'number'
		| 'boolean'
		| 'date'
		| 'dateTime'
		| 'choice'
		| 'choices'
		| 'textList'
		| 'json';
	in: 'path' | 'query' | 'body';
	/** The vendor's name when it differs from the key. In a body: a dot-separated path. */
	name?: string;
	required?: boolean;
	default?: string | number | boolean | readonly string[];
	/** Shown values. `choice` and `choices` only. */
	values?: readonly string[];
	/** A choice that also takes other values. */
	openValues?: boolean;
	wire?: WireForm;
	/** The value stands in this text, at `{}`. Where another parameter sends the same name, both are joined by AND in brackets. */
	template?: string;
	/** How a list stands in a query: `a[]=1&a[]=2`, `a=1,2`, `a=1&a=2`. Default `comma`. */
	list?: 'brackets' | 'comma' | 'repeat';
	/** Where the editor shows it. Default: `main` when required, else `options` (`filters` on lists). */
	group?: 'main' | 'options' | 'filters';
	/** Where people find the value, if it is the service's own. Always in sight below the field. */
	where?: string;
	/** Shown as a resource locator. `search` names the list endpoint that fills "From List", where there is one. */
	locator?: Locator;
	evidence?: Evidence;
}

/** How one record is chosen: by its ID, or from a list where the vendor has one. */
export interface Locator {
	/** Whose list. Default: the resource the parameter belongs to. */
	resource?: string;
	/** Its list endpoint. */
	search?: string;
	/** The list's parameter that takes what the user types. Absent: what is typed is compared here. */
	query?: string;
	/** Path of the value in a listed record. Default: the resource's key. */
	value?: string;
	/** Paths of the texts people know a record by. */
	label?: readonly string[];
}

export type EndpointParameters = Readonly<Record<string, Parameter>>;

/** Where the editor keeps a parameter: beside the operation, or in one of its collections. */
export const groupOf = (parameter: Parameter, list: boolean): 'main' | 'options' | 'filters' =>
	parameter.group ?? (parameter.required ? 'main' : list ? 'filters' : 'options');

/**
 * How a list goes on. An empty page ends a list only where nothing says that it goes on. The engine refuses a cursor
 * it has seen, a link to another host and more pages than it can explain.
 */
export type Paging =
	| { by: 'none' }
	/** Numbered pages. Ends with the first page that holds fewer than `pageSize` records. */
	| { by: 'page'; page: string; size: string; pageSize: number; first: 0 | 1 }
	/** Offset of the first entry. `total` is a path in the answer; without it as `page`. */
	| { by: 'offset'; offset: string; limit: string; pageSize: number; total?: string }
	/**
	 * Sources disagree whether `name` counts entries or pages, and whether the size is heeded. Behind a page that may be full it
	 * is taken for entries first, and for pages where that brings nothing new; a page that brings nothing new ends the list.
	 */
	| { by: 'offsetOrPage'; name: string; limit: string; pageSize: number }
	/** A text from the answer, sent back with the same request. Ends when it is missing. */
	| { by: 'cursor'; sendIn: 'query' | 'body'; name: string; next: string }
	/**
	 * The answer holds the address of the next page, which is asked as it stands, on the credential's own host only. Ends
	 * when it is missing. The first page is asked with `size`.
	 */
	| { by: 'link'; size: string; pageSize: number; next: string };

/**
 * When is a write a success? Paths are dot-separated in the answer's body. A row that an answer does not decide is
 * never called saved.
 */
export type OutcomeRule =
	/** The HTTP status decides. */
	| {
			by: 'status';
			action?: 'created' | 'updated';
			actionAt?: ActionAt;
			/** The vendor's own ID of the record. */
			recordId?: string;
			/** What else of the answer is shown. */
			keep?: readonly string[];
	  }
	/** A word in the body decides; an unknown word is a failure and is shown. Compared without case. */
	| {
			by: 'word';
			at: string;
			success: readonly string[];
			messages: string;
			/** The answer speaks of the whole request and cannot say which record it means. */
			unlocated?: boolean;
	  }
	/** A list of errors that point at records by position in the request and by key; the others are saved. */
	| {
			by: 'located';
			errors: string;
			code: string;
			message: string;
			locations: string;
			/** Position in the request, from 0. */
			index: string;
			key: string;
			/** Totals; they must add up with the located errors, or nobody of the chunk is called saved on the answer alone. */
			created: string;
			updated: string;
	  }
	/** Two lists of keys: those it was done for, and those that name no record. A row that neither names is open. */
	| { by: 'lists'; done: string; missing: string }
	/** The answer names a transaction to be polled; until it ends a row is `inProgress`. */
	| {
			by: 'transaction';
			id: string;
			/** A read endpoint of the same resource; `{transactionId}` in its path. */
			poll: string;
			state: string;
			success: readonly string[];
			/** Any other word says that it is under way. */
			failure: readonly string[];
			/** The vendor's own ID of the record. */
			recordId?: string;
			keep?: readonly string[];
	  };

/** A word in the answer that says whether the record was made or changed. */
export interface ActionAt {
	at: string;
	created: readonly string[];
	updated: readonly string[];
}

/**
 * The same for every request, by name: a version, a media type. What a body is sent as is JSON unless `Content-Type` says
 * otherwise. What signs a request belongs to the credential.
 */
export type Headers = Readonly<Record<string, string>>;

interface EndpointBase extends Evidence {
	request: RequestLine;
	parameters?: EndpointParameters;
	/** Headers that are always sent with it, beside those of the vendor. */
	headers?: Headers;
	/** Values that are always sent, by dot-separated path in the body. */
	fixed?: Readonly<Record<string, unknown>>;
	/** May be sent again when its fate is unknown. Reads always may. */
	repeatable: boolean;
}

export interface ReadEndpoint extends EndpointBase {
	does: 'read';
	/** Where the record stands in the answer; absent: the answer is the record. */
	record?: string;
	/**
	 * There stands a list, which holds the one record that is asked for or none. Path in its entries -> parameter that it must equal,
	 * without regard to case.
	 */
	among?: Readonly<Record<string, string>>;
	/** As of a list. */
	loose?: true;
	/** A file inside the record, by paths: base64 content, name, MIME type. It becomes binary data and leaves the json. */
	file?: { content: string; name: string; type: string };
}

export interface ListEndpoint extends EndpointBase {
	does: 'list';
	/** Where the records stand in the answer; empty text: the answer is the list. */
	records: string;
	/** How the vendor spells its names is not documented: capitals do not matter, and the answer may be the list itself. */
	loose?: true;
	paging: Paging;
	/** Where the answer states how many records there are in all. */
	total?: string;
}

/** One record is found in a list. Exactly one must fit. */
export interface ListSight<E extends string = string> {
	/** A list endpoint. Its parameters take the values of the record's fields of the same name. */
	find: E;
	/** Path in a listed record -> field or parameter it must equal. A path the vendor does not return is not compared, but the first must be. */
	where: Readonly<Record<string, string>>;
}

export interface WriteEndpoint extends EndpointBase {
	does: 'write';
	/** Records a request may carry. More than 1: the body holds a list. */
	max: number;
	/** Bytes of body a request may carry. */
	maxBytes?: number;
	/** Dot-separated path under which the record, or the list of records, stands in the body. */
	wrap?: string;
	/** The value of this field alone stands for a record: the body holds a list of values, not of objects. */
	value?: string;
	/** Values that are always sent in every record, by dot-separated path in it. They are no fields: nobody sets them. */
	fixedInside?: Readonly<Record<string, unknown>>;
	/** No body is sent (deletes). */
	bodiless?: true;
	/** Fields that stand in the path only, by field key. */
	omit?: readonly string[];
	/** The only fields this endpoint takes, by field key, where it takes fewer than the resource has. */
	accepts?: readonly string[];
	/** Purpose whose required fields this endpoint insists on, whatever the operation's own purpose. */
	demands?: WritePurpose;
	/**
	 * Where the record this one writes can be seen: a read endpoint, its path filled from the record, or a list. A row whose
	 * answer was lost is looked up there.
	 */
	seenBy?: string | ListSight;
	/** It makes the record where there is none: where that can be seen, Validate Only tells which it would be. */
	upserts?: true;
	outcome: OutcomeRule;
}

/** Any other call: sends its parameters, gives back the answer. */
export interface CallEndpoint extends EndpointBase {
	does: 'call';
}

export type Endpoint = ReadEndpoint | ListEndpoint | WriteEndpoint | CallEndpoint;
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** An endpoint as its author writes it: reads and lists are repeatable by nature. */
type Written<E extends Endpoint> = Omit<E, 'does' | 'repeatable'>;

export const read = (endpoint: Written<ReadEndpoint>): ReadEndpoint => ({
	...endpoint,
	does: 'read',
	repeatable: true,
});
export const list = (endpoint: Written<ListEndpoint>): ListEndpoint => ({
	...endpoint,
	does: 'list',
	repeatable: true,
});
export const write = (endpoint: Omit<WriteEndpoint, 'does'>): WriteEndpoint => ({
	...endpoint,
	does: 'write',
});
export const call = (endpoint: Omit<CallEndpoint, 'does'>): CallEndpoint => ({
	...endpoint,
	does: 'call',
});

/** What fills the parts in braces of a path. */
export const placeholdersIn = ({ path }: RequestLine): string[] =>
	[...path.matchAll(/\{(\w{1,100})\}/g)].map(([, name]) => name);

/** Does the address name one record? A part that a parameter fills is the same for all records. */
export const namesRecord = ({ request, parameters = {} }: Endpoint): boolean =>
	placeholdersIn(request).some((name) => !(name in parameters));
