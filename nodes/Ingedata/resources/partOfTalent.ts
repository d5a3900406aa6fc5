import {
	jsonApi,
	list,
	read,
	resource,
	write,
	type Evidence,
	type Fields,
	type Parameter,
	type EndpointParameters,
	type Resource,
} from '../../shared/definition';
import { count, id, sort, sparse } from './jsonApi';

interface Part {
	/** Stored value. */
	name: string;
	label: string;
	plural: string;
	/** Last part of the path and of the resource type. */
	segment: string;
	/** Of path and fields. */
	evidence: Evidence;
	/** Of the filter by talent. */
	filterEvidence: Evidence;
	/** Beside ID and talent. */
	fields: Fields;
	/** Paths in a listed record that make its name in a list to choose from. */
	title: readonly string[];
	/** Documented filters of the list. */
	filters?: EndpointParameters;
}

const TALENT_TYPE = 'talent/talents';

/** The owner; a record is made for one talent and stays with them. */
const talent = jsonApi.relationship('talent', {
	label: 'Talent',
	help: 'ID of the talent a new record belongs to; it cannot be changed later',
	type: TALENT_TYPE,
	column: 'talent_id',
	required: ['create'],
	simplified: true,
});

export const byTalent: Parameter = {
	label: 'Talent ID',
	help: 'Only records of this talent',
	kind: 'text',
	in: 'query',
	name: 'filter[talent_id]',
};

/** A kind of record that talents have any number of; all of them are read and written in the same way. */
export function partOfTalent(part: Part): Resource {
	const { label, plural, evidence, fields: own } = part;
	const thing = label.toLowerCase();
	const things = plural.toLowerCase();
	const path = `/api/v3/talent/${part.segment}`;
	const resourceType = `talent/${part.segment}`;
	const ownFields = Object.keys(own);
	const fields: Fields = { id: id(label), talent, ...own };
	const everyRow = `Without an ID a new ${thing} is made, even if the talent has it.`;

	const save = {
		purpose: 'patch',
		route: { withKey: 'update', withoutKey: 'create' },
	} as const;
	const paged = {
		records: jsonApi.RECORD,
		// 1,000 is the documented default; whether Ingedata gives larger pages is not documented.
		paging: { by: 'page', page: 'page[number]', size: 'page[size]', pageSize: 1000, first: 1 },
	} as const;

	return resource({
		name: part.name,
		label,
		plural,
		key: 'id',
		fields,
		// Nothing but the talent is documented as a must; a record without content is never meant.
		rules: [{ anyOf: ownFields }],
		endpoints: {
			list: list({
				request: { method: 'GET', path },
				...evidence,
				parameters: {
					sort,
					...part.filters,
					fields: sparse(resourceType, ownFields),
					count,
				},
				...paged,
				total: 'meta.count',
			}),
			/** For the full profile, which checks whose the records are. */
			ofTalent: list({
				request: { method: 'GET', path },
				...part.filterEvidence,
				parameters: { talentId: { ...byTalent, required: true }, sort },
				...paged,
			}),
			get: read({
				request: { method: 'GET', path: `${path}/{${part.name}Id}` },
				...evidence,
				parameters: {
					[`${part.name}Id`]: {
						label,
						kind: 'text',
						in: 'path',
						required: true,
						placeholder: 'e.g. 2042',
						locator: { search: 'list', value: 'id', label: part.title },
					},
					fields: sparse(resourceType, ownFields),
				},
				record: jsonApi.RECORD,
			}),
			lookup: read({
				request: { method: 'GET', path: `${path}/{id}` },
				...evidence,
				record: jsonApi.RECORD,
			}),
			create: write({
				request: { method: 'POST', path },
				...evidence,
				...jsonApi.newRecord(resourceType),
				demands: 'create',
				repeatable: false,
				outcome: { by: 'status', action: 'created', recordId: 'data.id', keep: ['data.id'] },
			}),
			update: write({
				request: { method: 'PATCH', path: `${path}/{id}` },
				...evidence,
				// As in the documented body of a talent, the ID is in the address only.
				...jsonApi.storedRecord(resourceType),
				omit: ['id'],
				accepts: ['id', ...ownFields],
				repeatable: true,
				seenBy: 'lookup',
				outcome: { by: 'status', action: 'updated', recordId: 'data.id' },
			}),
			delete: write({
				request: { method: 'DELETE', path: `${path}/{id}` },
				...evidence,
				max: 1,
				bodiless: true,
				repeatable: true,
				seenBy: 'lookup',
				outcome: { by: 'status' },
			}),
		},
		operations: {
			create: {
				does: 'save',
				rows: 'one',
				action: `Create ${thing}`,
				notice: `Makes a new ${thing} even if the talent has it already.`,
				purpose: 'create',
				route: 'create',
				except: ['id'],
				expects: 'created',
			},
			update: {
				does: 'save',
				rows: 'one',
				action: `Update ${thing}`,
				notice: 'Only the fields you give are changed.',
				purpose: 'patch',
				route: 'update',
				only: ['id', ...ownFields],
				expects: 'updated',
			},
			upsert: {
				does: 'save',
				rows: 'one',
				action: `Create or update ${thing}`,
				notice: everyRow,
				...save,
			},
			delete: {
				does: 'save',
				rows: 'one',
				action: `Delete ${thing}`,
				notice: 'There is no way back here.',
				purpose: 'patch',
				route: 'delete',
				only: ['id'],
				ask: ['id'],
				destructive: true,
			},
			getAll: {
				does: 'list',
				endpoint: 'list',
				action: `Get many ${things}`,
				notice:
					part.filters === undefined
						? `Lists the ${things} of all talents; for one talent use Get Full Profile.`
						: undefined,
			},
			get: {
				does: 'get',
				endpoint: 'get',
				action: `Get ${thing}`,
			},
			bulkSave: {
				does: 'save',
				rows: 'items',
				action: `Bulk save ${things}`,
				notice: everyRow,
				...save,
			},
			import: {
				does: 'save',
				rows: 'file',
				action: `Import ${things}`,
				notice: everyRow,
				...save,
			},
		},
	});
}
