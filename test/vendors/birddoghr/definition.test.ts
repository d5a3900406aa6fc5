import type { INodePropertyOptions } from 'n8n-workflow';

import {
	evidenceOf,
	isRouteChoice,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { checkVendor } from '../../../nodes/shared/definition/check';
import { propertiesOf } from '../../../nodes/shared/ui';
import { birdDogHr } from '../../../nodes/BirdDogHr/birdDogHr.vendor';
import { talentUser } from '../../../nodes/BirdDogHr/resources/talentUser';

const { fields, endpoints } = talentUser;
const operation = (name: string) => talentUser.operations[name] as SaveOperation;
const endpoint = (name: string) => endpoints[name] as WriteEndpoint;
const keysWhere = (fits: (field: (typeof fields)[string]) => boolean): string[] =>
	Object.entries(fields)
		.filter(([, field]) => fits(field))
		.map(([key]) => key)
		.sort();

it('obeys the rules of definitions', () => {
	expect(checkVendor(birdDogHr)).toEqual([]);
});

it('has the names of the contract', () => {
	expect(birdDogHr.name).toBe('birdDogHr');
	expect(birdDogHr.resources.map(({ name }) => name)).toEqual([
		...['talentUser', 'jobCandidate', 'onboardingEmployee'],
	]);
	expect(birdDogHr.signIns.map(({ credential }) => credential)).toEqual(['birdDogHrApi']);
	expect(Object.keys(talentUser.operations)).toEqual([
		...['create', 'update', 'upsert', 'delete', 'getAll', 'get'],
		...['bulkSave', 'import', 'apiRequest'],
	]);
});

it('calls its operations what they do', () => {
	const choice = propertiesOf(birdDogHr).find(({ name }) => name === 'operation');
	const labels = Object.fromEntries(
		(choice?.options as INodePropertyOptions[]).map(({ name, value }) => [value, name]),
	);
	expect(labels).toEqual({
		apiRequest: 'API Request',
		bulkSave: 'Bulk Save',
		create: 'Create (Overwrites Existing)',
		delete: 'Delete (Deactivate) (Unverified)',
		get: 'Get (Unverified)',
		getAll: 'Get Many',
		getSchema: 'Get JSON Schema',
		import: 'Import',
		template: 'Get Template',
		update: 'Update (Creates if Missing)',
		upsert: 'Create or Update',
	});
});

it('never calls "current", which is the model of v1', () => {
	const paths = birdDogHr.resources.flatMap((resource) =>
		Object.values(resource.endpoints).map(({ request }) => request.path),
	);
	expect(paths.length).toBeGreaterThan(Object.keys(endpoints).length);
	for (const path of [...paths, birdDogHr.oneTimeToken?.request.path])
		expect(path).toMatch(/^\/v2\//);
});

it('fetches tokens one after the other, since a new one may end the one before', () => {
	expect(birdDogHr.concurrency).toBe(1);
});

describe('fields', () => {
	it('are the 32 of the model, one of them under a name to be chosen', () => {
		expect(Object.keys(fields)).toHaveLength(32);
		expect(keysWhere(({ path }) => path !== undefined)).toEqual([]);
		expect(fields.gender.naming?.names).toEqual(['gender', 'sex']);
		expect(keysWhere(({ naming }) => naming !== undefined)).toEqual(['gender']);
		expect(fields).not.toHaveProperty('ssoDomain');
	});

	it('are required as marked, at every write', () => {
		const needed = keysWhere(({ required }) => required !== undefined);
		expect(needed).toEqual(
			[
				...['lastName', 'firstName', 'displayName', 'email', 'employeeId', 'jobCode'],
				...['username', 'manager', 'hireDate', 'location', 'active', 'isManager'],
			].sort(),
		);
		for (const key of needed)
			expect(fields[key].required).toEqual(
				key === 'username' ? ['create', 'patch', 'fill'] : ['create', 'patch'],
			);
	});

	it('have the limits of the model', () => {
		const limits = Object.fromEntries(
			Object.entries(fields)
				.filter(([, { maxLength }]) => maxLength !== undefined)
				.map(([key, { maxLength }]) => [key, maxLength]),
		);
		expect(limits).toEqual({
			...{ ssoUserName: 128, lastName: 50, firstName: 50, middleInitial: 1, displayName: 50 },
			...{ phone1: 50, phone2: 50, phone3: 50, email: 225, employeeId: 50, jobTitle: 50 },
			username: 150,
		});
		expect([fields.salary.decimals, fields.lastRaiseAmount.decimals]).toEqual([2, 2]);
		expect(fields.gender.values).toEqual(['Male', 'Female']);
		expect(fields.email.format).toBe('email');
	});

	it('can be cleared where the documents give an empty text a meaning: optional texts only', () => {
		expect(keysWhere(({ clearWith }) => clearWith !== undefined)).toEqual(
			[
				...['ssoUserName', 'ethnicity', 'gender', 'department'],
				...['phone1', 'phone2', 'phone3', 'jobTitle', 'organization', 'costCenter', 'institute'],
			].sort(),
		);
		expect(keysWhere(({ clearWith }) => clearWith === 'emptyString')).toHaveLength(11);
	});

	it('that are phones travel as digits, since the model calls them numeric', () => {
		expect(keysWhere(({ wire }) => wire === 'digits')).toEqual(['phone1', 'phone2', 'phone3']);
	});

	it('that are dates travel as in the sample, with a time', () => {
		expect(keysWhere(({ kind }) => kind === 'date')).toEqual(
			keysWhere(({ wire }) => wire === 'isoMidnight'),
		);
		expect(keysWhere(({ kind }) => kind === 'date')).toHaveLength(5);
	});
});

describe('operations', () => {
	it('of all kinds demand the whole row', () => {
		for (const name of ['update', 'upsert', 'bulkSave', 'import'])
			expect(operation(name).purpose).toBe('patch');
		expect(operation('create').purpose).toBe('create');
		expect(endpoint('deactivate').demands).toBe('patch');
	});

	it('do not promise that something was created or updated: the vendor never says so', () => {
		for (const name of Object.keys(talentUser.operations))
			expect(operation(name)).not.toHaveProperty('expects');
	});

	it('delete forces Active to false and is guarded', () => {
		expect(operation('delete')).toMatchObject({ fixed: { active: false }, destructive: true });
	});

	it('send one call per row unless the user chooses batches', () => {
		const { route } = operation('bulkSave');
		expect(
			isRouteChoice(route) && route.choices.map(({ value, route: to }) => [value, to]),
		).toEqual([
			['single', 'save'],
			['batch', 'saveMany'],
		]);
		expect(operation('import').route).toBe('save');
	});

	it('of batches do not pretend to know which row an error means', () => {
		expect(endpoint('saveMany').outcome).toMatchObject({ by: 'word', unlocated: true });
		expect(endpoint('save').outcome).not.toHaveProperty('unlocated');
	});

	it('that read rest on public code that is eight years old', () => {
		for (const name of ['getAll', 'get', 'delete'])
			expect(evidenceOf(talentUser, talentUser.operations[name]).basis).toBe('observed');
		for (const name of ['create', 'update', 'upsert', 'bulkSave', 'import'])
			expect(evidenceOf(talentUser, talentUser.operations[name]).basis).toBe('documented');
	});
});
