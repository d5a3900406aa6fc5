import { spoiltRow } from '../support/spoiltRow';
import { columnsOf } from '../../nodes/shared/mapping';
import { endpointFor, recordsIn } from '../support/vendorService';
import { cases, goodRow, refuse, takesRows, titled, writer, type SaveCase } from './support/cases';
import {
	MANUAL,
	outputsOf,
	runOnce,
	talentNode,
	theN8n,
	workflowOf,
	type N8n,
	type Node,
} from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds, type Row } from './support/world';
import { placed } from '../support/placedOptions';

/* What Bulk Save and Import promise, for every vendor that has them. */

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});
afterEach(() => sandbox.clearFaults());

const bulks = cases.filter(takesRows).filter(({ operation }) => operation.rows !== 'one');

interface Sent {
	record: unknown;
	accepted: boolean;
}

/** Records the vendor has been sent in writes since a number of requests. */
async function recordsSent({ vendor, resource }: SaveCase, since: number): Promise<Sent[]> {
	const requests = (await sandbox.ledger(vendor.name)).slice(since);
	return requests.flatMap(({ method, path, body, status }) => {
		// One vendor's base URL goes on behind the address of the sandbox.
		const url = path.replace(/^\/[^/]+\/v1(?=\/)/, '');
		const request = { credential: '', method, url, body, headers: {} };
		const found = endpointFor(vendor, resource, '', request);
		return found?.endpoint.does === 'write'
			? recordsIn(found.endpoint, body).map((record) => ({
					record,
					accepted: status !== null && status < 300,
				}))
			: [];
	});
}

const parametersOf = ({ vendor, resource, name, operation }: SaveCase, options: Row): Row => ({
	...worlds[vendor.name].constants?.(resource.name, name),
	resource: resource.name,
	operation: name,
	...(operation.rows === 'file' ? { source: 'items' } : {}),
	columns: { mappingMode: 'autoMapInputData', value: null },
	...placed({ concurrency: 1, ...options }),
});

/** Runs rows through the node; answers with what it says of each and what the vendor was sent. */
async function run(entry: SaveCase, rows: Row[], options: Row, settings: Row = {}) {
	const before = (await sandbox.ledger(entry.vendor.name)).length;
	const { vendor, resource, name } = entry;
	const execution = await runOnce(n8n, {
		...workflowOf(`Bulk ${vendor.name} ${resource.name} ${name}`, [
			MANUAL,
			{ ...talentNode(n8n, vendor, parametersOf(entry, options)), ...settings },
		]),
		pinData: { [MANUAL.name]: rows.map((json) => ({ json })) },
	});
	const { error, outputs } = outputsOf(execution, 'Talent');
	return {
		error,
		outcomes: (outputs[0] ?? []).map(({ json }) => json),
		sent: await recordsSent(entry, before),
	};
}

async function rowsFor(entry: SaveCase) {
	const { vendor, resource, name } = entry;
	const keys = await worlds[vendor.name].existing?.(resource.name, name);
	const rows = [0, 1, 2].map((at) => goodRow(entry, keys?.[at]));
	return { rows, endpoint: writer(entry, keys !== undefined) };
}

describe.each(titled(bulks))('%s', (_, entry) => {
	it('is tried again by n8n with the rows that are not finished, and only with those', async () => {
		const { rows, endpoint } = await rowsFor(entry);
		const { method, path } = endpoint.request;
		await sandbox.fault({
			kind: 'status',
			status: 429,
			retryAfter: { seconds: 60 },
			vendor: entry.vendor.name,
			method,
			pathPattern: path.split('{')[0],
			nth: 2,
		});
		const { error, outcomes, sent } = await run(
			entry,
			rows,
			{
				whenRowsFail: 'failNode',
				// Less than the vendor asks for, so the row is left to the next try.
				maxWaitSeconds: 10,
				...(endpoint.max > 1 ? { chunkSize: 1 } : {}),
			},
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(error).toBeUndefined();
		// Whether a transaction went well could not be asked while the vendor wanted to be left alone.
		const fine = endpoint.outcome.by === 'transaction' ? /^(saved|inProgress)$/ : /^saved$/;
		expect(outcomes.map(({ status }) => status)).toEqual(
			rows.map(() => expect.stringMatching(fine)),
		);
		expect(sent.some(({ accepted }) => !accepted)).toBe(true);
		const accepted = sent
			.filter((each) => each.accepted)
			.map(({ record }) => JSON.stringify(record));
		expect([accepted.length, new Set(accepted).size]).toEqual([3, 3]);
	});

	it('writes nothing when it only validates', async () => {
		const { rows } = await rowsFor(entry);
		const wrong = spoiltRow(rows[2], entry.resource.key);
		const options = { validateOnly: true, unknownFields: 'error' };
		const { outcomes, sent } = await run(entry, [rows[0], wrong], options);
		expect(outcomes.map(({ status }) => status)).toEqual([
			expect.stringMatching(/^would(Create|Update|Save)$/),
			'failed',
		]);
		expect(sent).toEqual([]);
	});
});

const imports = bulks.filter(({ operation }) => operation.rows === 'file');

const cell = (value: unknown): string =>
	`"${(Array.isArray(value) ? value.join(', ') : String(value)).replaceAll('"', '""')}"`;

/** Rows as a spreadsheet program writes them, with the labels people see as headers. */
function csvOf({ resource, operation }: SaveCase, rows: Row[]): string {
	const columns = columnsOf(resource, operation).filter(({ key }) => key in rows[0]);
	const lines = rows.map((row) => columns.map(({ key }) => cell(row[key])));
	return [columns.map(({ label }) => cell(label)), ...lines]
		.map((line) => line.join(','))
		.join('\r\n');
}

const toFile: Node = {
	name: 'File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: {
		operation: 'toText',
		sourceProperty: 'text',
		binaryPropertyName: 'sheet',
		options: { fileName: 'people.csv' },
	},
};
const fromFile: Node = {
	name: 'Rejects',
	type: 'n8n-nodes-base.extractFromFile',
	typeVersion: 1,
	parameters: { operation: 'text', binaryPropertyName: 'rejects', options: {} },
};

/** Imports a file; answers with the counts and the text of the reject file, read by another node. */
async function importFile(entry: SaveCase, text: string) {
	const { vendor, resource } = entry;
	const execution = await runOnce(n8n, {
		...workflowOf(`File ${vendor.name} ${resource.name}`, [
			MANUAL,
			toFile,
			talentNode(n8n, vendor, {
				...parametersOf(entry, { output: 'summaryOnly' }),
				source: 'binary',
				binaryPropertyName: 'sheet',
			}),
			fromFile,
		]),
		pinData: { [MANUAL.name]: [{ json: { text } }] },
	});
	const { error, outputs } = outputsOf(execution, 'Talent');
	expect(error).toBeUndefined();
	expect(outputs[0]).toHaveLength(1);
	const read = outputsOf(execution, fromFile.name).outputs[0]?.[0];
	return {
		summary: outputs[0][0].json.summary as Record<string, unknown>,
		rejects: read?.json.data as string | undefined,
	};
}

describe.each(titled(imports))('%s', (_, entry) => {
	it('imports a CSV file, and gives the refused row back as a file that can be imported in turn', async () => {
		const { rows, endpoint } = await rowsFor(entry);
		await refuse(entry, endpoint, rows[1], 1);
		const first = await importFile(entry, csvOf(entry, rows));
		expect(first.summary).toMatchObject({ rows: 3, saved: 2, failed: 1 });
		const lines = (first.rejects ?? '').trim().split(/\r?\n/);
		expect(lines).toHaveLength(2);
		expect(lines[1]).toContain('Refused by the vendor');

		const second = await importFile(entry, first.rejects ?? '');
		expect(second.summary).toMatchObject({ rows: 1, saved: 1, failed: 0 });
	});
});
