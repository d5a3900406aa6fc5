import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	endpointsOf,
	groupOf,
	isRouteChoice,
	type Operation,
	type Resource,
	type Route,
	type SaveOperation,
	type Vendor,
	type WriteEndpoint,
} from '../../nodes/shared/definition';
import { columnsOf } from '../../nodes/shared/mapping';
import { runNode } from '../../nodes/shared/run';

import {
	fakeContext,
	type FakeAnswer,
	type FakeRequest,
	type FakeSetup,
} from '../support/fakeContext';
import { ProcessedData } from '../support/processedData';
import { sampleParameter, sampleRow } from '../support/samples';
import { endpointFor, pleasedService, recordsIn, refusal } from '../support/vendorService';
import { wholeVendors } from '../support/vendors';

/*
 * What every vendor owes its users, whatever its API looks like. Nothing here names a vendor: the cases are made from the
 * definitions, and the service that answers is made from them too.
 */

const BASE = 'https://vendor.example.com';

interface Case {
	vendor: Vendor;
	resource: Resource;
	name: string;
	operation: Operation;
}

/** The base URL does not matter here: every path is appended to this one. */
const atBase = (vendor: Vendor): Vendor => ({
	...vendor,
	baseUrl: () => BASE,
	rate: undefined,
});

const cases: Case[] = wholeVendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(resource.operations).map(([name, operation]) => ({
			vendor: atBase(vendor),
			resource,
			name,
			operation,
		})),
	),
);
const titled = <T extends Case>(list: T[]): Array<[string, T]> =>
	list.map((entry) => [`${entry.vendor.name} ${entry.resource.name} ${entry.name}`, entry]);

type SaveCase = Case & { operation: SaveOperation };
const saves = cases.filter((entry): entry is SaveCase => entry.operation.does === 'save');
const bulks = saves.filter(({ operation }) => operation.rows !== 'one');
const reads = cases.filter(
	({ operation }) => operation.does !== 'save' && operation.does !== 'request',
);

const defaultRoute = ({ operation }: SaveCase): Route =>
	isRouteChoice(operation.route) ? operation.route.choices[0].route : operation.route;

const isWrite = (entry: Case, request: FakeRequest): boolean =>
	endpointFor(entry.vendor, entry.resource, BASE, request)?.endpoint.does === 'write';

/** The endpoints' parameters, filled in where the user would fill them in. */
function filled(entry: Case, which: 'required' | 'all'): IDataObject {
	const { operation, resource } = entry;
	const names =
		operation.does === 'save'
			? endpointsOf(operation.route)
			: operation.does === 'request'
				? []
				: [operation.endpoint];
	const parameters: IDataObject = {};
	for (const name of names) {
		const endpoint = resource.endpoints[name];
		for (const [key, parameter] of Object.entries(endpoint.parameters ?? {})) {
			if (which === 'required' && !parameter.required) continue;
			const group = groupOf(parameter, operation.does === 'list');
			const value = sampleParameter(parameter, key) as IDataObject;
			if (group === 'main') parameters[key] = value;
			else parameters[group] = { ...(parameters[group] as IDataObject), [key]: value };
		}
	}
	return parameters;
}

const item = (json: Record<string, unknown>): INodeExecutionData => ({ json: json as IDataObject });

/** The bad row of these tests: a spreadsheet error in one of its cells. */
function damaged(row: Record<string, unknown>): Record<string, unknown> {
	const [column] = Object.entries(row)
		.reverse()
		.find(([, value]) => typeof value === 'string')!;
	return { ...row, [column]: '#N/A' };
}

async function execute(
	entry: Case,
	rows: Array<Record<string, unknown>>,
	more: Partial<FakeSetup> & { options?: IDataObject } = {},
) {
	const { options: chosen = {}, ...setup } = more;
	const given = filled(entry, 'required');
	const asked = entry.operation.does === 'save' ? entry.operation.ask : undefined;
	const fake = fakeContext({
		type: `n8n-nodes-talent.${entry.vendor.name}`,
		items: rows.map(item),
		service: pleasedService(entry.vendor, entry.resource, BASE),
		byItem:
			asked === undefined
				? {}
				: Object.fromEntries(asked.map((name) => [name, rows.map((row) => row[name])])),
		...setup,
		parameters: {
			resource: entry.resource.name,
			operation: entry.name,
			source: 'items',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...given,
			...setup.parameters,
			options: {
				confirmDeleteCount: rows.length,
				whenRowsFail: 'returnRows',
				// A run's waits are real time here.
				maxWaitSeconds: 2,
				...(given.options as IDataObject),
				...(setup.parameters?.options as IDataObject),
				...chosen,
			},
		},
	});
	const [out] = await runNode.call(fake.context, entry.vendor);
	return { ...fake, out, jsons: out.map(({ json }) => json) };
}

const rowsFor = (entry: SaveCase, count: number): Array<Record<string, unknown>> =>
	Array.from({ length: count }, (_, n) =>
		sampleRow(entry.resource, entry.operation, n, 'required'),
	);

/** The time a run fills in is another in every run. */
const timeless = (body: unknown): unknown =>
	body === undefined
		? undefined
		: (JSON.parse(JSON.stringify(body), (_, value: unknown) =>
				typeof value === 'number' && Math.abs(value - Date.now() / 1000) < 600
					? 'the time of the run'
					: value,
			) as unknown);

/** What every request with JSON carries; a vendor that wants something else says so in its definition. */
const USUAL_HEADERS: Readonly<Record<string, string>> = {
	accept: 'application/json',
	'content-type': 'application/json',
};

/** A request as the vendor sees it, without what all requests have in common. */
function shown({ method, url, body, headers }: FakeRequest) {
	const own = Object.entries(headers).filter(([name, value]) => USUAL_HEADERS[name] !== value);
	return {
		method,
		url: url.slice(BASE.length),
		body: timeless(body),
		...(own.length > 0 && { headers: Object.fromEntries(own) }),
	};
}

/** The texts a row holds in fields that are marked personal, wherever they stand. */
function personalTexts(resource: Resource, row: Record<string, unknown>): string[] {
	const columns = columnsOf(resource, {});
	return columns
		.filter(
			({ key, field, fieldKey }) =>
				key in row && (field.personal || resource.fields[fieldKey].personal),
		)
		.flatMap(({ key }) => row[key])
		.filter((value): value is string => typeof value === 'string' && value.length > 3);
}

const writesOf = (entry: Case, requests: FakeRequest[]) =>
	requests.filter((request) => isWrite(entry, request));

const endpointOfFirstWrite = (entry: SaveCase): WriteEndpoint => {
	const names = endpointsOf(defaultRoute(entry));
	return names
		.map((name) => entry.resource.endpoints[name])
		.find((endpoint): endpoint is WriteEndpoint => endpoint.does === 'write') as WriteEndpoint;
};

it('the package has vendors', () => {
	expect(wholeVendors.length).toBeGreaterThan(0);
});

describe.each(titled(saves))('%s', (_, entry) => {
	it.each(['required', 'all'] as const)(
		'sends what its definition says (%s fields)',
		async (extent) => {
			const row = sampleRow(entry.resource, entry.operation, 1, extent);
			const { requests, jsons } = await execute(entry, [row], {
				parameters: filled(entry, extent),
			});
			expect(jsons).toHaveLength(1);
			expect({
				requests: requests.map(shown),
				outcome: jsons[0],
			}).toMatchSnapshot();
			expect({ status: jsons[0].status, errors: jsons[0].errors }).toEqual({ status: 'saved' });
		},
	);

	it('gives each item its own values and its own outcome, paired exactly', async () => {
		const rows = rowsFor(entry, 3);
		const { out, jsons } = await execute(entry, rows);
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(jsons.map((json) => json.status)).toEqual(['saved', 'saved', 'saved']);
		const { route } = entry.operation;
		// What has to be found first has the key that the vendor gave it.
		if (typeof route === 'object' && 'find' in route) return;
		const keys = rows.map((row) =>
			row[entry.resource.key] === undefined ? '' : String(row[entry.resource.key]),
		);
		expect(jsons.map((json) => json.key)).toEqual(keys);
	});

	it('refuses a row that is missing what is required, names the field, and sends nothing for it', async () => {
		const row = sampleRow(entry.resource, entry.operation, 1, 'required');
		const required = Object.keys(row).filter(
			(name) => name !== entry.resource.key || entry.operation.ask !== undefined,
		);
		const name = required[0];
		if (name === undefined) return;
		const { [name]: removed, ...rest } = row;
		expect(removed).toBeDefined();
		const { jsons, requests } = await execute(entry, [
			entry.operation.ask === undefined ? rest : { ...row, [name]: '' },
		]);
		expect(jsons[0]).toMatchObject({
			status: 'failed',
			errors: [{ message: expect.stringMatching(/^"|^Column "|^The row holds no values/) }],
		});
		expect(writesOf(entry, requests)).toHaveLength(0);
	});

	it('refuses a field that does not exist and suggests nothing to be sent', async () => {
		if (entry.operation.ask !== undefined) return;
		const row = {
			...sampleRow(entry.resource, entry.operation, 1, 'required'),
			notAFieldOfAnyone: 'x',
		};
		const refusing = { options: { unknownFields: 'error' } };
		// A list is refused as a whole, before anything is sent.
		if (entry.operation.rows !== 'one')
			return await expect(execute(entry, [row], refusing)).rejects.toThrow('notAFieldOfAnyone');
		const { jsons, requests } = await execute(entry, [row], refusing);
		expect(jsons[0]).toMatchObject({ status: 'failed', errors: [{ code: 'UNKNOWN_FIELD' }] });
		expect(JSON.stringify(jsons[0].errors)).toContain('notAFieldOfAnyone');
		expect(writesOf(entry, requests)).toHaveLength(0);
	});

	it('writes nothing in a dry run', async () => {
		const { jsons, requests } = await execute(entry, rowsFor(entry, 2), {
			options: { validateOnly: true },
		});
		expect(writesOf(entry, requests)).toHaveLength(0);
		for (const json of jsons) expect(json.status).toMatch(/^would(Create|Update|Save)$/);
	});

	it.each([400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504])(
		'never calls status %i saved',
		async (status) => {
			const answer = (request: FakeRequest, n: number): FakeAnswer =>
				isWrite(entry, request)
					? {
							status,
							body: refusal(entry.vendor, 'The vendor says no'),
							headers: status === 429 ? { 'retry-after': '60' } : {},
						}
					: pleasedService(entry.vendor, entry.resource, BASE)(request, n);
			const run = () =>
				execute(entry, rowsFor(entry, 1), {
					service: answer,
					onError: 'continueErrorOutput',
					options: { maxWaitSeconds: 0 },
				});
			const { jsons } = await run();
			expect(jsons).toHaveLength(1);
			expect(Object.keys(jsons[0])).toEqual(['error']);
			expect(JSON.stringify(jsons[0])).toContain('The vendor says no');
		},
	);

	it.each([
		['an HTML page', '<html><title>Sorry</title></html>'],
		['truncated JSON', '{"errors": [{"code": "X'],
		['an empty answer', ''],
		['an answer of another kind', { something: 'else' }],
	])('never calls %s saved where the body decides', async (__, body) => {
		const endpoint = endpointOfFirstWrite(entry);
		if (endpoint.outcome.by === 'status') return;
		const { jsons } = await execute(entry, rowsFor(entry, 1), {
			options: { maxWaitSeconds: 0 },
			service: (request, n) =>
				isWrite(entry, request)
					? { status: 200, body }
					: pleasedService(entry.vendor, entry.resource, BASE)(request, n),
		});
		expect(jsons[0].status).toBe('unknown');
	});

	it('shows no secret anywhere and no personal value in a reason or hint, even when the service repeats them', async () => {
		const secret = 'conformance-secret-4711';
		const row = sampleRow(entry.resource, entry.operation, 7, 'all');
		const { out, hints, jsons } = await execute(entry, [row], {
			credential: { apiKey: secret, token: secret, clientSecret: secret, password: secret },
			parameters: filled(entry, 'all'),
			options: { maxWaitSeconds: 0 },
			service: (request, n) =>
				isWrite(entry, request)
					? {
							status: 422,
							body: refusal(entry.vendor, `No: ${JSON.stringify(request.body)} with ${secret}`),
						}
					: pleasedService(entry.vendor, entry.resource, BASE)(request, n),
		});
		expect(JSON.stringify([out, hints])).not.toContain(secret);
		const said = JSON.stringify([jsons.map((json) => json.errors), hints]);
		for (const value of personalTexts(entry.resource, row)) expect(said).not.toContain(value);
	});

	it('in the continue modes a wrong credential makes one error item for each input, and never throws', async () => {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const { out } = await execute(entry, rowsFor(entry, 2), {
				onError,
				service: () => ({ status: 401, body: refusal(entry.vendor, 'Who are you?') }),
			});
			expect(out).toHaveLength(2);
			out.forEach((each, at) => {
				expect(Object.keys(each.json)).toEqual(['error']);
				expect(each.pairedItem).toEqual({ item: at });
			});
		}
	});

	it('with On Error = Stop a wrong credential fails the node in words', async () => {
		await expect(
			execute(entry, rowsFor(entry, 1), {
				service: () => ({ status: 401, body: refusal(entry.vendor, 'Who are you?') }),
			}),
		).rejects.toThrow(
			// What buys a token is signed with secrets, so nothing that it is answered with is repeated.
			entry.vendor.oneTimeToken === undefined
				? /^Who are you\? The service does not accept the credential/
				: /refused the sign-in \(HTTP 401\)\. Check .* in the credential/,
		);
	});
});

describe.each(titled(bulks))('%s', (_, entry) => {
	it('skips in a second run what the first one saved, by the option for it', async () => {
		const processed = new ProcessedData();
		const run = async (rows: Array<Record<string, unknown>>) =>
			await execute(entry, rows, { processed, options: { skipUnchanged: 'skip' } });
		const [one, two, three] = rowsFor(entry, 3);
		const first = await run([one, two]);
		expect(first.jsons.map(({ status }) => status)).toEqual(['saved', 'saved']);
		const second = await run([one, two, three]);
		expect(second.jsons.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'saved']);
		expect(second.jsons[0]).toMatchObject({
			reason: 'An earlier run saved this row, and it has not changed since.',
		});
		const sent = (requests: FakeRequest[]) =>
			writesOf(entry, requests).flatMap((request) => {
				const { endpoint } = endpointFor(entry.vendor, entry.resource, BASE, request)!;
				return recordsIn(endpoint as WriteEndpoint, request.body);
			}).length;
		expect([sent(first.requests), sent(second.requests)]).toEqual([2, 1]);
	});

	const endpoint = endpointOfFirstWrite(entry);
	const counts =
		endpoint.max === 1
			? [0, 1, 2, 4]
			: [0, 1, endpoint.max, endpoint.max + 1, 3 * endpoint.max + 1];

	it.each(counts)(
		'saves %i rows in as few requests as the vendor allows, each once',
		async (count) => {
			const { jsons, requests } = await execute(entry, rowsFor(entry, count));
			expect(jsons.map((json) => json.row)).toEqual(
				Array.from({ length: count }, (__, at) => at + 1),
			);
			expect(jsons.every((json) => json.status === 'saved')).toBe(true);
			const writes = writesOf(entry, requests);
			expect(writes).toHaveLength(Math.ceil(count / endpoint.max));
			const sent = writes.flatMap((request) => recordsIn(endpoint, request.body));
			expect(sent).toHaveLength(count);
		},
	);

	it('a failure in the second chunk leaves the others as they are', async () => {
		const count = endpoint.max + 1;
		let writes = 0;
		const { jsons } = await execute(entry, rowsFor(entry, count), {
			service: (request, n) => {
				if (isWrite(entry, request) && ++writes === 2)
					return { status: 400, body: refusal(entry.vendor, 'No') };
				return pleasedService(entry.vendor, entry.resource, BASE)(request, n);
			},
		});
		expect(jsons.map((json) => json.status)).toEqual([...Array(count - 1).fill('saved'), 'failed']);
	});

	it('rows with the same key fail by default and say where the other is', async () => {
		const [row] = rowsFor(entry, 1);
		if (row[entry.resource.key] === undefined) return;
		const { jsons, requests } = await execute(entry, [row, { ...row }]);
		expect(jsons.map((json) => json.status)).toEqual(['failed', 'failed']);
		expect(JSON.stringify(jsons[0].errors)).toContain('row 2');
		expect(writesOf(entry, requests)).toHaveLength(0);
	});

	it('failed rows leave by the error output with nothing but the error, the others by the success output', async () => {
		const rows = rowsFor(entry, 3);
		rows[1] = damaged(rows[1]);
		const { out } = await execute(entry, rows, { onError: 'continueErrorOutput' });
		expect(out.map(({ json }) => ('error' in json ? Object.keys(json) : json.status))).toEqual([
			'saved',
			['error'],
			'saved',
		]);
		const { error } = out[1].json as { error: Record<string, unknown> };
		expect(error).toMatchObject({ status: 'failed', row: 2, input: rows[1] });
		expect(error.message).toMatch(/^Row 2: /);
	});

	it('with Continue every row leaves by the one output as an outcome', async () => {
		const rows = rowsFor(entry, 2);
		rows[1] = damaged(rows[1]);
		const { jsons } = await execute(entry, rows, { onError: 'continueRegularOutput' });
		expect(jsons.map((json) => json.status)).toEqual(['saved', 'failed']);
	});

	it('with Stop and "Fail Node" all rows are finished before the node fails with counts', async () => {
		const rows = rowsFor(entry, 3);
		rows[0] = damaged(rows[0]);
		const seen: FakeRequest[] = [];
		await expect(
			execute(entry, rows, {
				options: { whenRowsFail: 'failNode' },
				service: (request, n) => {
					seen.push(request);
					return pleasedService(entry.vendor, entry.resource, BASE)(request, n);
				},
			}),
		).rejects.toThrow('1 of 3 rows failed');
		expect(
			writesOf(entry, seen).flatMap((request) => recordsIn(endpoint, request.body)),
		).toHaveLength(2);
	});

	it('the summary adds up, and its reject file holds the rows that failed', async () => {
		const rows = rowsFor(entry, 3);
		rows[0] = damaged(rows[0]);
		const { out } = await execute(entry, rows, {
			options: { summary: true },
		});
		expect(out).toHaveLength(4);
		const last = out[3];
		expect(last.json.summary).toMatchObject({
			rows: 3,
			saved: 2,
			failed: 1,
			skipped: 0,
			reasons: { INVALID_VALUE: 1 },
		});
		expect(last.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const csv = Buffer.from(last.binary?.rejects.data ?? '', 'base64').toString();
		expect(csv.split('\r\n').filter(Boolean)).toHaveLength(2);
		expect(csv).toContain('Reject Reason');
	});

	it.each([
		['failuresOnly', 1],
		['summaryOnly', 1],
	])('output %s emits %i item', async (output, count) => {
		const rows = rowsFor(entry, 3);
		rows[0] = damaged(rows[0]);
		const { out } = await execute(entry, rows, { options: { output } });
		expect(out).toHaveLength(count);
	});

	it('Retry On Fail sends only what is not finished', async () => {
		const rows = rowsFor(entry, 3);
		rows[1] = damaged(rows[1]);
		const run = {};
		const sent: number[] = [];
		const attempt = () =>
			execute(entry, rows, {
				run,
				retryOnFail: true,
				options: { whenRowsFail: 'failNode' },
				service: (request, n) => {
					if (isWrite(entry, request)) sent.push(recordsIn(endpoint, request.body).length);
					return pleasedService(entry.vendor, entry.resource, BASE)(request, n);
				},
			});
		await expect(attempt()).rejects.toThrow('1 of 3 rows failed');
		const first = sent.splice(0);
		await expect(attempt()).rejects.toThrow('1 of 3 rows failed');
		expect(first.reduce((sum, each) => sum + each, 0)).toBe(2);
		expect(sent).toEqual([]);
	});
});

describe.each(titled(reads))('%s', (_, entry) => {
	it('sends what its definition says, and fails one item without the others', async () => {
		const service = pleasedService(entry.vendor, entry.resource, BASE);
		const { requests } = await execute(entry, [{}], {
			parameters: { returnAll: true, ...filled(entry, 'all') },
		});
		expect(requests.map(shown)).toMatchSnapshot();
		let calls = 0;
		const { out } = await execute(entry, [{}, {}], {
			parameters: { returnAll: true, ...filled(entry, 'all') },
			onError: 'continueErrorOutput',
			service: (request, n) => {
				const signIn = endpointFor(entry.vendor, entry.resource, BASE, request) === undefined;
				return !signIn && ++calls === 1
					? { status: 400, body: refusal(entry.vendor, 'Not this one') }
					: service(request, n);
			},
		});
		expect(out[0].json).toEqual({ error: { message: expect.stringMatching(/^Not this one/) } });
		expect(out[0].pairedItem).toEqual({ item: 0 });
	});
});
