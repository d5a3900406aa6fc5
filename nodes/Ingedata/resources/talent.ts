import {
	call,
	dateTime,
	flag,
	jsonApi,
	list,
	number,
	read,
	resource,
	text,
	write,
	type Parameter,
	type EndpointParameters,
} from '../../shared/definition';
import { count, facets, id, sort, sparse } from './jsonApi';
import { TALENTS_PAGE } from './sources';

const { attribute } = jsonApi;

const TYPE = 'talent/talents';
const PATH = '/api/v3/talent/talents';

const BY_ID = 'Without an ID a new talent is made, even if the person is there already.';

/** The filters of the page and no others: an unknown one may be ignored, and then the list is unfiltered. */
const filter = (
	label: string,
	name: string,
	more: Partial<Pick<Parameter, 'help' | 'kind' | 'list'>> = {},
): Parameter => ({ label, kind: 'text', in: 'query', name: `filter[${name}]`, ...more });

const filters: EndpointParameters = {
	ids: filter('IDs', 'id', {
		kind: 'textList',
		list: 'brackets',
		help: 'Only these talents',
	}),
	organizationalUnit: filter('Organizational Unit', 'organizational_unit', {
		help: 'Only talents of the unit with this code',
	}),
	firstName: filter('First Name', 'first_name'),
	middleName: filter('Middle Name', 'middle_name'),
	lastName: filter('Last Name', 'last_name'),
	pictureUrl: filter('Picture URL', 'picture_url'),
	createdAt: filter('Created At', 'created_at', {
		help: 'Only talents with this time, written as in the records',
	}),
	isFavorited: filter('Is Favorited', 'is_favorited', {
		kind: 'boolean',
		help: 'Whether to list only talents that are favorites, or only those that are not',
	}),
	facets: filter('Facets', 'facets', {
		help: 'Only talents with this facet',
	}),
	search: filter('Search', 'search', {
		help: 'Text to look for in the talents',
	}),
	favoritesOnly: filter('Favorites Only', 'favorites_only', {
		kind: 'boolean',
		help: 'Whether to list favorites only',
	}),
	withFavorites: filter('With Favorites', 'with_favorites', {
		kind: 'boolean',
		help: 'Whether to list favorites too',
	}),
};

const returned = sparse(TYPE, [
	'created_at',
	'facets',
	'first_name',
	'is_favorited',
	'last_name',
	'middle_name',
	'organizational_unit',
	'picture_url',
]);

/** One of the lists of a full profile. */
const part = (resourceName: string, unowned: 'keep' | 'fail') => ({
	as: `${resourceName}s`,
	resource: resourceName,
	endpoint: 'ofTalent',
	by: 'talentId',
	belongs: 'relationships.talent.data.id',
	unowned,
});

export const talent = resource({
	name: 'talent',
	label: 'Talent',
	plural: 'Talents',
	key: 'id',
	fields: {
		id: id('Talent', 'From Ingedata'),
		first_name: text(
			attribute('first_name', {
				label: 'First Name',
				shown: true,
				personal: true,
				concept: 'givenName',
				simplified: true,
			}),
		),
		middle_name: text(
			attribute('middle_name', {
				label: 'Middle Name',
				personal: true,
				concept: 'middleName',
				simplified: true,
			}),
		),
		last_name: text(
			attribute('last_name', {
				label: 'Last Name',
				shown: true,
				personal: true,
				concept: 'familyName',
				simplified: true,
			}),
		),
		organizational_unit: text(
			attribute('organizational_unit', {
				label: 'Organizational Unit',
				help: 'Code of the unit. Get Many Talents shows the codes in use; Ingedata publishes no list of them.',
				placeholder: 'e.g. MG',
				shown: true,
				concept: 'organization',
				simplified: true,
			}),
		),
		facets,
		picture_url: text(
			attribute('picture_url', {
				label: 'Picture URL',
				help: 'Can be set for a new talent only',
				personal: true,
				concept: 'picture',
			}),
		),
		is_favorited: flag(
			attribute('is_favorited', {
				label: 'Is Favorited',
				help: 'Can be set for a new talent only. What Ingedata does with it then is not documented.',
			}),
		),
		created_at: dateTime(
			attribute('created_at', {
				label: 'Created At',
				help: 'Can be set for a new talent only. What Ingedata does with it then is not documented.',
				byExactName: true,
				simplified: true,
			}),
		),
		new_id: number(
			attribute('id', {
				label: 'New ID',
				help: "The ID a new talent gets, a whole number. Ingedata's own n8n package gives the ID of a person in IAM here.",
				access: 'writeOnly',
				decimals: 0,
			}),
		),
	},
	// Ingedata demands nothing; a record without content is never meant.
	rules: [
		{
			anyOf: [
				'first_name',
				'middle_name',
				'last_name',
				'organizational_unit',
				'facets',
				'picture_url',
				'new_id',
			],
		},
	],
	endpoints: {
		list: list({
			request: { method: 'GET', path: PATH },
			basis: 'documented',
			source: TALENTS_PAGE,
			parameters: { sort, ...filters, fields: returned, count },
			records: jsonApi.RECORD,
			// 1,000 is the documented default; whether Ingedata gives larger pages is not documented.
			paging: { by: 'page', page: 'page[number]', size: 'page[size]', pageSize: 1000, first: 1 },
			total: 'meta.count',
		}),
		get: read({
			request: { method: 'GET', path: `${PATH}/{talentId}` },
			basis: 'documented',
			source: TALENTS_PAGE,
			parameters: {
				talentId: {
					label: 'Talent',
					kind: 'text',
					in: 'path',
					required: true,
					placeholder: 'e.g. 1042',
					locator: {
						search: 'list',
						query: 'search',
						value: 'id',
						label: ['attributes.first_name', 'attributes.last_name'],
					},
				},
				fields: returned,
			},
			record: jsonApi.RECORD,
		}),
		lookup: read({
			request: { method: 'GET', path: `${PATH}/{id}` },
			basis: 'documented',
			source: TALENTS_PAGE,
			record: jsonApi.RECORD,
		}),
		create: write({
			request: { method: 'POST', path: PATH },
			basis: 'documented',
			source: TALENTS_PAGE,
			...jsonApi.newRecord(TYPE),
			// No key by which Ingedata could see that it has the person already.
			repeatable: false,
			outcome: { by: 'status', action: 'created', recordId: 'data.id', keep: ['data.id'] },
		}),
		update: write({
			request: { method: 'PATCH', path: `${PATH}/{id}` },
			basis: 'documented',
			source: TALENTS_PAGE,
			// The documented body has no ID.
			...jsonApi.storedRecord(TYPE),
			omit: ['id'],
			accepts: ['id', 'first_name', 'middle_name', 'last_name', 'organizational_unit', 'facets'],
			repeatable: true,
			seenBy: 'lookup',
			outcome: { by: 'status', action: 'updated', recordId: 'data.id' },
		}),
		delete: write({
			request: { method: 'DELETE', path: `${PATH}/{id}` },
			basis: 'documented',
			source: TALENTS_PAGE,
			max: 1,
			bodiless: true,
			repeatable: true,
			seenBy: 'lookup',
			outcome: { by: 'status' },
		}),
		uploadResume: call({
			request: { method: 'POST', path: `${PATH}/upload_resume` },
			basis: 'documented',
			source: TALENTS_PAGE,
			// The page does not say whether they stand in the address or in the body; Ingedata's own n8n package sends them so.
			parameters: {
				fileUrl: {
					label: 'File URL',
					help: 'Web address of the résumé. Ingedata fetches it by itself, so it must be reachable for Ingedata. A file that the workflow holds cannot be sent.',
					placeholder: 'e.g. https://files.example.com/resume.pdf',
					kind: 'text',
					in: 'query',
					name: 'file_url',
					required: true,
				},
				mimeType: {
					label: 'MIME Type',
					help: 'Kind of the file',
					kind: 'text',
					in: 'query',
					name: 'mime_type',
					required: true,
					default: 'application/pdf',
				},
				organizationalUnit: {
					label: 'Organizational Unit',
					help: 'Code of the unit the talent belongs to. Get Many Talents shows the codes in use.',
					placeholder: 'e.g. MG',
					kind: 'text',
					in: 'query',
					name: 'organizational_unit',
					required: true,
				},
				createCandidate: {
					label: 'Create Candidate',
					help: 'Whether to make a candidate in recruitment too',
					kind: 'boolean',
					in: 'query',
					name: 'create_candidate',
					default: false,
				},
			},
			repeatable: false,
		}),
	},
	watches: {
		talent: {
			by: 'newest',
			label: 'Talent Created',
			description: 'When a talent is added',
			notice: 'Changes start nothing: Ingedata does not say when a talent was changed.',
			// That the list can be sorted so was seen in an interface of Ingedata, not documented.
			basis: 'observed',
			endpoint: 'list',
			at: 'attributes.created_at',
			events: ['created'],
			fixed: { sort: '-created_at' },
			// How late a talent is listed is unknown. Ten minutes outlast a lagging copy, and cost no request while they fit on a page.
			overlapSeconds: 600,
		},
	},
	operations: {
		create: {
			does: 'save',
			rows: 'one',
			action: 'Create talent',
			notice: 'Makes a new talent even if the person is there already: names are not compared.',
			purpose: 'create',
			route: 'create',
			except: ['id'],
			expects: 'created',
		},
		update: {
			does: 'save',
			rows: 'one',
			action: 'Update talent',
			notice: "Only the fields you give are changed, and the person's account with them.",
			purpose: 'patch',
			route: 'update',
			only: ['id', 'first_name', 'middle_name', 'last_name', 'organizational_unit', 'facets'],
			expects: 'updated',
		},
		upsert: {
			does: 'save',
			rows: 'one',
			action: 'Create or update talent',
			notice: BY_ID,
			purpose: 'patch',
			route: { withKey: 'update', withoutKey: 'create' },
		},
		delete: {
			does: 'save',
			rows: 'one',
			action: 'Delete talent',
			notice:
				'There is no way back here. What becomes of account, skills and experiences is not documented.',
			purpose: 'patch',
			route: 'delete',
			only: ['id'],
			ask: ['id'],
			destructive: true,
		},
		getAll: { does: 'list', endpoint: 'list', action: 'Get many talents' },
		get: { does: 'get', endpoint: 'get', action: 'Get talent' },
		getFullProfile: {
			does: 'gather',
			endpoint: 'get',
			label: 'Get Full Profile',
			action: 'Get full profile of talent',
			description:
				'Unverified: reads a talent with skills, experiences, educations, certifications and languages',
			notice: 'Takes at least six requests for each item.',
			basis: 'unverified',
			parts: [
				// That skills can be limited to one talent is documented, so one that does not name its talent is theirs.
				part('skill', 'keep'),
				part('experience', 'fail'),
				part('education', 'fail'),
				part('certification', 'fail'),
				part('language', 'fail'),
			],
		},
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save talents',
			notice: BY_ID,
			purpose: 'patch',
			route: { withKey: 'update', withoutKey: 'create' },
		},
		import: {
			does: 'save',
			rows: 'file',
			action: 'Import talents',
			notice: BY_ID,
			purpose: 'patch',
			route: { withKey: 'update', withoutKey: 'create' },
		},
		uploadResume: {
			does: 'call',
			endpoint: 'uploadResume',
			label: 'Upload Résumé',
			action: 'Upload resume of talent',
			description: 'Creates a talent from a résumé that Ingedata fetches from a web address',
			notice:
				'Takes a web address, not a file. If the answer is lost, look before sending it again.',
		},
	},
});
