import type { ListEndpoint, Resource } from '../definition';
import { sameHost, type Fault, type HttpResponse, type Outgoing, type Sender } from '../http';
import { identityOf, pages, respelled, type PageRequest } from '../paging';
import { addressOf, bodyBeside, namedIn, type ParameterValues } from './request';

/** What is needed to read a list of records. */
export interface ListReader {
	resource: Resource;
	sender: Sender;
	baseUrl: string;
}

interface Asked {
	values: ParameterValues;
	/** Fills the path where it names fields. */
	record?: Readonly<Record<string, unknown>>;
	/** How many records are wanted at most. */
	wanted: number;
	tell?(message: string): void;
	/** Sees every page. */
	onAnswer?(body: unknown, headers: HttpResponse['headers']): void;
}

/** The records of a list of a resource, page by page, each once. */
export function recordPages(
	{ resource, sender, baseUrl }: ListReader,
	endpoint: ListEndpoint,
	{ values, record = {}, wanted, tell, onAnswer }: Asked,
): AsyncGenerator<unknown[], void> {
	const { method } = endpoint.request;
	const beside = bodyBeside(endpoint, values);
	const named = namedIn(resource.fields, record);
	const outgoing = (url: string, page: PageRequest): Outgoing => ({
		method,
		headers: endpoint.headers,
		url,
		body: method === 'GET' ? undefined : JSON.stringify({ ...beside, ...page.body }),
		repeatable: true,
		expects: 'json',
	});
	const read = pages(endpoint, {
		wanted,
		tell,
		identity: identityOf(resource),
		async fetch(page) {
			const address = addressOf(baseUrl, endpoint, values, named, page.query);
			const url = page.link === undefined ? address : sameHost(baseUrl, address, page.link);
			if (url === undefined) return { ok: false, fault: elsewhere(page.link) };
			const sent = await sender.send(outgoing(url, page));
			if (!sent.ok) return sent;
			onAnswer?.(sent.body, sent.headers);
			return { ok: true, body: sent.body };
		},
	});
	return endpoint.loose ? inOurNames(resource, read) : read;
}

async function* inOurNames(
	resource: Resource,
	read: AsyncGenerator<unknown[], void>,
): AsyncGenerator<unknown[], void> {
	for await (const page of read) yield page.map((record) => respelled(resource, record));
}

/** The host is named, and nothing else of the link: it may hold a key. */
function elsewhere(link = ''): Fault {
	let host = 'another host';
	try {
		host = new URL(link).host;
	} catch {
		// No address at all.
	}
	return {
		code: 'REDIRECTED',
		message: `The service continues the list at ${host}, which is not followed because your key would go there. Check the base URL in the credential.`,
		applied: 'no',
	};
}
