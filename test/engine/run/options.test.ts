import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { NODE_OPTIONS, type NodeOption } from '../../../nodes/shared/definition';
import { areConstant, optionsAt, runOptions } from '../../../nodes/shared/run/options';
import { NodeParameters } from '../../../nodes/shared/run/parameters';
import { propertiesOf } from '../../../nodes/shared/ui';
import { fakeContext, type FakeSetup } from '../../support/fakeContext';
import { acme } from '../../support/sampleVendor';
import { itemsOf, runAcme, savesAll } from './acmeNode';

const read = (setup: Partial<FakeSetup>) => {
	const { context } = fakeContext({
		items: [{ json: {} }, { json: {} }],
		parameters: {},
		service: () => ({ status: 200 }),
		...setup,
	});
	return new NodeParameters(context);
};

it('gathers the options from every place the editor asks for them', () => {
	const parameters = read({
		parameters: {
			validateOnly: true,
			unknownFields: 'ignore',
			duplicates: 'last',
			options: { summary: true },
			technicalOptions: { concurrency: 3 },
		},
	});
	expect(optionsAt(parameters, 0)).toEqual({
		validateOnly: true,
		unknownFields: 'ignore',
		duplicates: 'last',
		summary: true,
		concurrency: 3,
	});
	expect(areConstant(parameters)).toBe(true);
});

it.each(['options', 'technicalOptions', 'validateOnly', 'unknownFields', 'duplicates'])(
	'knows that %s may differ by item',
	(name) => {
		const parameters = read({ byItem: { [name]: [{}, {}] } });
		expect(areConstant(parameters)).toBe(false);
	},
);

it('knows the options as the editor shows them', () => {
	const shown = new Map<string, INodeProperties>();
	const collect = (properties: INodeProperties[]): void => {
		for (const property of properties) {
			shown.set(property.name, property);
			if (property.type === 'collection') collect(property.options as INodeProperties[]);
		}
	};
	collect(propertiesOf(acme));
	for (const [name, option] of Object.entries<NodeOption>(NODE_OPTIONS)) {
		const { displayName, type, typeOptions, options = [] } = shown.get(name)!;
		expect([name, displayName, typeOptions?.minValue]).toEqual([name, option.label, option.min]);
		if (option.kind === 'boolean' || option.kind === 'number') expect(type).toBe(option.kind);
		const values = (options as Array<INodePropertyCollection & { value?: string }>).map(
			({ value }) => value,
		);
		if (option.kind === 'choice') expect(values.sort()).toEqual([...option.values!].sort());
	}
});

describe('An option that an expression fills', () => {
	it.each([
		['concurrency', '3', 3],
		['concurrency', ' 3 ', 3],
		['maxWaitSeconds', 0, 0],
		['includeInput', 'false', false],
		['summary', 'no', false],
		['waitForResult', 'TRUE', true],
		['output', 'FailuresOnly', 'failuresOnly'],
		['fieldsToClear', 'email, phone', ['email', 'phone']],
		['fieldsToClear', null, []],
	])('is of its own kind: %s %p', (name, given, meant) => {
		const [holder] =
			name === 'concurrency' || name === 'maxWaitSeconds' ? ['technicalOptions'] : ['options'];
		const parameters = read({ byItem: { [holder]: [{ [name]: given }] } });
		expect(optionsAt(parameters, 0)).toEqual({ [name]: meant });
	});

	const whole = (label: string, min: number) =>
		`"${label}" must be a whole number, ${min} or more.`;
	it.each([
		['concurrency', '', '"Requests in Parallel" is empty.'],
		['concurrency', 0, whole('Requests in Parallel', 1)],
		['concurrency', -1, whole('Requests in Parallel', 1)],
		['concurrency', 1.5, whole('Requests in Parallel', 1)],
		['concurrency', 'many', '"Requests in Parallel" is not a number.'],
		['concurrency', true, '"Requests in Parallel" is not a number.'],
		['concurrency', NaN, '"Requests in Parallel" is not a number.'],
		['requestsPerMinute', null, '"Requests per Minute" is empty.'],
		['requestsPerMinute', 0, whole('Requests per Minute', 1)],
		['chunkSize', '0', whole('Rows per Request', 1)],
		['maxWaitSeconds', -1, whole('Max Wait (Seconds)', 0)],
		['confirmDeleteCount', 'all', '"Confirm Delete Count" is not a number.'],
		['toolMaxRows', 'unlimited', '"Max Rows per Agent Run" is not a number.'],
		['validateOnly', 'maybe', '"Validate Only" is neither yes nor no.'],
		['validateOnly', undefined, '"Validate Only" is empty.'],
		['validateOnly', {}, '"Validate Only" is empty.'],
		['duplicates', 'none', '"Duplicates" is not one of fail, merge, first, last.'],
		['sendBy', 'pigeon', '"Send By" is not one of bulk, row.'],
	])('stops the run before anything is sent: %s %p', async (name, given, words) => {
		const holder = ['sendBy'].includes(name) ? 'options' : 'technicalOptions';
		const inSight = name === 'validateOnly' || name === 'duplicates';
		const sent: string[] = [];
		const running = runAcme('bulkSave', {
			items: itemsOf({ externalId: 'E1', email: 'a@b.example' }),
			byItem: inSight ? { [name]: [given] } : { [holder]: [{ [name]: given }] },
			service: (asked, n) => {
				sent.push(asked.line);
				return savesAll(asked, n);
			},
		});
		await expect(running).rejects.toThrow(words);
		expect(sent).toEqual([]);
	});

	it('is asked of a read as well', async () => {
		const service = () => ({ status: 200, body: { data: [{ id: 1 }] } });
		const one = async (byItem: Record<string, unknown[]>) =>
			await runAcme('getAll', { byItem, service }).then(({ json }) => json);
		await expect(one({ technicalOptions: [{ requestsPerMinute: 0 }] })).rejects.toThrow(
			'"Requests per Minute" must be',
		);
		await expect(one({ returnAll: ['perhaps'] })).rejects.toThrow('"Return All" is neither');
		await expect(one({ simplify: ['perhaps'] })).rejects.toThrow('"Simplify" is neither');
		await expect(
			runAcme('request', { byItem: { method: ['FETCH'] }, parameters: { path: '/x' }, service }),
		).rejects.toThrow('"Method" is not one of');
	});
});

describe('An option that holds for the whole run', () => {
	const differ = (byItem: FakeSetup['byItem']) => runOptions(read({ byItem }), 2);

	it.each<[string, unknown, unknown, string]>([
		['validateOnly', true, false, 'Validate Only'],
		['duplicates', 'fail', 'last', 'Duplicates'],
	])('may not differ by item: %s', async (name, one, other, label) => {
		await expect(differ({ [name]: [one, other] })).rejects.toThrow(
			`"${label}" holds for the whole run, but is not the same for item 1 and item 2.`,
		);
	});

	it.each<[string, object, object]>([
		['options', { output: 'everyRow' }, { output: 'failuresOnly' }],
		['options', { output: 'everyRow' }, {}],
		['options', { headerMapping: { columns: [{ header: 'a', field: 'b' }] } }, {}],
		['technicalOptions', { toolMaxRows: 1 }, { toolMaxRows: 2 }],
	])('may not differ by item inside %s: %j, %j', async (name, one, other) => {
		await expect(differ({ [name]: [one, other] })).rejects.toThrow('holds for the whole run');
	});

	it('may come from an expression that gives the same', async () => {
		expect(await differ({ validateOnly: ['false', false], options: [{}, {}] })).toEqual({
			validateOnly: false,
		});
	});

	it('is not asked for again where only others have expressions', async () => {
		const { context, reads } = fakeContext({
			items: [{ json: {} }, { json: {} }],
			parameters: { options: { output: 'everyRow', blankValues: '={{ $json.x }}' } },
			service: () => ({ status: 200 }),
		});
		context.getNode().parameters.options = { output: 'everyRow', blankValues: '={{ $json.x }}' };
		await runOptions(
			new NodeParameters(
				Object.assign(context, {
					getNodeParameter: (name: string, index: number, fallback: unknown) => {
						reads.push(`${name} ${index}`);
						return name === 'options' ? { output: 'everyRow', blankValues: 'leave' } : fallback;
					},
				}),
			),
			2,
		);
		expect(reads.filter((line) => line.endsWith(' 1'))).toEqual([]);
	});

	it('says so for the way of saving that a vendor offers', async () => {
		const running = runAcme('bulkSave', {
			items: itemsOf({ externalId: 'E1' }, { externalId: 'E2' }),
			byItem: { options: [{ sendBy: 'bulk' }, { sendBy: 'row' }] },
			service: savesAll,
		});
		await expect(running).rejects.toThrow('"Send By" holds for the whole run');
	});
});
