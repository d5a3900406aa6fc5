import {
	valueAt,
	type ChangelogWatch,
	type CompareWatch,
	type ListEndpoint,
	type NewestWatch,
	type Resource,
	type SinceWatch,
} from '../definition';
import type { HttpResponse } from '../http';
import { identityOf, ListFault } from '../paging';
import { recordPages, type ListReader, type ParameterValues } from '../write';
import { clockOf, timeOf } from './time';
import type { Found, Log, Look, Source } from './types';

/** A list is walked again where it may have moved while it was read, so often at most. */
const MOST_WALKS = 3;

interface Walk {
	records: unknown[];
	pages: number;
	clock?: number;
}

type Until = (records: readonly unknown[]) => boolean;

async function walk(
	reader: ListReader,
	endpoint: ListEndpoint,
	values: ParameterValues,
	{ wanted = Infinity, until = () => false }: { wanted?: number; until?: Until } = {},
): Promise<Walk> {
	const result: Walk = { records: [], pages: 0 };
	const onAnswer = (_: unknown, headers: HttpResponse['headers']) => {
		result.pages++;
		result.clock = clockOf(headers) ?? result.clock;
	};
	for await (const page of recordPages(reader, endpoint, { values, wanted, onAnswer })) {
		for (const record of page) result.records.push(record);
		if (result.records.length >= wanted || until(page)) break;
	}
	return result;
}

/**
 * Walks a list until a walk brings nothing older than what the one before has seen: somebody who moves to another page
 * while pages are read can be passed over by one walk. A list of one page cannot move.
 */
async function look(once: () => Promise<Walk>, find: (walk: Walk) => Found[]): Promise<Look> {
	const found = new Map<string, Found>();
	const keep = (list: Found[]) => {
		for (const each of list) found.set(JSON.stringify([each.id, each.version]), each);
	};
	const first = await once();
	let { clock } = first;
	keep(find(first));
	let settled = first.pages <= 1;
	for (let walks = 1; !settled && walks < MOST_WALKS; walks++) {
		const newest = newestOf(found.values());
		const again = await once();
		clock = again.clock ?? clock;
		const passedOver = find(again).filter(
			(each) => !found.has(JSON.stringify([each.id, each.version])) && (each.at ?? 0) <= newest,
		);
		keep(find(again));
		settled = passedOver.length === 0;
	}
	return { found: [...found.values()], clock, settled };
}

const newestOf = (found: Iterable<Found>): number => {
	let newest = 0;
	for (const { at } of found) if (at !== undefined && at > newest) newest = at;
	return newest;
};

/** Records as they are told apart: by what identifies them, else by all they say. */
function identified(resource: Resource): (record: unknown) => string {
	const identity = identityOf(resource);
	return (record) => identity(record) ?? JSON.stringify(record);
}

/** A list whose records carry times. */
export function timedSource(
	reader: ListReader,
	watch: SinceWatch | NewestWatch,
	values: ParameterValues,
): Source {
	const endpoint = reader.resource.endpoints[watch.endpoint] as ListEndpoint;
	const idOf = identified(reader.resource);
	const asked = (from: number): ParameterValues =>
		watch.by === 'since' ? { ...values, [watch.since]: sinceValue(endpoint, watch, from) } : values;
	return {
		look: async (from) =>
			await look(
				async () =>
					await walk(reader, endpoint, asked(from), {
						until:
							watch.by === 'newest'
								? (page) =>
										page.every((record) => (timeOf(valueAt(record, watch.at)) ?? from) < from)
								: undefined,
					}),
				({ records, clock }) =>
					records.map((record): Found => {
						const time = timeOf(valueAt(record, watch.at));
						return {
							record,
							id: idOf(record),
							version: watch.by === 'since' ? versionOf(record, watch.at) : '',
							// Who was listed by a time it does not show has changed by now, as far as anybody can know.
							at: time ?? (watch.by === 'since' ? clock : undefined),
							createdAt:
								watch.createdAt === undefined
									? undefined
									: timeOf(valueAt(record, watch.createdAt)),
							removed: watch.removed !== undefined && valueAt(record, watch.removed) === true,
						};
					}),
			),
	};
}

/** The time of a change tells two states of a record apart; without it, all it says does. */
function versionOf(record: unknown, path: string): string {
	const value = valueAt(record, path);
	return timeOf(value) === undefined ? JSON.stringify(record) : String(value);
}

/** A time as the parameter's wire form wants it. Rounded down: rather once more than not at all. */
function sinceValue(endpoint: ListEndpoint, { since }: SinceWatch, from: number): unknown {
	const seconds = Math.floor(from / 1000);
	if (endpoint.parameters?.[since]?.wire === 'epochSeconds') return seconds;
	return new Date(seconds * 1000).toISOString();
}

/** A list that says nothing of times. */
export function comparedSource(
	reader: ListReader,
	watch: CompareWatch,
	values: ParameterValues,
): Source {
	const endpoint = reader.resource.endpoints[watch.endpoint] as ListEndpoint;
	const idOf = identified(reader.resource);
	return {
		look: async () =>
			await look(
				async () => await walk(reader, endpoint, values),
				({ records }) =>
					records.map((record) => ({
						record,
						id: idOf(record),
						version: watch.events.includes('changed') ? JSON.stringify(record) : '',
					})),
			),
	};
}

/** A log of IDs, and the call that gives their records. */
export function logSource(reader: ListReader, watch: ChangelogWatch, values: ParameterValues): Log {
	const { resource } = reader;
	const log = resource.endpoints[watch.endpoint] as ListEndpoint;
	const batch = resource.endpoints[watch.records.endpoint] as ListEndpoint;
	const keyPath = resource.fields[resource.key].path ?? resource.key;
	return {
		async ids(from, to) {
			const { records, clock } = await walk(reader, log, {
				...values,
				[watch.from]: from / 1000,
				[watch.to]: to / 1000,
			});
			const ids = records.map((record) => valueAt(record, watch.id));
			const unreadable = ids.some((id) => typeof id !== 'string' && typeof id !== 'number');
			if (unreadable)
				throw new ListFault('The service listed changes without saying of what. Try again later.');
			return { ids: [...new Set(ids.map(String))], clock };
		},
		async records(ids) {
			const found: Found[] = [];
			for (let at = 0; at < ids.length; at += watch.records.max) {
				const part = ids.slice(at, at + watch.records.max);
				const { records } = await walk(reader, batch, { ...values, [watch.records.ids]: part });
				for (const record of records)
					found.push({
						record,
						id: String(valueAt(record, keyPath)),
						version: versionOf(record, watch.at),
						at: timeOf(valueAt(record, watch.at)),
					});
			}
			return found;
		},
	};
}

/** The newest records, for who wants to see what will come. */
export async function newestOfList(
	reader: ListReader,
	endpoint: ListEndpoint,
	values: ParameterValues,
	at: string | undefined,
	wanted: number,
): Promise<unknown[]> {
	const { records } = await walk(reader, endpoint, values, { until: () => true });
	if (at !== undefined) {
		const time = (record: unknown) => timeOf(valueAt(record, at)) ?? 0;
		records.sort((one, other) => time(other) - time(one));
	}
	return records.slice(0, wanted);
}
