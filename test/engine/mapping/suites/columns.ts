import { columnsOf } from '../../../../nodes/shared/mapping';
import { operationOf, person } from '../people';

const keys = (name: string) => columnsOf(person, operationOf(name)).map(({ key }) => key);

test('nested fields appear as their flat columns, or as JSON where they have none', () => {
	const columns = columnsOf(person, operationOf('save'));
	expect(
		columns.slice(0, 9).map(({ key, label, fieldKey, many }) => [key, label, fieldKey, many]),
	).toEqual([
		['externalId', 'External ID', 'externalId', false],
		['firstName', 'First Name', 'firstName', false],
		['lastName', 'Last Name', 'lastName', false],
		['email', 'Email', 'emails', false],
		['since', 'Since', 'history', false],
		['workspaceId', 'Workspace ID', 'history', false],
		['scope', 'Scope', 'history', false],
		['note', 'Note', 'history', false],
		['managerExternalId', 'Manager ID', 'manager', false],
	]);
	const of = (key: string) => columns.find((column) => column.key === key);
	expect(of('since')).toMatchObject({
		field: { kind: 'date' },
		required: ['create'],
		concept: 'startDate',
	});
	expect(of('groupCodes')).toMatchObject({ many: true, field: { kind: 'text' } });
	expect(of('applications')).toMatchObject({ field: { kind: 'objectList' }, many: false });
});

test('columns are unique and leave out what is read only', () => {
	const all = keys('save');
	expect(new Set(all).size).toBe(all.length);
	expect(all).not.toContain('id');
});

test('an operation takes only its fields, except some, and none it sets itself', () => {
	expect(keys('rename')).toEqual(['externalId', 'firstName', 'lastName', 'birthDate']);
	expect(keys('withoutTags')).toEqual(keys('save').filter((key) => key !== 'tags'));
	expect(keys('deactivate')).toEqual(keys('save').filter((key) => key !== 'active'));
});

test('what an operation asks for is required', () => {
	const columns = columnsOf(person, operationOf('deactivate'));
	const required = columns
		.filter((column) => column.required.includes('patch'))
		.map(({ key }) => key);
	expect(required).toEqual(['externalId', 'since']);
});
