import { list, resource, text } from '../../shared/definition';

/** Public client code that calls the live service. */
const CLIENT = 'https://github.com/PierreJaillant-DGC/test_api_whoz';

const READ_ONLY =
	'Workspaces are set up in Whoz; no page and no public client code that could be read has a call that changes them';
const shown = { access: 'readOnly', simplified: true } as const;

/** Where its ID is found; who works in Whoz does not see it. */
export const FEDERATION = 'Your Whoz administrator or Whoz support can tell it.';

export const workspace = resource({
	name: 'workspace',
	label: 'Workspace',
	plural: 'Workspaces',
	key: 'id',
	fields: {
		id: text({ label: 'Workspace ID', ...shown }),
		name: text({ label: 'Name', ...shown }),
		status: text({ label: 'Status', ...shown }),
		city: text({ label: 'City', path: 'address.city', ...shown }),
	},
	endpoints: {
		list: list({
			request: { method: 'GET', path: '/api/workspace' },
			basis: 'observed',
			source: CLIENT,
			parameters: {
				federationId: {
					label: 'Federation ID',
					help: 'ID of your company in Whoz',
					where: FEDERATION,
					kind: 'text',
					in: 'query',
					required: true,
				},
			},
			// The answer is the list.
			records: '',
			paging: { by: 'none' },
		}),
	},
	operations: {
		getAll: {
			does: 'list',
			endpoint: 'list',
			action: 'Get many workspaces',
			description: 'List the workspaces of a federation, with the IDs that talents need',
		},
	},
	silent: {
		get: 'No page and no public client code that could be read has a call for one workspace; the list holds them whole',
		create: READ_ONLY,
		update: READ_ONLY,
		upsert: READ_ONLY,
		delete: READ_ONLY,
		bulkSave: READ_ONLY,
		import: READ_ONLY,
	},
});
