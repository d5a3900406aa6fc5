import {
	choice,
	date,
	each,
	email,
	first,
	flag,
	inside,
	list,
	listOf,
	object,
	resource,
	text,
	textList,
	write,
	type Field,
} from '../../shared/definition';
import { FEDERATION } from './workspace';

const ARTICLE =
	'https://knowledge.whoz.com/hc/en-us/articles/26710259313042-Use-Whoz-Talent-Bulk-Save-API';

const WORKSPACE_EXAMPLE = 'e.g. 5f7b1a5b9d3e6c001a7e1234';

/** From where they are chosen by name. */
const WORKSPACES = { resource: 'workspace', search: 'list', value: 'id', label: ['name'] };

const ACCOUNT = 'A main e-mail address makes a user account.';
const DRAFT = "Status goes back to DRAFT unless 'Trusted Source' is on.";

/** How late Whoz lists a change is unknown. Ten minutes outlast a lagging copy, and cost no request while they fit on a page. */
const OVERLAP_SECONDS = 600;

/** Both resolve an external ID that must belong to a talent that is already there. */
const person = (label: string, concept: 'manager' | 'mentor'): Field =>
	object(
		{ externalId: text({ label: 'External ID', required: ['create', 'patch'] }) },
		{
			label,
			relation: { refersTo: 'externalId', order: 'secondPass' },
			columns: {
				[`${concept}ExternalId`]: inside('externalId', {
					label: `${label} External ID`,
					help: `External ID of the ${concept}, who must be in Whoz already or in the same rows`,
					concept,
				}),
			},
		},
	);

export const talent = resource({
	name: 'talent',
	label: 'Talent',
	plural: 'Talents',
	key: 'externalId',
	fields: {
		// Whoz only recommends it. Here it is a must: without it a repeated request makes the person twice.
		externalId: text({
			label: 'External ID',
			meaning: 'Your No.',
			help: 'Your own ID of the person, by which Whoz recognises a talent',
			placeholder: 'e.g. EMP-0042',
			required: ['create', 'patch'],
			concept: 'externalId',
			simplified: true,
		}),
		// Whoz also matches by its own ID, but no document shows under which name a request sends it.
		id: text({
			label: 'ID',
			help: 'ID that Whoz gave the talent',
			access: 'readOnly',
			concept: 'internalId',
			simplified: true,
			evidence: { basis: 'unverified', source: 'VENDOR.md, section Lists' },
		}),
		lastModifiedDate: text({
			label: 'Last Modified',
			help: 'When Whoz last changed the talent',
			access: 'readOnly',
			simplified: true,
			evidence: { basis: 'observed', source: 'VENDOR.md, section Lists' },
		}),
		createdDate: text({
			label: 'Created',
			access: 'readOnly',
			evidence: { basis: 'observed', source: 'VENDOR.md, section Lists' },
		}),
		removed: flag({
			label: 'Removed',
			access: 'readOnly',
			simplified: true,
			evidence: { basis: 'observed', source: 'VENDOR.md, section Lists' },
		}),
		currentWorkspaceId: text({
			label: 'Current Workspace ID',
			path: 'workspaceId',
			access: 'readOnly',
			evidence: { basis: 'observed', source: 'VENDOR.md, section Lists' },
		}),
		firstName: text({
			label: 'First Name',
			required: ['create'],
			personal: true,
			concept: 'givenName',
			simplified: true,
		}),
		lastName: text({
			label: 'Last Name',
			required: ['create'],
			personal: true,
			concept: 'familyName',
			simplified: true,
		}),
		emails: listOf(
			{
				address: email({ label: 'Address', required: ['create', 'patch'] }),
				main: flag({
					label: 'Main',
					help: 'Whether it is the main address (Whoz takes it as yes)',
				}),
			},
			{
				label: 'Emails',
				simplified: true,
				columns: {
					email: first('address', {
						label: 'Email',
						help: 'Main address. Whoz makes a user account with it as user name; changing it renames the user.',
						beside: { main: true },
						shown: true,
						concept: 'email',
					}),
				},
			},
		),
		history: listOf(
			{
				since: date({ label: 'Since', required: ['create', 'patch'] }),
				workspaceId: text({
					label: 'Workspace ID',
					placeholder: WORKSPACE_EXAMPLE,
					required: ['create'],
					where: 'The list to choose from needs the Federation ID, under Options.',
					locator: WORKSPACES,
				}),
				scope: choice({
					label: 'Scope',
					// EMPLOYEE and POOL are documented, the others were seen in public clients (VENDOR.md, section Scopes).
					values: [
						'EMPLOYEE',
						'POOL',
						'ALUMNI',
						'CANDIDATE',
						'EXTERNAL',
						'FREELANCE',
						'PRE_BOARDING',
					],
					open: true,
				}),
				roleExternalId: text({ label: 'Role External ID' }),
				gradeExternalId: text({ label: 'Grade External ID' }),
			},
			{
				label: 'History',
				help: 'Operational situation over time. An entry with a known Since date overwrites that period.',
				required: ['create'],
				columns: {
					workspaceId: first('workspaceId', {
						label: 'Workspace ID',
						meaning: 'Whoz',
						help: "Whoz's own ID of the workspace the person belongs to. Get Many of Workspace lists all with their names.",
						required: ['create'],
						concept: 'workspace',
					}),
					since: first('since', {
						label: 'Since',
						meaning: 'First Day',
						help: 'First day of this situation. A date that the talent has already overwrites that period.',
						required: ['create'],
						concept: 'startDate',
					}),
					scope: first('scope', {
						label: 'Scope',
						help: 'EMPLOYEE and POOL are documented; the others were seen in public clients. Other values are sent as they are.',
					}),
					roleExternalId: first('roleExternalId', { label: 'Role External ID', concept: 'role' }),
					gradeExternalId: first('gradeExternalId', {
						label: 'Grade External ID',
						concept: 'grade',
					}),
				},
			},
		),
		staffable: flag({ label: 'Staffable', help: 'Whether the person can be staffed' }),
		tags: textList({ label: 'Tags', concept: 'tags' }),
		manager: person('Manager', 'manager'),
		mentor: person('Mentor', 'mentor'),
		qualifications: listOf(
			{ externalId: text({ label: 'External ID', required: ['create', 'patch'] }) },
			{
				label: 'Qualifications',
				columns: {
					qualificationExternalIds: each('externalId', {
						label: 'Qualification External IDs',
						help: 'External IDs of qualifications that Whoz has',
					}),
				},
			},
		),
	},
	endpoints: {
		bulkSave: write({
			request: { method: 'POST', path: '/api/talent/bulk/save' },
			basis: 'documented',
			source: ARTICLE,
			max: 300,
			wrap: 'data',
			// False replaces whole records; Whoz says never to send it, so there is no switch.
			fixed: { 'configuration.usingPatch': true },
			parameters: {
				trustedSource: {
					label: 'Trusted Source',
					help: 'Whether the status of each talent stays as it is. Otherwise Whoz sets it back to DRAFT with every save.',
					kind: 'boolean',
					in: 'body',
					name: 'configuration.trustedSource',
					default: false,
					group: 'options',
				},
			},
			// Patch by key: the same request a second time leaves the same records.
			repeatable: true,
			outcome: {
				by: 'located',
				errors: 'errors',
				code: 'code',
				message: 'message',
				locations: 'locations',
				index: 'index',
				key: 'externalId',
				created: 'metadata.created',
				updated: 'metadata.updated',
			},
		}),
		list: list({
			request: { method: 'POST', path: '/api/talent/list/by-workspace-id' },
			basis: 'observed',
			source: 'VENDOR.md, section Lists',
			parameters: {
				federationId: {
					label: 'Federation ID',
					help: 'ID of your company in Whoz',
					where: FEDERATION,
					kind: 'text',
					in: 'body',
					// Whether Whoz insists on it is unknown; the client it was seen in always sends it.
					required: true,
				},
				workspaceId: {
					label: 'Workspace ID',
					help: 'Whose talents are listed',
					where: 'The list to choose from needs the Federation ID above.',
					placeholder: WORKSPACE_EXAMPLE,
					locator: WORKSPACES,
					kind: 'text',
					in: 'body',
					required: true,
				},
				modifiedSince: {
					label: 'Modified Since',
					help: 'Only talents that were changed at or after this time',
					kind: 'dateTime',
					in: 'body',
				},
				withRemoved: {
					label: 'Include Removed',
					help: 'Whether to return removed talents too',
					kind: 'boolean',
					in: 'body',
					default: false,
				},
			},
			records: 'data',
			paging: { by: 'cursor', sendIn: 'body', name: 'next', next: 'metadata.next' },
		}),
	},
	operations: {
		create: {
			does: 'save',
			rows: 'one',
			label: 'Create (Overwrites Existing)',
			action: 'Create talent or overwrite an existing one',
			description: 'Add one talent for each item; an External ID that exists is updated instead',
			notice: `${ACCOUNT} A talent with the same External ID is overwritten.`,
			purpose: 'create',
			route: 'bulkSave',
			expects: 'created',
		},
		update: {
			does: 'save',
			rows: 'one',
			label: 'Update (Creates if Missing)',
			action: 'Update talent or create a missing one',
			description:
				'Change one talent for each item; an External ID that is missing is created instead',
			notice: `A missing talent is created. ${DRAFT}`,
			purpose: 'patch',
			route: 'bulkSave',
			expects: 'updated',
		},
		upsert: {
			does: 'save',
			rows: 'one',
			action: 'Create or update talent',
			notice: `${ACCOUNT} ${DRAFT}`,
			purpose: 'patch',
			route: 'bulkSave',
		},
		delete: {
			does: 'save',
			rows: 'one',
			label: 'Delete (Offboard) (Unverified)',
			action: 'Offboard talent',
			description:
				'Unverified: moves a talent out by a history entry with another scope and makes it not staffable',
			notice: 'Adds a history entry and sets Staffable to no; the talent stays.',
			basis: 'unverified',
			purpose: 'patch',
			route: 'bulkSave',
			ask: ['externalId', 'workspaceId', 'since', 'scope'],
			preset: { scope: 'ALUMNI' },
			fixed: { staffable: false },
			expects: 'updated',
			destructive: true,
		},
		getAll: {
			does: 'list',
			endpoint: 'list',
			action: 'Get many talents',
			description: 'List the talents of a workspace',
		},
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save talents',
			notice: `E-mail addresses make user accounts. ${DRAFT}`,
			purpose: 'patch',
			route: 'bulkSave',
		},
		import: {
			does: 'save',
			rows: 'file',
			action: 'Import talents',
			notice: `E-mail addresses make user accounts: try a few rows first. ${DRAFT}`,
			purpose: 'patch',
			route: 'bulkSave',
		},
	},
	watches: {
		talent: {
			by: 'since',
			label: 'Talent Created, Changed or Removed',
			description: 'When somebody in a workspace is added, changed or removed',
			endpoint: 'list',
			since: 'modifiedSince',
			at: 'lastModifiedDate',
			createdAt: 'createdDate',
			removed: 'removed',
			events: ['created', 'changed', 'removed'],
			ask: ['federationId'],
			each: {
				parameter: 'workspaceId',
				name: 'workspaceIds',
				label: 'Workspace IDs',
				help: 'Whose talents are watched. Get Many of Workspace lists all with their names',
			},
			fixed: { withRemoved: true },
			overlapSeconds: OVERLAP_SECONDS,
		},
	},
	silent: {
		get: "No page that could be read describes a call that reads one talent. Whoz's own n8n package is said to have one; its code could not be read, so the path is unknown",
	},
});
