import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import {
	MAX_WAIT_SECONDS,
	text,
	TOOL_ROWS,
	type Operation,
	type Vendor,
} from '../../../nodes/shared/definition';
import {
	OPTION_NAMES,
	PARAMETER_NAMES,
	STANDARD_LABELS,
	UPSERT_DESCRIPTION,
} from '../../../nodes/shared/definition/contract';
import { propertiesOf } from '../../../nodes/shared/ui';
import { acme } from '../../support/sampleVendor';
import { changed } from '../definition/examples';
import { members, named, names, visible } from './visible';

const [person, skill] = acme.resources;
const on = (operation: string, more: object = {}) => visible(acme, { operation, ...more });
const choices = (property: INodeProperties) => property.options as INodePropertyOptions[];
const operationOption = (vendor: Vendor, operation: string) =>
	choices(named(visible(vendor, {}), 'operation')).find(({ value }) => value === operation);

const every: Array<[string, string]> = acme.resources.flatMap(({ name, operations }) =>
	Object.keys(operations).map((operation): [string, string] => [name, operation]),
);

/** Everything that follows resource and operation. */
const content = (shown: readonly INodeProperties[]) =>
	names(shown).filter((name) => !['authentication', 'resource', 'operation'].includes(name));

describe('every operation', () => {
	it.each(every)('%s %s shows no name twice', (resource, operation) => {
		const shown = names(visible(acme, { resource, operation }));
		expect(shown).toEqual([...new Set(shown)]);
		expect(shown.slice(0, 3)).toEqual(['authentication', 'resource', 'operation']);
		expect(shown[shown.length - 1]).toBe('technicalOptions');
	});

	it.each(every)(
		'%s %s stores only names of the contract and of its own',
		(resource, operation) => {
			const shown = visible(acme, { resource, operation });
			const stated = acme.resources.find(({ name }) => name === resource);
			const own = new Set([
				...Object.values(stated?.endpoints ?? {}).flatMap((e) => Object.keys(e.parameters ?? {})),
				...((stated?.operations[operation] as { ask?: string[] }).ask ?? []),
				...['sendBy', 'pictureBinaryProperty'],
			]);
			expect(names(shown).filter((name) => !PARAMETER_NAMES.has(name) && !own.has(name))).toEqual(
				[],
			);
			const options = [...members(shown, 'options'), ...members(shown, 'technicalOptions')].map(
				({ name }) => name,
			);
			expect(options.filter((name) => !OPTION_NAMES.has(name) && !own.has(name))).toEqual([]);
		},
	);

	it.each(every)('%s %s sorts its technical options', (resource, operation) => {
		const shown = members(visible(acme, { resource, operation }), 'technicalOptions');
		const labels = shown.map(({ displayName }) => displayName);
		if (labels.length >= 5) expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	});

	it('states what several have in common once', () => {
		const properties = propertiesOf(acme);
		const columns = properties.filter(
			({ name, displayOptions }) =>
				name === 'columns' && displayOptions?.show?.operation?.includes('create'),
		);
		expect(columns.map(({ displayOptions }) => displayOptions)).toEqual([
			{ show: { resource: ['person'], operation: ['create', 'update', 'upsert', 'replace'] } },
		]);
	});

	it('serves resources with the same operations by one statement', () => {
		const vendor = changed({ 'resources/0/operations': { getAll: person.operations.getAll } });
		const withTwin = {
			...vendor,
			resources: [vendor.resources[0], { ...vendor.resources[0], name: 'twin' }],
		};
		const limits = propertiesOf(withTwin).filter(({ name }) => name === 'limit');
		expect(limits.map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ resource: ['person', 'twin'], operation: ['getAll'], returnAll: [false] },
		]);
	});
});

describe('sign-in', () => {
	it('is a choice where there are several', () => {
		const property = named(propertiesOf(acme), 'authentication');
		expect(property.default).toBe('default');
		expect(choices(property).map(({ value }) => value)).toEqual(['default', 'bearer']);
	});

	it('is none where there is one', () => {
		expect(names(propertiesOf({ ...acme, signIns: [acme.signIns[0]] }))[0]).toBe('resource');
	});
});

describe('operations', () => {
	it('have the standard labels, in alphabetical order', () => {
		const options = choices(named(visible(acme, {}), 'operation'));
		const labels = options.map(({ name }) => name);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
		for (const value of [
			'getAll',
			'get',
			'create',
			'update',
			'upsert',
			'bulkSave',
			'import',
		] as const)
			expect(operationOption(acme, value)?.name).toBe(STANDARD_LABELS[value]);
		expect(named(visible(acme, {}), 'operation').default).toBe('create');
	});

	it('say in the label what they rest on, apart from the two whose labels are fixed', () => {
		expect(operationOption(acme, 'delete')?.name).toBe('Delete (Unverified)');
		expect(operationOption(acme, 'request')?.name).toBe('API Request (Unverified)');
		const vendor = changed({
			'resources/0/operations/delete/label': 'Delete (Unverified)',
			'resources/0/operations/getAll/basis': 'unverified',
			'resources/0/operations/get/basis': 'observed',
		});
		expect(operationOption(vendor, 'delete')?.name).toBe('Delete (Unverified)');
		expect(operationOption(vendor, 'getAll')?.name).toBe('Get Many');
		expect(operationOption(vendor, 'get')?.name).toBe('Get (Unverified)');
		expect(operationOption(acme, 'upsert')?.name).toBe('Create or Update');
	});

	it('say it first in the description', () => {
		expect(operationOption(acme, 'delete')?.description).toBe(
			'Unverified: Delete an existing person',
		);
		const stated = changed({
			'resources/0/operations/delete/description': 'Unverified: removes a person',
		});
		expect(operationOption(stated, 'delete')?.description).toBe('Unverified: removes a person');
		expect(operationOption(acme, 'upsert')?.description).toBe(UPSERT_DESCRIPTION);
	});

	it('say it in the notice', () => {
		const notice = (vendor: Vendor, operation: string) =>
			visible(vendor, { operation }).find(({ name }) => name === 'notice')?.displayName;
		expect(notice(acme, 'create')).toBeUndefined();
		expect(notice(acme, 'replace')).toBe('Fields that are not given are wiped.');
		expect(notice(acme, 'upsert')).toBe('Unverified: seen in public code only.');
		expect(notice(acme, 'delete')).toBe(
			'The person cannot be brought back. Unverified: try one record first.',
		);
		const own = 'It is unverified that it goes away.';
		expect(notice(changed({ 'resources/0/operations/delete/notice': own }), 'delete')).toBe(own);
	});

	it('describe themselves in the words of the resource', () => {
		const vendor = changed({
			'resources/0/label': 'ATS Person',
			'resources/0/plural': 'ATS People',
		});
		expect(operationOption(vendor, 'get')?.description).toBe('Read one ATS person');
		expect(operationOption(vendor, 'bulkSave')?.description).toBe(
			'For rows of another node: saves all input items as ATS people, with a result for each',
		);
	});
});

/** What is decided about many rows, and what can be added. */
const DECISIONS = [
	...['validateOnly', 'sameValues', 'valueMapping', 'unknownFields', 'duplicates'],
	...['options', 'technicalOptions'],
];

describe('records', () => {
	it('of one item are mapped by hand at first', () => {
		const shown = on('create');
		expect(content(shown)).toEqual([
			...['tenant', 'columns', 'validateOnly'],
			...['options', 'technicalOptions'],
		]);
		expect(named(shown, 'columns')).toMatchObject({
			default: { mappingMode: 'defineBelow', value: null },
			typeOptions: {
				loadOptionsDependsOn: ['resource', 'operation'],
				resourceMapper: { resourceMapperMethod: 'getColumns', mode: 'add', supportAutoMap: true },
			},
		});
	});

	it('of all items are mapped by their names at first', () => {
		const shown = on('bulkSave');
		expect(content(shown)).toEqual(['tenant', 'columns', ...DECISIONS]);
		expect(named(shown, 'columns').default).toEqual({
			mappingMode: 'autoMapInputData',
			value: null,
		});
	});

	it('come from a file or from the items', () => {
		expect(content(on('import'))).toEqual(['source', 'binaryPropertyName', ...DECISIONS]);
		expect(content(on('import', { source: 'items' }))).toEqual(['source', 'columns', ...DECISIONS]);
		const [source, field] = on('import').slice(3);
		expect(source.default).toBe('binary');
		expect(field).toMatchObject({ displayName: 'Input Data Field Name', default: 'data' });
	});

	it('are asked column by column where the operation says so', () => {
		const shown = on('delete');
		expect(content(shown)).toEqual([
			'notice',
			...['externalId', 'team', 'active', 'level', 'birthDate', 'grade', 'since', 'perks'],
			...['validateOnly', 'options', 'technicalOptions'],
		]);
		const asked = (name: string) => named(shown, name);
		expect(asked('externalId')).toMatchObject({
			type: 'string',
			required: true,
			placeholder: 'e.g. EMP-1',
			description: 'Your own ID of the person',
		});
		expect(asked('team')).toMatchObject({ type: 'string', default: 'Red' });
		expect(asked('team').description).toBe('Known values are Red, Blue');
		expect(asked('active')).toMatchObject({ type: 'options', default: true });
		expect(asked('level')).toMatchObject({ type: 'string', default: '' });
		expect(asked('birthDate')).toMatchObject({ type: 'dateTime', typeOptions: { dateOnly: true } });
		expect(asked('grade')).toMatchObject({ type: 'options', default: 'A' });
		expect(asked('since')).toMatchObject({ type: 'dateTime', displayName: 'Since' });
		expect(asked('perks')).toMatchObject({ type: 'string', default: '' });
	});

	it('are asked as lists and JSON too', () => {
		const vendor = changed({
			'resources/0/operations/delete/only': ['groups', 'notes', 'address', 'salary', 'seenAt'],
			'resources/0/operations/delete/ask': ['groupCodes', 'notes', 'address', 'salary', 'seenAt'],
			'resources/0/operations/delete/preset': { salary: 12 },
		});
		const shown = visible(vendor, { operation: 'delete' });
		expect(named(shown, 'groupCodes').description).toBe('Separate several values by commas');
		expect(named(shown, 'notes')).toMatchObject({ type: 'json', default: '{}' });
		expect(named(shown, 'address').type).toBe('json');
		expect(named(shown, 'salary')).toMatchObject({ type: 'number', default: 12 });
		expect(named(shown, 'seenAt')).toMatchObject({ type: 'dateTime', required: true });
	});

	it('are chosen from the list that finds them elsewhere, when the key is asked', () => {
		const vendor = changed({
			'resources/0/key': 'id',
			'resources/0/fields/id': text({ label: 'ID' }),
			'resources/0/operations/delete/only': ['id'],
			'resources/0/operations/delete/ask': ['id'],
		});
		expect(named(visible(vendor, { operation: 'delete' }), 'id')).toMatchObject({
			type: 'resourceLocator',
			default: { __rl: true, mode: 'list', value: '' },
		});
	});
});

describe('lists', () => {
	it('return a part or all', () => {
		const shown = [
			...['returnAll', 'limit', 'simplify', 'binaryPropertyName'],
			...['filters', 'options', 'technicalOptions'],
		];
		expect(content(on('getAll'))).toEqual(shown);
		expect(content(on('getAll', { returnAll: true }))).toEqual(
			shown.filter((name) => name !== 'limit'),
		);
		expect(names(members(on('getAll'), 'filters'))).toEqual([
			...['bornAfter', 'changedSince', 'grade', 'ids', 'minLevel', 'query', 'tags', 'team'],
		]);
	});

	it('are asked how they are ordered after how long they may be', () => {
		const vendor = changed({ 'resources/0/endpoints/list/parameters/query/group': 'main' });
		expect(content(visible(vendor, { operation: 'getAll' }))).toEqual([
			...['returnAll', 'limit', 'simplify', 'binaryPropertyName'],
			...['query', 'filters', 'options', 'technicalOptions'],
		]);
	});

	it('are simplified, raw or of chosen fields', () => {
		expect(named(on('getAll'), 'simplify')).toMatchObject({ type: 'boolean', default: true });
		const [fields] = members(on('get'), 'options').filter(({ name }) => name === 'outputFields');
		const values = choices(fields).map(({ value }) => value);
		expect(values).toContain('id');
		expect(values).not.toContain('picture');
	});

	it('offer full details and the field for their file', () => {
		expect(names(members(on('getAll'), 'options'))).toEqual([
			...['withLeavers', 'fullDetails', 'outputFields', 'commonPerson'],
		]);
		expect(named(on('getAll'), 'binaryPropertyName').hint).toContain("if 'Full Details' is on");
		expect(named(on('get'), 'binaryPropertyName').displayName).toBe('Output Data Field Name');
		expect(content(visible(acme, { resource: 'skill', operation: 'getCatalog' }))).toEqual([
			...['returnAll', 'limit', 'simplify', 'options', 'technicalOptions'],
		]);
	});
});

it('other reads ask for what their endpoint needs', () => {
	expect(content(on('get'))).toEqual([
		...['personId', 'simplify', 'binaryPropertyName', 'options', 'technicalOptions'],
	]);
	const without = (operation: string) => content(on(operation)).slice(0, -1);
	expect(without('fullProfile')).toEqual(['personId', 'simplify', 'options']);
	expect(without('invite')).toEqual(['personId', 'message', 'days']);
	expect(without('request')).toEqual(['notice', 'method', 'path', 'query']);
	expect(content(on('request', { method: 'POST' }))).toContain('body');
});

describe('parameters', () => {
	const filter = (name: string) => named(members(on('getAll'), 'filters'), name);

	it('choose a record from a list or by its ID', () => {
		expect(named(on('get'), 'personId')).toMatchObject({
			type: 'resourceLocator',
			required: true,
			default: { __rl: true, mode: 'list', value: '' },
			modes: [
				{
					name: 'list',
					typeOptions: { searchListMethod: 'searchPersonListByIdNameFirstNameLast' },
				},
				{ name: 'id', placeholder: 'e.g. 4711' },
			],
		});
		const byId = named(visible(acme, { resource: 'skill' }), 'personId');
		expect(byId).toMatchObject({ default: { mode: 'id' }, modes: [{ name: 'id' }] });
	});

	it('have the control of their kind', () => {
		expect(filter('team')).toMatchObject({
			type: 'string',
			description: 'Only people of this team. Known values are Red, Blue.',
		});
		expect(filter('grade')).toMatchObject({ type: 'options', default: 'B' });
		expect(filter('ids')).toMatchObject({
			type: 'string',
			description: 'Only these people. Separate several values by commas.',
		});
		expect(filter('minLevel')).toMatchObject({ type: 'number', default: 0 });
		expect(filter('bornAfter')).toMatchObject({
			type: 'dateTime',
			typeOptions: { dateOnly: true },
		});
		expect(filter('changedSince')).toMatchObject({ type: 'dateTime' });
		expect(filter('tags')).toMatchObject({ type: 'string' });
		expect(named(on('invite'), 'message')).toMatchObject({ type: 'json', default: '{}' });
		const include = named(members(on('get'), 'options'), 'include');
		expect(include).toMatchObject({ type: 'multiOptions', default: ['notes'] });
		expect(choices(include)[0]).toEqual({ name: 'Notes', value: 'notes' });
	});

	it('show values in words', () => {
		const values = ['strong_yes', 'viewId', 'photo_url', 'IN PROGRESS', '3rd'];
		const vendor = changed({
			'resources/0/endpoints/list/parameters/grade': {
				...{ label: 'Grade', kind: 'choice', in: 'query', values },
			},
		});
		const grade = named(members(visible(vendor, { operation: 'getAll' }), 'filters'), 'grade');
		expect(choices(grade)).toEqual([
			{ name: '3rd', value: '3rd' },
			{ name: 'IN PROGRESS', value: 'IN PROGRESS' },
			{ name: 'Photo URL', value: 'photo_url' },
			{ name: 'Strong Yes', value: 'strong_yes' },
			{ name: 'View ID', value: 'viewId' },
		]);
		expect(grade.default).toBe('strong_yes');
	});

	it('a number that is needed is empty at first, not zero', () => {
		expect(named(on('invite'), 'days')).toMatchObject({
			type: 'string',
			default: '',
			required: true,
		});
	});

	it('say what they rest on', () => {
		expect(named(members(on('update'), 'options'), 'notify').description).toBe(
			'Whether the person gets a message. Unverified: this is in no documentation of the service.',
		);
	});

	it('of a list in which the record is found are filled by the record', () => {
		expect(names(members(on('delete'), 'options'))).not.toContain('externalId');
		expect(names(on('delete')).filter((name) => name === 'externalId')).toHaveLength(1);
	});
});

describe('options', () => {
	const optionsOf = (operation: string) => names(members(on(operation), 'options'));
	const technicalOf = (operation: string) => names(members(on(operation), 'technicalOptions'));
	const READ = ['pictureBinaryProperty', 'dateOrder'];
	const RECORD = ['blankValues', 'blankValuesByField', 'fieldsToClear'];
	const MANY = [
		'unmappedValues',
		'columnCheck',
		'whenRowsFail',
		'output',
		'summary',
		'rejectFile',
		'includeInput',
		'skipUnchanged',
	];
	const TECHNICAL = ['additionalFieldsJson', 'includeRequest', 'toolMaxRows'];
	const LIMITS = ['maxWaitSeconds', 'requestsPerMinute'];

	it('of an import stand in the order of use: the service, the input, the result', () => {
		const FILE = ['headerMapping', 'recordField', 'inputFormat', 'delimiter', 'encoding'];
		FILE.push('format', 'headerRow', 'sheet');
		expect(optionsOf('import')).toEqual(['trusted', ...FILE, ...READ, ...RECORD, ...MANY]);
	});

	it.each([
		['import', [...TECHNICAL, ...LIMITS, 'concurrency', 'chunkSize']],
		['create', [...TECHNICAL, ...LIMITS]],
		['delete', ['includeRequest', 'toolMaxRows', ...LIMITS]],
		['getAll', LIMITS],
		['request', [...LIMITS, 'toolMaxRows']],
		['invite', [...LIMITS, 'toolMaxRows']],
	])('that are technical stand apart (%s)', (operation, expected) => {
		expect(technicalOf(operation).sort()).toEqual([...expected].sort());
	});

	it('that decide whether a run writes, drops or overwrites are in sight, and write by default', () => {
		for (const operation of ['create', 'delete', 'bulkSave', 'import'])
			expect(named(on(operation), 'validateOnly')).toMatchObject({
				type: 'boolean',
				default: false,
			});
	});

	it('are switched on by being added', () => {
		const switches = [
			...members(on('import'), 'options'),
			...members(on('getAll'), 'options'),
			...members(on('getAll'), 'filters'),
		].filter(({ type }) => type === 'boolean');
		expect(names(switches)).toEqual(expect.arrayContaining(['summary', 'trusted', 'fullDetails']));
		expect(switches.filter((each) => each.default !== true)).toEqual([]);
	});

	it('of an import take files of their own for items only', () => {
		const shownFor = (operation: string) =>
			named(members(on(operation), 'options'), 'pictureBinaryProperty').displayOptions?.show;
		expect(shownFor('import')).toEqual({ '/source': ['items'] });
		expect(shownFor('bulkSave')).toBeUndefined();
	});

	it('of a bulk save with a choice of routes', () => {
		expect(optionsOf('bulkSave')).toEqual([
			...['trusted', 'notify', 'sendBy', 'headerMapping', 'recordField', 'inputFormat'],
			...[...READ, ...RECORD, ...MANY, 'waitForResult'],
		]);
		const choice = named(members(on('bulkSave'), 'options'), 'sendBy');
		expect(choice.default).toBe('bulk');
	});

	it('of one record', () => {
		expect(optionsOf('create')).toEqual([
			...['headerMapping', 'inputFormat', ...READ, 'unknownFields', ...RECORD],
			...['whenRowsFail', 'includeInput', 'waitForResult'],
		]);
	});

	it('of asked columns, without a body', () => {
		expect(optionsOf('delete')).toEqual([
			...['confirmDeleteCount', 'dateOrder', 'whenRowsFail', 'includeInput'],
		]);
	});

	it('offer the names a field may be sent under, the first by default and without expression', () => {
		const naming = {
			option: 'teamName',
			label: 'Send Team As',
			help: 'How the team is called',
			names: ['team', 'teamCode'],
		};
		const vendor = changed({ 'resources/0/fields/team/naming': naming });
		for (const operation of ['create', 'import'])
			expect(
				members(visible(vendor, { operation }), 'options').find(({ name }) => name === 'teamName'),
			).toMatchObject({
				displayName: 'Send Team As',
				type: 'options',
				default: 'team',
				noDataExpression: true,
				options: [
					{ name: 'Team', value: 'team' },
					{ name: 'Team Code', value: 'teamCode' },
				],
			});
		expect(optionsOf('update')).not.toContain('teamName');
	});

	it('clear only what can be cleared', () => {
		const fields = named(members(on('create'), 'options'), 'fieldsToClear');
		expect(choices(fields).map(({ value }) => value)).toEqual(['firstName', 'email', 'perks']);
		const none = changed({
			'resources/0/fields/firstName/clearWith': undefined,
			'resources/0/fields/email/clearWith': undefined,
			'resources/0/fields/perks/clearWith': undefined,
		});
		const options = members(visible(none, {}), 'options');
		expect(names(options)).not.toContain('fieldsToClear');
		expect(choices(named(options, 'blankValues')).map(({ value }) => value)).toEqual([
			...['leave', 'skipRow'],
		]);
	});

	it('ask for the order of dates only where there are dates', () => {
		expect(optionsOf('update')).not.toContain('dateOrder');
	});

	it('keep a request within what the endpoint takes', () => {
		expect(named(members(on('import'), 'technicalOptions'), 'chunkSize')).toMatchObject({
			default: 300,
			typeOptions: { minValue: 1, maxValue: 300 },
		});
		const single = changed({ 'resources/0/operations/import/route': 'update' });
		expect(
			names(members(visible(single, { operation: 'import' }), 'technicalOptions')),
		).not.toContain('chunkSize');
	});

	it('map headers of files and items, to any column or to none', () => {
		const mapping = named(members(on('import'), 'options'), 'headerMapping');
		expect(mapping.displayOptions).toBeUndefined();
		expect(named(members(on('bulkSave'), 'options'), 'headerMapping')).toEqual(mapping);
		const [{ name, values }] = mapping.options as unknown as [
			{ name: string; values: INodeProperties[] },
		];
		expect([name, ...names(values)]).toEqual(['columns', 'header', 'field']);
		const fields = choices(named(values, 'field')).map(({ value }) => value);
		expect(fields).toEqual(
			expect.arrayContaining(['', 'managerExternalId', 'since', 'groupCodes']),
		);
		expect(fields).not.toContain('history');
	});

	it('use the description n8n prescribes for an upsert among the choices', () => {
		const vendor = changed({
			'resources/0/operations/bulkSave/route/choices/1/value': 'upsert',
			'resources/0/operations/bulkSave/route/choices/1/help': 'Another text',
		});
		const choice = named(members(visible(vendor, { operation: 'bulkSave' }), 'options'), 'sendBy');
		expect(choices(choice)[1].description).toBe(UPSERT_DESCRIPTION);
	});

	it('guard what removes more tightly', () => {
		const rows = (operation: string) =>
			named(members(on(operation), 'technicalOptions'), 'toolMaxRows');
		expect(rows('import').default).toBe(TOOL_ROWS);
		expect(rows('delete').default).toBe(1);
		const vendor = changed({ 'resources/0/operations/import/destructive': true });
		const options = members(visible(vendor, { operation: 'import' }), 'technicalOptions');
		expect(named(options, 'toolMaxRows').default).toBe(1);
	});

	it('start at what the vendor is known to take', () => {
		const options = members(on('import'), 'technicalOptions');
		expect(named(options, 'requestsPerMinute').default).toBe(100);
		expect(named(options, 'concurrency').default).toBe(4);
		expect(named(options, 'maxWaitSeconds').default).toBe(MAX_WAIT_SECONDS);
	});
});

it('gives n8n a value for everything that is shown', () => {
	const given = { resource: 'person', operation: 'import' };
	const node = { typeVersion: 1, parameters: given } as unknown as INode;
	expect(NodeHelpers.getNodeParameters(propertiesOf(acme), given, true, false, node, null)).toEqual(
		{
			...given,
			authentication: 'default',
			source: 'binary',
			binaryPropertyName: 'data',
			validateOnly: false,
			sameValues: {},
			valueMapping: {},
			unknownFields: 'ignore',
			duplicates: 'fail',
			options: {},
			technicalOptions: {},
		},
	);
});

it('has everything that messages tell the user to set', () => {
	const shared = resolve(__dirname, '../../../nodes/shared');
	const told = ['mapping', 'run', 'write'].flatMap((folder) =>
		readdirSync(join(shared, folder)).flatMap((file) =>
			[
				...readFileSync(join(shared, folder, file), 'utf8').matchAll(
					/(?:under|set|raise|choose a|choose what to do under) "([A-Z][^"$]*)"/g,
				),
			].map(([, label]) => label),
		),
	);
	expect(told.length).toBeGreaterThan(5);
	// A setting of n8n itself.
	const labels = new Set(['On Error']);
	const collect = (properties: readonly INodeProperties[]) => {
		for (const { displayName, type, options } of properties) {
			labels.add(displayName);
			if (type === 'collection') collect(options as INodeProperties[]);
		}
	};
	collect(propertiesOf(acme));
	expect(told.filter((label) => !labels.has(label))).toEqual([]);
});

it('covers every kind of operation', () => {
	const kinds = new Set<Operation['does']>(
		[person, skill].flatMap(({ operations }) => Object.values(operations).map(({ does }) => does)),
	);
	expect([...kinds].sort()).toEqual(['call', 'gather', 'get', 'list', 'request', 'save']);
});

describe("where people find a service's own ID", () => {
	const WHERE = 'Your administrator knows it.';
	const vendor = changed({
		'resources/0/endpoints/create/parameters/tenant/where': WHERE,
		'resources/0/endpoints/list/parameters/grade/where': WHERE,
		'resources/0/fields/team/where': WHERE,
	});

	it('stands below its field', () => {
		const create = visible(vendor, { operation: 'create' });
		expect(named(create, 'tenant')).toMatchObject({ hint: WHERE, description: expect.any(String) });
		expect(named(visible(vendor, { operation: 'delete' }), 'team')).toMatchObject({ hint: WHERE });
	});

	it('is told with the rest where the field is one of several', () => {
		const list = visible(vendor, { operation: 'getAll' });
		const grade = named(members(list, 'filters'), 'grade');
		expect(grade.description).toContain(WHERE);
		expect(grade).not.toHaveProperty('hint');
	});
});
