import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../../nodes/shared/run';
import { whoz } from '../../../nodes/Whoz/whoz.vendor';
import {
	fakeContext,
	inlineFile,
	type FakeService,
	type FakeSetup,
} from '../../support/fakeContext';

/** What people read when their input or their set-up is wrong: exact texts, since they act on them. */

const HOST = 'https://whoz.example.com';

const saved: FakeService = ({ body }) => {
	const { data } = body as { data: unknown[] };
	return { status: 200, body: { metadata: { created: data.length, updated: 0 } } };
};

async function run(setup: Partial<FakeSetup>, options: IDataObject = {}) {
	const fake = fakeContext({
		items: [],
		credential: { baseUrl: HOST, token: 'a-bearer-token' },
		service: saved,
		...setup,
		parameters: {
			authentication: 'bearer',
			resource: 'talent',
			operation: 'import',
			source: 'items',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...setup.parameters,
			options: { whenRowsFail: 'returnRows', ...options },
		},
	});
	const [out] = await runNode.call(fake.context, whoz);
	return { ...fake, out, errors: out.map(({ json }) => (json.errors as IDataObject[])?.[0]) };
}

const row = (more: IDataObject = {}): INodeExecutionData => ({
	json: { 'External ID': 'A1', 'First Name': 'Ada', 'Last Name': 'Byron', ...more },
});
const file = (content: string, name = 'people.csv'): Partial<FakeSetup> => ({
	items: [{ json: {}, binary: { data: inlineFile(content, name) } }],
	parameters: { source: 'binary' },
});
const socket = (code: string) =>
	Object.assign(new Error(code), { httpCode: code, cause: { code } });

describe('the set-up', () => {
	it.each([
		[
			'a credential without address',
			{ credential: { baseUrl: '', token: 't' } },
			'The base URL in the credential is empty. Open the credential and fill it in.',
		],
		[
			'a key that is not accepted',
			{ service: (() => ({ status: 401, body: { message: 'Invalid token' } })) as FakeService },
			'Invalid token. The service does not accept the credential. Open it and check the key, or make a new one.',
		],
		[
			'a key without the right',
			{ service: (() => ({ status: 403, body: '' })) as FakeService },
			'HTTP status 403. The credential has no permission for this. Ask the administrator of your account for it.',
		],
		[
			'an address where nothing is',
			{
				service: (() => ({
					status: 404,
					body: '<html><title>Not found</title></html>',
				})) as FakeService,
			},
			'Not found. Check the ID, and the base URL in the credential.',
		],
		[
			'an address that sends us elsewhere',
			{
				service: (() => ({
					status: 302,
					headers: { location: 'https://login.example.net' },
				})) as FakeService,
			},
			'The service redirects to another address, which is not followed because your key would go there. Check the base URL in the credential.',
		],
	])('%s', async (_, setup, text) => {
		await expect(run({ items: [row()], ...setup })).rejects.toThrow(text);
	});

	it('a host that does not answer', async () => {
		await expect(
			run({ items: [row()], service: () => socket('ECONNREFUSED') }, { maxWaitSeconds: 0 }),
		).rejects.toThrow(
			'The host whoz.example.com does not answer. Check the base URL in the credential, and that n8n may reach it.',
		);
	});
});

const refusing = <S extends { parameters?: object }>(setup: S) => ({
	...setup,
	parameters: { ...setup.parameters, unknownFields: 'error' },
});

describe('the file', () => {
	it.each([
		[
			'with other columns',
			file('Colour,Shape\nred,round\n'),
			/^No row at the top of people\.csv names a field\. Fields are "External ID", "First Name", .*\. Give each column its name in one row, or say under "Header Mapping" what the columns hold\.$/,
		],
		[
			'with a column too many',
			refusing(file('External ID,First Name,Shoe Size\nA1,Ada,38\n')),
			'Columns of people.csv without a field: "Shoe Size". Rename or remove them, map them under "Header Mapping", or set "Columns Without a Field" to leave them out.',
		],
		[
			'without rows',
			file('External ID,First Name\n'),
			'The file has a header but no rows. Add at least one row below the header.',
		],
		[
			'that is not there',
			{ items: [row()], parameters: { source: 'binary' } },
			'There is no file, but 1 row. Set "Source" to "Input Items".',
		],
	])('%s', async (_, setup, text) => {
		await expect(run(setup)).rejects.toThrow(text);
	});

	it('costs no request when it is wrong', async () => {
		const service = jest.fn(saved);
		await expect(run({ ...file('Colour\nred\n'), service })).rejects.toThrow();
		expect(service).not.toHaveBeenCalled();
	});
});

describe('the rows', () => {
	it('the single empty item that Always Output Data makes', async () => {
		const { errors, requests } = await run({ items: [{ json: {} }] });
		expect(errors[0]).toMatchObject({ code: 'EMPTY_ROW' });
		expect(errors[0].message).toBe(
			'The row holds no values. Map at least one column. If it is the empty item that "Always Output Data" makes, switch that off in the node before.',
		);
		expect(requests).toHaveLength(0);
	});

	it('a row without a name, where a new person needs one', async () => {
		const { errors, requests } = await run({
			items: [row({ 'Last Name': '', 'Workspace ID': 'w', Since: '2026-01-01' })],
			parameters: { operation: 'create' },
		});
		expect(errors[0]).toEqual({
			code: 'MISSING_VALUE',
			message: '"Last Name" is missing. Add a value or map a column to it.',
			field: 'Last Name',
		});
		expect(requests).toHaveLength(0);
	});

	it('a workspace that does not exist, in the words of Whoz', async () => {
		const { errors } = await run({
			items: [row({ 'Workspace ID': '5f00', Since: '2026-01-01' })],
			service: () => ({
				status: 200,
				body: {
					errors: [
						{
							code: 'UNKNOWN_WORKSPACE',
							message: 'Unknown Workspace 5f00',
							locations: [{ index: 0, externalId: 'A1' }],
						},
					],
					metadata: { created: 0, updated: 0 },
				},
			}),
		});
		expect(errors[0]).toEqual({ code: 'UNKNOWN_WORKSPACE', message: 'Unknown Workspace 5f00' });
	});

	it('an error item names the row', async () => {
		const { out } = await run({
			items: [row(), row({ 'External ID': 'A2', Email: 'nobody' })],
			onError: 'continueErrorOutput',
		});
		expect((out[1].json.error as IDataObject).message).toBe(
			'Row 2: "Email" is not an e-mail address. Use the form name@example.com.',
		);
	});

	it('a secret that Whoz repeats about a row is not shown', async () => {
		const { out } = await run({
			items: [row()],
			service: () => ({
				status: 200,
				body: {
					errors: [{ code: 'X', message: 'Refused for a-bearer-token', locations: [{ index: 0 }] }],
					metadata: { created: 0, updated: 0 },
				},
			}),
		});
		expect(JSON.stringify(out)).not.toContain('a-bearer-token');
		expect(JSON.stringify(out)).toContain('Refused for ***');
	});

	it('no personal value stands in an error, a hint or a reason', async () => {
		const secret = {
			'First Name': 'Zebulonia',
			'Last Name': 'Quxworthy',
			Email: 'zebulonia.at.example',
		};
		const { out, hints } = await run({ items: [row(secret)] });
		const said = JSON.stringify([out.map(({ json }) => json.errors), hints]);
		expect(said).not.toMatch(/Zebulonia|Quxworthy/i);
	});
});

describe('guards', () => {
	const leaver = (n: number): INodeExecutionData => ({ json: { n } });
	const offboard = {
		operation: 'delete',
		externalId: 'A1',
		workspaceId: 'w',
		since: '2026-01-01',
		scope: 'ALUMNI',
	};
	const eleven = Array.from({ length: 11 }, (_, n) => leaver(n));

	it('more than ten removals need their number typed in', async () => {
		const service = jest.fn(saved);
		await expect(run({ items: eleven, parameters: offboard, service })).rejects.toThrow(
			'This would remove or wipe 11 records. To go on, add "Confirm Delete Count" under "Options" and enter 11 there.',
		);
		expect(service).not.toHaveBeenCalled();
		const { out } = await run({ items: eleven, parameters: offboard }, { confirmDeleteCount: 11 });
		expect(out.map(({ json }) => json.status)).toEqual(Array(11).fill('saved'));
	});

	it('an agent may remove one, and write no more than it is allowed to', async () => {
		const type = 'n8n-nodes-talent.whozTool';
		await expect(run({ type, items: eleven.slice(0, 2), parameters: offboard })).rejects.toThrow(
			'An agent may write 1 record in one run of the workflow, this would be 2.',
		);
		const people = Array.from({ length: 21 }, (_, n) => row({ 'External ID': `A${n}` }));
		await expect(run({ type, items: people })).rejects.toThrow(
			'An agent may write 20 records in one run of the workflow, this would be 21. To allow more, raise "Max Rows per Agent Run".',
		);
		const { out } = await run({ type, items: people }, { toolMaxRows: 21 });
		expect(out).toHaveLength(21);
	});
});

describe('plain expressions of the mapper', () => {
	it('are read from the item without asking n8n, and mean the same', async () => {
		const { reads, requests } = await run({
			items: [{ json: { id: 'A1', name: { first: 'Ada' } } }, { json: { id: 'A2' } }],
			parameters: {
				operation: 'bulkSave',
				columns: {
					mappingMode: 'defineBelow',
					value: { externalId: '={{ $json.id }}', firstName: '={{ $json["name"].first }}' },
				},
			},
		});
		expect(requests[0].body).toMatchObject({
			data: [{ externalId: 'A1', firstName: 'Ada' }, { externalId: 'A2' }],
		});
		expect(reads.filter((read) => read.startsWith('columns'))).toEqual([]);
	});
});
