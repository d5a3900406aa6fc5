import type { IDataObject } from 'n8n-workflow';

import {
	columnsOf,
	holdsPeople,
	personPresenter,
	prepareMapper,
	takesPeople,
} from '../../nodes/shared/mapping';
import { runNode } from '../../nodes/shared/run';
import type { Concept, Field, Fields, Resource } from '../../nodes/shared/definition';
import { setAt } from '../../nodes/shared/definition';
import { fakeContext } from '../support/fakeContext';
import { sample } from '../support/samples';
import { vendors } from '../support/vendors';

/* From each vendor that can be read to each that can be written: what one node gives, the other takes without mapping. */

const reads = ({ operations }: Resource) =>
	Object.values(operations).some(({ does }) => does === 'list' || does === 'get');

const SOURCES = vendors.flatMap((vendor) =>
	vendor.resources
		.filter((resource) => reads(resource) && holdsPeople(resource))
		.map((resource) => [`${vendor.name} ${resource.name}`, { vendor, resource }] as const),
);
const TARGETS = vendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) => {
		const { bulkSave } = resource.operations;
		return bulkSave?.does === 'save' && takesPeople(columnsOf(resource, bulkSave))
			? [[`${vendor.name} ${resource.name}`, { vendor, resource, bulkSave }] as const]
			: [];
	}),
);

/** What people have there, whatever kind of text the vendor makes of it. */
const OF_CONCEPT: Partial<Record<Concept, string>> = {
	email: 'ada@example.com',
	phone: '202-555-0100',
	linkedIn: 'https://www.linkedin.com/in/ada',
	picture: 'https://files.example.com/ada.png',
	gender: 'Female',
	birthDate: '1990-12-10',
};

/** A value as the vendor's answer holds it. */
const held = (field: Field): unknown => {
	const known = field.concept && OF_CONCEPT[field.concept];
	if (known !== undefined)
		return field.kind === 'textList' && field.wire === 'asIs' ? [known] : known;
	if (field.members !== undefined) {
		const entry = recordOf(field.members);
		return field.kind === 'objectList' ? [entry] : entry;
	}
	if (field.wire === 'commaJoined') return [sample(field, 1)].flat().join(',');
	return sample(field, 1);
};

function recordOf(fields: Fields): Record<string, unknown> {
	const record: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(fields))
		if (field.access !== 'writeOnly') setAt(record, field.path ?? key, held(field));
	return record;
}

const POLICY = { unknownFields: 'ignore', blankValues: 'leave', fieldsToClear: [] } as const;
const isDemand = (code: string) => ['MISSING_VALUE', 'RULE'].includes(code);

it('every vendor with people can be read as a person or says why not, and every one can be written', () => {
	expect(SOURCES.map(([name]) => name)).toEqual([
		'birdDogHr talentUser',
		'collective application',
		'eightfold atsCandidate',
		'eightfold profile',
		'ingedata talent',
		'whoz talent',
	]);
	expect(new Set(TARGETS.map(([, { vendor }]) => vendor.name)).size).toBe(vendors.length);
});

describe.each(SOURCES)('A person of %s', (_, source) => {
	const record = recordOf(source.resource.fields);
	const plain = personPresenter(source.vendor.name, source.resource)!(record) as IDataObject;

	it('is known by the names of the concepts, with the own record beside it', () => {
		expect(Object.keys(plain)).toEqual(['person', 'personFrom', 'record']);
		expect(plain.record).toBe(record);
		expect(plain.personFrom).toBe(source.vendor.name);
		expect(Object.keys(plain.person as object)).toEqual(
			expect.arrayContaining(['givenName', 'familyName', 'externalId']),
		);
	});

	it.each(TARGETS)('is taken by %s, what has no field is said once', async (__, target) => {
		const { context, hints } = fakeContext({
			parameters: {
				...{ resource: target.resource.name, operation: 'bulkSave', validateOnly: true },
				columns: { mappingMode: 'autoMapInputData', value: null },
				systemId: 'ats',
				options: { includeInput: true, whenRowsFail: 'returnRows' },
			},
			items: [{ json: plain }, { json: plain }].map((item, at) => ({
				json: {
					...item.json,
					person: { ...(plain.person as IDataObject), externalId: `S-${at}` },
				},
			})),
			service: () => ({ status: 404, body: {} }),
			credential: {
				...{ environment: 'custom', region: 'custom', baseUrl: 'https://vendor.example.com' },
				...{ apiKey: 'key', username: 'name' },
			},
		});
		const [rows] = await runNode.call(context, target.vendor);
		const input = rows[0].json.input as IDataObject;
		const mapper = prepareMapper(target.resource, target.bulkSave);
		const { issues } = mapper.map(input, POLICY);
		expect(issues.filter(({ code }) => !isDemand(code))).toEqual([]);
		const columns = columnsOf(target.resource, target.bulkSave);
		const filled = columns.filter(({ key }) => key in input);
		expect(filled.map(({ concept }) => concept)).toEqual(
			expect.arrayContaining(['givenName', 'familyName']),
		);
		// An ID of the vendor's own never comes from elsewhere.
		expect(filled.filter(({ concept }) => concept === 'internalId')).toEqual([]);
		const said = hints.filter(({ message }) => /left out/.test(message));
		expect(said).toHaveLength(mapper.leftOut().length > 0 ? 1 : 0);
	});
});

it('is what Get Many gives with the option', async () => {
	const [, { vendor, resource }] = SOURCES.find(([name]) => name === 'birdDogHr talentUser')!;
	const record = recordOf(resource.fields);
	const { context } = fakeContext({
		parameters: {
			...{ resource: resource.name, operation: 'getAll', returnAll: true },
			options: { commonPerson: true },
		},
		items: [{ json: {} }],
		service: ({ url }) => ({
			status: 200,
			body: url.includes('TalentUsers') ? { TalentUsers: [record] } : { token: 'token' },
		}),
		credential: { baseUrl: 'https://vendor.example.com', apiKey: 'key', username: 'name' },
	});
	const [items] = await runNode.call(context, vendor);
	expect(items.map(({ json }) => json)).toEqual([personPresenter(vendor.name, resource)!(record)]);
});
