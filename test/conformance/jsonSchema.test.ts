import type { IDataObject } from 'n8n-workflow';

import { fillableColumns, prepareMapper, type JsonSchema } from '../../nodes/shared/mapping';
import { runNode } from '../../nodes/shared/run';
import { schemaOperations } from '../../nodes/shared/definition';
import { fakeContext } from '../support/fakeContext';
import { sampleRow } from '../support/samples';
import { vendors } from '../support/vendors';

const SAVES = vendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(schemaOperations(resource)).map(
			([name, operation]) =>
				[`${vendor.name} ${resource.name} ${name}`, { vendor, resource, name, operation }] as const,
		),
	),
);
type Save = (typeof SAVES)[number][1];

async function schemaOf({ vendor, resource, name }: Save, more: IDataObject = {}) {
	const { context, requests } = fakeContext({
		parameters: { resource: resource.name, operation: 'getSchema', schemaFor: name, ...more },
		items: [{ json: {} }, { json: {} }],
		service: () => new Error('Nothing may be asked'),
	});
	const [items] = await runNode.call(context, vendor);
	expect(requests).toEqual([]);
	expect(items).toHaveLength(1);
	const { schema, schemaText } = items[0].json;
	expect(JSON.parse(String(schemaText))).toEqual(schema);
	return schema as unknown as JsonSchema;
}

/** What n8n's converter to zod reads in both lines without making a check of it that one value could fail. */
const KEYWORDS = new Set([
	...['type', 'title', 'description', 'enum', 'items', 'properties', 'required'],
]);

function* partsOf(schema: JsonSchema): Generator<JsonSchema> {
	yield schema;
	if (schema.items !== undefined) yield* partsOf(schema.items);
	for (const member of Object.values(schema.properties ?? {})) yield* partsOf(member);
}

/** As n8n's parser checks an answer: what is not stated is left out, what is wrong ends the run. */
function accepts(schema: JsonSchema, value: unknown): boolean {
	const types = [schema.type].flat();
	if (value === null) return types.includes('null');
	if (schema.enum !== undefined && !schema.enum.includes(value as string)) return false;
	if (Array.isArray(value))
		return types.includes('array') && value.every((entry) => accepts(schema.items!, entry));
	if (typeof value === 'object')
		return (
			types.includes('object') &&
			(schema.required ?? []).every((key) => key in value) &&
			Object.entries(value).every(([key, held]) => {
				const member = schema.properties?.[key];
				return member === undefined || held === undefined || accepts(member, held);
			})
		);
	if (typeof value === 'number') return types.includes('number') || types.includes('integer');
	return types.includes(typeof value);
}

const POLICY = {
	unknownFields: 'error',
	blankValues: 'leave',
	fieldsToClear: [],
	plainValues: false,
} as const;

it('every vendor says what its records take', () => {
	expect(new Set(SAVES.map(([, { vendor }]) => vendor.name)).size).toBe(vendors.length);
});

describe.each(SAVES)('The JSON Schema of %s', (_, save) => {
	const { resource, operation } = save;

	it('keeps to the keywords that n8n understands, and says each field in words', async () => {
		const schema = await schemaOf(save);
		for (const part of partsOf(schema)) {
			expect(Object.keys(part).filter((key) => !KEYWORDS.has(key))).toEqual([]);
			expect(part.enum?.length).not.toBe(0);
		}
		const columns = fillableColumns(resource, operation);
		expect(Object.keys(schema.properties!)).toEqual(columns.map(({ key }) => key));
		for (const { key, label, required } of columns) {
			expect(schema.properties![key].title).toBe(label);
			expect(schema.required!.includes(key)).toBe(required.includes(operation.purpose));
		}
	});

	it('has answers that are taken without mapping', async () => {
		const schema = await schemaOf(save);
		const row = Object.fromEntries(
			Object.entries(sampleRow(resource, operation, 1, 'all')).filter(
				([key]) => key in schema.properties!,
			),
		);
		expect(accepts(schema, row)).toBe(true);
		const mapper = prepareMapper(resource, operation);
		const { issues } = mapper.map(row, POLICY);
		// A file is no matter of a model; where one is needed, the row says so.
		expect(issues.filter(({ code }) => code !== 'MISSING_VALUE')).toEqual([]);
		expect(mapper.leftOut()).toEqual([]);
	});

	it('takes null for everything, so that nothing has to be made up', async () => {
		const schema = await schemaOf(save);
		const nothing = Object.fromEntries(Object.keys(schema.properties!).map((key) => [key, null]));
		expect(accepts(schema, nothing)).toBe(true);
		expect(prepareMapper(resource, operation).map(nothing, POLICY).issues).toEqual([
			expect.objectContaining({ code: 'EMPTY_ROW' }),
		]);
	});
});

it('gives some fields only, where they are chosen', async () => {
	const [, save] = SAVES.find(([name]) => name === 'whoz talent bulkSave')!;
	const { properties, required } = await schemaOf(save, { schemaFields: ['lastName', 'email'] });
	expect(Object.keys(properties!)).toEqual(['lastName', 'email']);
	expect(required).toEqual([]);
});

it('refuses what it does not know', async () => {
	const [[, save]] = SAVES;
	await expect(schemaOf({ ...save, name: 'delete' })).rejects.toThrow(
		'"For Operation" is none of this resource.',
	);
	await expect(schemaOf(save, { schemaFields: ['nothing'] })).rejects.toThrow(
		'"Only Fields" names one that this operation does not take.',
	);
});
