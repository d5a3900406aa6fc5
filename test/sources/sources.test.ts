import type { IDataObject } from 'n8n-workflow';

import {
	columnsOf,
	personIn,
	personRows,
	prepareMapper,
	takesPeople,
	understood,
	unwrapped,
} from '../../nodes/shared/mapping';
import type { PersonPayload, SaveOperation } from '../../nodes/shared/definition';
import { runNode } from '../../nodes/shared/run';
import { schemaOperations } from '../../nodes/shared/definition';
import { sources } from '../../nodes/sources';
import { fakeContext } from '../support/fakeContext';
import { sampleRow } from '../support/samples';
import { vendors } from '../support/vendors';
import { EXAMPLES, received, type Example } from './examples';

const ALL = [...EXAMPLES].flatMap(([system, examples]) =>
	examples.map((example) => [`${system}: ${example.of}`, { system, example }] as const),
);

const TARGETS = vendors.flatMap((vendor) =>
	vendor.resources
		.filter((resource) => {
			const { bulkSave } = resource.operations;
			return bulkSave?.does === 'save' && takesPeople(columnsOf(resource, bulkSave));
		})
		.map((resource) => [vendor.name, { vendor, resource }] as const),
);

describe('A system', () => {
	it('has examples, one at least for each of its payloads', () => {
		expect(sources.map(({ name }) => name).sort()).toEqual([...EXAMPLES.keys()].sort());
		for (const { name, payloads } of sources)
			for (const payload of payloads) {
				const fitting = EXAMPLES.get(name)!.filter(({ payload: value }) => {
					const alone = { name, label: name, payloads: [payload] };
					return understood(value, [alone]) !== undefined;
				});
				expect([name, payload.documents, fitting.length > 0]).toEqual([
					name,
					payload.documents,
					true,
				]);
			}
	});

	it('states a public page, and marks by which a row of plain columns is never taken for its record', () => {
		for (const { payloads } of sources)
			for (const { documents, marks } of payloads) {
				expect(documents).toMatch(/^https:\/\//);
				const nested = Object.entries(marks).some(
					([path, mark]) => path.includes('.') || mark === 'list' || mark === 'object',
				);
				expect(nested).toBe(true);
				expect(Object.keys(marks).length).toBeGreaterThan(1);
			}
	});
});

describe.each(ALL)('%s', (_, { system, example }) => {
	const { payload, person, skip, problem } = example;

	it('is recognized as a record of this system alone', () => {
		const claiming = sources.filter((source) => understood(payload, [source]) !== undefined);
		expect(claiming.map(({ name }) => name)).toEqual([system]);
	});

	it.each(['as it is', 'as a webhook brings it'])('says what it holds, %s', (way) => {
		const item = way === 'as it is' ? payload : received(payload);
		const expected =
			person !== undefined
				? { person }
				: skip !== undefined
					? { skip: { code: 'OTHER_EVENT', message: skip } }
					: { problem: { code: 'UNREADABLE_ROW', message: problem } };
		expect(understood(unwrapped(item), sources)).toEqual(expected);
	});
});

async function checked(target: (typeof TARGETS)[number][1], items: IDataObject[], more = {}) {
	const { vendor, resource } = target;
	const { context, requests, hints } = fakeContext({
		parameters: {
			...{ resource: resource.name, operation: 'bulkSave', validateOnly: true },
			columns: { mappingMode: 'autoMapInputData', value: null },
			systemId: 'ats',
			options: { includeInput: true, whenRowsFail: 'returnRows', ...more },
		},
		items: items.map((json) => ({ json })),
		service: () => ({ status: 404, body: {} }),
		credential: {
			...{ environment: 'custom', region: 'custom', baseUrl: 'https://vendor.example.com' },
			...{ apiKey: 'key', username: 'name' },
		},
	});
	const [out] = await runNode.call(context, vendor);
	return {
		rows: out.map(({ json }) => json),
		hints: hints.map(({ message }) => message),
		requests,
	};
}

/** What a service demands and no payload holds, such as a code of a job. */
const isDemand = ({ code }: { code: string }) => ['MISSING_VALUE', 'RULE'].includes(code);

describe.each(TARGETS)('%s', (name, target) => {
	const operation = target.resource.operations.bulkSave as SaveOperation;
	const columns = columnsOf(target.resource, operation);

	it.each(ALL.filter(([, { example }]) => example.person !== undefined))(
		'takes %s without mapping',
		async (_, { example }) => {
			const { rows, hints } = await checked(target, [received(example.payload)]);
			expect(rows).toHaveLength(1);
			const input = rows[0].input as IDataObject;
			const { resource } = target;
			const { values } = personRows(columns)(example.person as never);
			expect(input).toEqual(values);
			const mapper = prepareMapper(resource, operation);
			const { issues } = mapper.map(values, {
				unknownFields: 'ignore',
				blankValues: 'leave',
				fieldsToClear: [],
			});
			expect(issues.filter((issue) => !isDemand(issue))).toEqual([]);
			// What is left out is said, and nothing else is.
			const known = new Set(columns.map(({ key }) => key));
			expect([...mapper.leftOut()].sort()).toEqual(
				Object.keys(values)
					.filter((key) => !known.has(key))
					.sort(),
			);
			// A message ends after ten names.
			for (const left of mapper.leftOut().slice(0, 10)) expect(hints.join(' ')).toContain(left);
		},
	);

	it('skips events that bring nobody, and says why', async () => {
		const events = ALL.filter(([, { example }]) => example.skip !== undefined);
		const { rows, requests } = await checked(
			target,
			events.map(([, { example }]) => received(example.payload)),
		);
		expect(rows.map(({ status, reason }) => [status, reason])).toEqual(
			events.map(([, { example }]) => ['skipped', example.skip]),
		);
		expect(requests).toEqual([]);
	});

	it('never takes rows of its own for those of another system', () => {
		for (const save of Object.values(schemaOperations(target.resource)))
			for (const extent of ['required', 'all'] as const)
				expect(understood(sampleRow(target.resource, save, 1, extent), sources)).toBeUndefined();
	});

	it('reads what a model gives inside "output", and its words for nothing as nothing', async () => {
		const given = Object.fromEntries(
			columns
				.filter(({ field }) => ['text', 'textList'].includes(field.kind) && !field.file)
				.map(({ key, field }) => [key, field.kind === 'textList' ? [] : 'N/A']),
		);
		const { rows } = await checked(target, [
			{ output: { ...given, unknown: null } },
			{ output: { ...given, [columns[0].key]: '' } },
		]);
		for (const row of rows) expect(JSON.stringify(row.errors)).not.toContain('INVALID_VALUE');
		expect(JSON.stringify(rows)).not.toContain('N/A');
	});

	it('fails dates in words with words', async () => {
		const day = columns.find(({ field }) => field.kind === 'date' || field.kind === 'dateTime');
		if (day === undefined) return;
		const given = columns.find(({ concept }) => concept === 'givenName')!;
		const { rows } = await checked(target, [
			{ output: { [given.key]: 'Ada', [day.key]: 'as soon as possible' } },
		]);
		expect(rows[0].status).toBe('failed');
		expect(String(rows[0].reason)).toContain(day.label);
	});

	it('takes lists of columns as before, whatever their cells hold', async () => {
		const row = { action: 'new_candidate_application', payload: 'x', data: '{}', body: 'text' };
		expect(unwrapped(row)).toBe(row);
		expect(understood(row, sources)).toBeUndefined();
		expect(name).not.toBe('');
	});
});

describe('An item', () => {
	const [[, whoz]] = TARGETS.filter(([name]) => name === 'whoz');

	it('that two systems claim is refused with words', () => {
		const [greenhouse, lever] = ['greenhouse', 'lever'].map((name) => EXAMPLES.get(name)![0]);
		expect(understood({ ...greenhouse.payload, ...lever.payload }, sources)).toEqual({
			problem: {
				code: 'CONFLICT',
				message:
					'The item may be a record of Greenhouse and Lever. Choose which it is under "Input Format".',
			},
		});
	});

	it('is read as the user says', async () => {
		const { payload } = EXAMPLES.get('greenhouse')![0];
		const chosen = await checked(whoz, [payload], { inputFormat: 'lever' });
		expect(chosen.rows[0]).toMatchObject({ status: 'failed' });
		expect(chosen.rows[0].reason).toMatch(/^The item is no record of Lever that is understood/);
		await expect(checked(whoz, [payload], { inputFormat: 'columns' })).rejects.toThrow(
			/No column of the items names a field/,
		);
		await expect(checked(whoz, [payload], { inputFormat: 'bullhorn' })).rejects.toThrow(
			'"Input Format" is none that is known. Choose one of the list.',
		);
	});

	it('of a name in one piece is divided where that is certain, which is said', async () => {
		const { payload } = EXAMPLES.get('lever')![1];
		const two = await checked(whoz, [payload]);
		expect(two.rows[0].input).toMatchObject({ firstName: 'Ada', lastName: 'Example' });
		expect(two.hints.join(' ')).toContain('Names that came in one piece of two words were divided');
		const three = await checked(whoz, [{ ...payload, name: 'Ada del Example' }]);
		expect(three.rows[0]).toMatchObject({ status: 'failed' });
		expect(three.rows[0].reason).toMatch(/can be divided into first and last name in several ways/);
	});
});

it('the words of models for nothing are nothing inside their answers, and stay what they are elsewhere', () => {
	const answer = { name: 'N/A', skills: ['n/a', 'Go'], tags: ['unknown'], job: { title: 'none' } };
	expect(unwrapped({ output: answer })).toEqual({
		name: null,
		skills: ['Go'],
		tags: null,
		job: null,
	});
	expect(unwrapped(answer)).toBe(answer);
	expect(unwrapped({ output: answer, more: 1 })).toHaveProperty('output');
});

describe('A person', () => {
	const payload = (fields: PersonPayload['fields']): PersonPayload => ({
		documents: 'https://example.com',
		marks: {},
		fields,
	});

	it('is read by paths through lists, from the first place that holds something', () => {
		const value = { a: null, b: { c: '' }, d: [{ t: 'x', v: 1 }, { t: 'y', v: 2 }, { v: 2 }] };
		expect(
			personIn(value, payload({ givenName: ['a', 'b.c', 'd[t=y].v'], tags: 'd[].v' })),
		).toEqual({ givenName: [2], tags: [1, 2] });
	});
});

export type { Example };
