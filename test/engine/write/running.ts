import {
	listOf,
	resource,
	text,
	write,
	type Endpoints,
	type Fields,
	type OutcomeRule as Rule,
	type Route,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { Budget, Sender, type HttpRequest } from '../../../nodes/shared/http';
import type { Mapper } from '../../../nodes/shared/mapping/types';
import {
	save,
	type Outcome,
	type RowSource,
	type SaveJob,
	type SourceRow,
} from '../../../nodes/shared/write';
import { stubMapper } from '../../support/stubMapper';
import { VirtualPort, type Handler } from '../../support/virtualPort';

export const BASE = 'https://api.example.com';
export const FACT = { basis: 'documented', source: 'test' } as const;

/** Rows are records already: the engine is tested without the mapping. */
export type Row = Record<string, unknown>;

export const mapper: Mapper = {
	map: (raw) => {
		const { boss, team, bad, ...record } = raw;
		const relations = { ...(boss !== undefined && { boss }), ...(team !== undefined && { team }) };
		return {
			record,
			key: record.id as string | undefined,
			issues: bad === undefined ? [] : [{ code: 'INVALID_VALUE', message: '"Name" is bad.' }],
			...(Object.keys(relations).length > 0 && { relations }),
		};
	},
	...stubMapper,
};

export const LOCATED: Rule = {
	by: 'located',
	errors: 'errors',
	code: 'code',
	message: 'message',
	locations: 'places',
	index: 'index',
	key: 'id',
	created: 'created',
	updated: 'updated',
};

/** An endpoint for many, that may be asked again, unless told otherwise. */
export const many = (more: Partial<WriteEndpoint> = {}): WriteEndpoint =>
	write({
		...FACT,
		request: { method: 'POST', path: '/bulk' },
		repeatable: true,
		max: 3,
		outcome: LOCATED,
		...more,
	});

/** An endpoint for one, that must not be asked again, unless told otherwise. */
export const single = (more: Partial<WriteEndpoint> = {}): WriteEndpoint =>
	write({
		...FACT,
		request: { method: 'POST', path: '/people' },
		repeatable: false,
		max: 1,
		outcome: { by: 'status' },
		...more,
	});

export const people = (endpoints: Endpoints, fields: Fields = {}) =>
	resource({
		name: 'person',
		label: 'Person',
		plural: 'People',
		key: 'id',
		fields: {
			id: text({ label: 'ID' }),
			name: text({ label: 'Name', personal: true }),
			boss: listOf(
				{ id: text({ label: 'ID' }) },
				{ label: 'Boss', relation: { refersTo: 'id', order: 'secondPass' } },
			),
			team: text({ label: 'Team', relation: { refersTo: 'id', order: 'secondPass' } }),
			...fields,
		},
		endpoints,
		operations: {},
	});

const POLICY = { unknownFields: 'error', blankValues: 'leave', fieldsToClear: [] } as const;
const SAME = {};

export const sourceOf =
	(rows: readonly Row[], more: (at: number) => Partial<SourceRow> = () => ({})) =>
	(): SourceRow[] =>
		rows.map((values, index) => ({
			row: index + 1,
			index,
			values,
			parameters: SAME,
			policy: POLICY,
			...more(index),
		}));

export type Running = Partial<SaveJob> & {
	rows?: SaveOperation['rows'];
	source?: RowSource;
	maxWaitMs?: number;
};

/** Sends rows to `route` of these endpoints, one request at a time, and gives back all there is to see. */
export async function run(
	endpoints: Endpoints,
	route: Route,
	rows: readonly Row[],
	handler: Handler,
	more: Running = {},
) {
	const { rows: kind = 'items', source = sourceOf(rows), maxWaitMs = 300_000, ...job } = more;
	const port = job.port instanceof VirtualPort ? job.port : new VirtualPort(handler);
	const redact = (words: string) => words.replaceAll('s3cret', '***');
	const sender = new Sender(port, {
		baseUrl: BASE,
		budget: new Budget(),
		maxWaitMs,
		timeoutMs: 1000,
		errorMessages: ['message'],
		redact,
	});
	/** In the order in which they were told. */
	const told: Outcome[] = [];
	const totals = { created: 0, updated: 0 };
	const done = save(source, {
		resource: people(endpoints),
		operation: { does: 'save', rows: kind, purpose: 'patch', route: 'post', action: 'Save' },
		route,
		mapper,
		sender,
		port,
		baseUrl: BASE,
		redact,
		concurrency: 1,
		validateOnly: false,
		includeRequest: false,
		transactionWaitMs: 60_000,
		count: ({ created, updated }) => {
			totals.created += created;
			totals.updated += updated;
		},
		emit: (outcome) => void told.push(outcome),
		...job,
	});
	const seen = { told, port, sender, totals };
	await done.catch((error: unknown) => {
		throw Object.assign(error as Error, { seen });
	});
	const outcomes = [...told].sort((a, b) => a.row - b.row);
	return { ...seen, outcomes, statuses: outcomes.map(({ status }) => status) };
}

/** What became of each row, as text. */
export const reasons = (outcomes: readonly Outcome[]): string[] =>
	outcomes.map(({ status, errors }) =>
		[status, ...(errors ?? []).map(({ code }) => code)].join(' '),
	);

export const named = (count: number, name = 'N'): Row[] =>
	Array.from({ length: count }, (_, at) => ({ id: `P${at}`, name: `${name}${at}` }));

/** The records of a request, whatever stands around them. */
export const sent = ({ body = '[]' }: HttpRequest): Row[] => {
	const parsed = JSON.parse(body) as Row | Row[] | { data: Row[] };
	if (Array.isArray(parsed)) return parsed;
	return Array.isArray(parsed.data) ? parsed.data : [parsed as Row];
};

/** How many records each request carried. */
export const sizes = (requests: readonly HttpRequest[]): number[] =>
	requests.map((request) => sent(request).length);
