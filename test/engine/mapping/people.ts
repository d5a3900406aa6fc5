import {
	choice,
	date,
	dateTime,
	each,
	email,
	first,
	flag,
	inside,
	json,
	listOf,
	number,
	object,
	phone,
	resource,
	text,
	textList,
	url,
	write,
	type SaveOperation,
} from '../../../nodes/shared/definition';
import type { MappingPolicy } from '../../../nodes/shared/mapping';

const save = (purpose: SaveOperation['purpose'], more: Partial<SaveOperation> = {}) =>
	({
		does: 'save',
		rows: 'items',
		action: 'Save people',
		purpose,
		route: 'save',
		...more,
	}) as SaveOperation<never, 'save'>;

/** A resource of no vendor with every shape a field can have. */
export const person = resource({
	name: 'person',
	label: 'Person',
	plural: 'People',
	key: 'externalId',
	fields: {
		externalId: text({
			label: 'External ID',
			maxLength: 20,
			required: ['create', 'patch'],
			concept: 'externalId',
			simplified: true,
		}),
		id: text({ label: 'ID', access: 'readOnly', simplified: true }),
		firstName: text({
			label: 'First Name',
			required: ['create'],
			personal: true,
			concept: 'givenName',
			simplified: true,
		}),
		lastName: text({ label: 'Last Name', personal: true, concept: 'familyName' }),
		emails: listOf(
			{
				address: email({ label: 'Address', required: ['create', 'patch'] }),
				main: flag({ label: 'Main' }),
			},
			{
				label: 'Emails',
				simplified: true,
				columns: {
					email: first('address', { label: 'Email', beside: { main: true }, concept: 'email' }),
				},
			},
		),
		history: listOf(
			{
				since: date({ label: 'Since', required: ['create', 'patch'] }),
				workspaceId: text({ label: 'Workspace ID', required: ['create'] }),
				scope: choice({ label: 'Scope', values: ['EMPLOYEE', 'PRE_BOARDING'], open: true }),
				note: text({ label: 'Note', clearWith: 'null' }),
				level: text({ label: 'Level', access: 'readOnly' }),
			},
			{
				label: 'History',
				required: ['create'],
				columns: {
					since: first('since', { label: 'Since', required: ['create'], concept: 'startDate' }),
					workspaceId: first('workspaceId', {
						label: 'Workspace ID',
						required: ['create'],
						concept: 'workspace',
					}),
					scope: first('scope', { label: 'Scope' }),
					note: first('note', { label: 'Note' }),
				},
			},
		),
		manager: object(
			{ externalId: text({ label: 'External ID', required: ['create', 'patch'] }) },
			{
				label: 'Manager',
				clearWith: 'null',
				relation: { refersTo: 'externalId', order: 'secondPass' },
				columns: {
					managerExternalId: inside('externalId', { label: 'Manager ID', concept: 'manager' }),
				},
			},
		),
		groups: listOf(
			{ code: text({ label: 'Code', maxLength: 3, required: ['create', 'patch'] }) },
			{ label: 'Groups', columns: { groupCodes: each('code', { label: 'Group Codes' }) } },
		),
		gender: choice({
			label: 'Gender',
			values: ['Male', 'Female'],
			clearWith: 'emptyString',
			concept: 'gender',
		}),
		birthDate: date({ label: 'Birth Date', personal: true, concept: 'birthDate' }),
		reviewDate: date({ label: 'Review Date', wire: 'isoMidnight' }),
		hiredAt: date({ label: 'Hired', wire: 'epochSeconds' }),
		seenAt: dateTime({ label: 'Last Seen', wire: 'epochSeconds' }),
		callAt: dateTime({ label: 'Call At' }),
		phone: phone({ label: 'Phone', concept: 'phone' }),
		addresses: textList({ label: 'Addresses', wire: 'commaJoined', personal: true }),
		tags: textList({ label: 'Tags', clearWith: 'null', concept: 'tags' }),
		colours: textList({ label: 'Colours', values: ['RED', 'GREEN'] }),
		dailyRate: number({
			label: 'Daily Rate',
			wire: 'centsText',
			decimals: 2,
			concept: 'dailyRate',
		}),
		age: number({ label: 'Age', decimals: 0, min: 0, max: 150 }),
		website: url({ label: 'Website' }),
		active: flag({ label: 'Active' }),
		custom: json({ label: 'Custom' }),
		links: json({ label: 'Links', clearWith: 'emptyList' }),
		city: text({ label: 'City', path: 'attributes.home.city', clearWith: 'null' }),
		sex: text({ label: 'Sex Code', path: 'sexCode' }),
		contract: object(
			{ signedAt: dateTime({ label: 'Signed At', wire: 'epochSeconds' }) },
			{ label: 'Contract' },
		),
		applications: listOf(
			{
				applicationId: text({ label: 'Application ID', required: ['create', 'patch'] }),
				at: dateTime({ label: 'At', wire: 'epochSeconds' }),
				stage: object(
					{ user: object({ email: email({ label: 'Email' }) }, { label: 'User' }) },
					{ label: 'Stage' },
				),
			},
			{ label: 'Applications' },
		),
	},
	endpoints: {
		save: write({
			request: { method: 'POST', path: '/people' },
			basis: 'documented',
			source: 'https://example.com',
			max: 100,
			repeatable: true,
			outcome: { by: 'status' },
		}),
	},
	operations: {
		create: save('create'),
		save: save('patch'),
		replace: save('replace'),
		deactivate: save('patch', { fixed: { active: false }, ask: ['externalId', 'since'] }),
		rename: save('patch', { only: ['externalId', 'firstName', 'lastName', 'birthDate'] }),
		withoutTags: save('patch', { except: ['tags'] }),
	},
});

export const operationOf = (name: string): SaveOperation =>
	person.operations[name] as SaveOperation;

export const POLICY: MappingPolicy = {
	unknownFields: 'error',
	blankValues: 'leave',
	fieldsToClear: [],
};
