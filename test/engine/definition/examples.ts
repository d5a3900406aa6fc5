import {
	call,
	date,
	first,
	inside,
	list,
	listOf,
	object,
	read,
	text,
	write,
	type Naming,
	type OutcomeRule,
	type Vendor,
	type Watch,
} from '../../../nodes/shared/definition';
import { acme } from '../../support/sampleVendor';

/** Path in the sample vendor -> what stands there instead; undefined takes it away. */
export type Changes = Readonly<Record<string, unknown>>;

interface Example {
	/** Changes after which the rule is still kept: a case that looks like the other one and is right. Absent: none. */
	passes?: Changes;
	fails: Changes;
	/** The whole of what the rule then says. */
	says: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

function set(held: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
	const copy = Array.isArray(held) ? [...(held as unknown[])] : { ...(isObject(held) ? held : {}) };
	const target = copy as Record<string, unknown>;
	const next = rest.length === 0 ? value : set(target[step], rest, value);
	if (next === undefined) delete target[step];
	else target[step] = next;
	return copy;
}

/** The sample vendor with changes. Steps of a path are separated by slashes. */
export const changed = (changes: Changes): Vendor =>
	Object.entries(changes).reduce<Vendor>(
		(held, [path, value]) => set(held, path.split('/'), value) as Vendor,
		acme,
	);

const PERSON = 'resources/0';
const FIELDS = `${PERSON}/fields`;
const ENDPOINTS = `${PERSON}/endpoints`;
const OPERATIONS = `${PERSON}/operations`;
const SKILL = 'resources/1';

const watch = (): Watch => ({
	by: 'since',
	label: 'Person Created or Changed',
	description: 'When a person is added or changed',
	endpoint: 'list',
	since: 'changedSince',
	at: 'changedAt',
	events: ['created', 'changed'],
	overlapSeconds: 600,
});
const documented = { basis: 'documented', source: 'https://docs.acme.example/api' } as const;
const naming = (...names: [string, string]): Naming => ({
	option: 'teamName',
	label: 'Send Team As',
	help: 'How the team is called',
	names,
});
const saved: OutcomeRule = { by: 'status' };
const post = (more: object) =>
	write({
		...documented,
		request: { method: 'POST', path: '/x' },
		repeatable: true,
		max: 1,
		outcome: saved,
		...more,
	});
const get = (more: object = {}) =>
	read({ ...documented, request: { method: 'GET', path: '/x' }, ...more });
const paging = { by: 'none' } as const;
const listed = (more: object = {}) =>
	list({ ...documented, request: { method: 'GET', path: '/x' }, records: '', paging, ...more });

export const examples: Readonly<Record<string, Example>> = {
	// --- vendor
	storedNamesInCamelCase: {
		passes: { name: 'acme2' },
		fails: { [`${PERSON}/name`]: 'Person' },
		says: '"Person" is no stored name in camel case.',
	},
	resourcesHaveTheirOwnNames: {
		fails: { [`${SKILL}/name`]: 'person' },
		says: 'Two resources have the name "person".',
	},
	signInsDiffer: {
		passes: { 'signIns/1/label': 'API Key' },
		fails: { 'signIns/1/credential': 'acmeApi' },
		says: 'Two sign-ins use the credential "acmeApi".',
	},
	limitsArePositive: {
		passes: { rate: undefined },
		fails: { concurrency: 0 },
		says: '0 requests cannot be in flight; say in "concurrency" how many may.',
	},
	errorPointersAreSaid: {
		passes: { errorPointers: undefined },
		fails: { 'errorPointers/pointer': '' },
		says: 'Say in "errorPointers.pointer" where it stands in the answer.',
	},
	headersAreConstants: {
		passes: { headers: { 'Content-Type': 'application/vnd.api+json' } },
		fails: { headers: { Authorization: 'Bearer x' } },
		says: 'acme: the header "Authorization" is set by the credential or by n8n.',
	},
	waitHeadersAreNames: {
		passes: { waitHeaders: [{ name: 'X-Wait', says: 'seconds' }] },
		fails: { waitHeaders: [{ name: 'Reset at', says: 'instant' }] },
		says: '"reset at" is no name of a header.',
	},
	errorTextsAreLookedFor: {
		fails: { errorMessages: [] },
		says: 'Say in "errorMessages" where error bodies keep their text.',
	},

	// --- fields
	columnKeysUnique: {
		passes: { [`${FIELDS}/notes/members/code`]: text({ label: 'Code' }) },
		fails: { [`${FIELDS}/history/columns/kind`]: first('place', { label: 'Other' }) },
		says: 'person.fields.history: the column key "kind" stands twice.',
	},
	columnLabelsUnique: {
		passes: { [`${FIELDS}/id/label`]: 'External ID' },
		fails: { [`${FIELDS}/history/columns/since/label`]: 'Kind' },
		says: 'person.fields.kind: two columns have the label "Kind".',
	},
	columnsFitTheirField: {
		passes: { [`${FIELDS}/history/columns/place`]: first('place', { label: 'Place' }) },
		fails: { [`${FIELDS}/history/columns/place`]: inside('place', { label: 'Place' }) },
		says: 'person.fields.history.place: a column that writes inside needs a field of kind object, this is objectList.',
	},
	keyFieldExists: {
		fails: { [`${PERSON}/key`]: 'email2' },
		says: 'person: the key "email2" is no field.',
	},
	rulesNameFields: {
		fails: { [`${PERSON}/rules/0/anyOf`]: ['email', 'fax'] },
		says: 'person.rules: "fax" is no field.',
	},
	rulesNameValues: {
		passes: { [`${PERSON}/rules/0/anyOf`]: ['email', { field: 'active', is: true }] },
		fails: { [`${PERSON}/rules/0/anyOf`]: ['email', { field: 'grade', is: 'D' }] },
		says: 'person.rules: "grade" never has the value "D".',
	},
	namesAreToChooseFrom: {
		passes: { [`${FIELDS}/team/naming`]: naming('team', 'group') },
		fails: { [`${FIELDS}/team/naming`]: naming('group', 'team') },
		says: 'person.fields.team: the first name is "group", but "team" is sent.',
	},
	membersHaveOneName: {
		fails: { [`${FIELDS}/manager/members/externalId/naming`]: naming('externalId', 'id') },
		says: 'person.fields.manager.externalId: only fields of records can be given a name by the user.',
	},
	onlyWritableFieldsAreCleared: {
		passes: { [`${FIELDS}/picture/clearWith`]: 'null' },
		fails: { [`${FIELDS}/id/clearWith`]: 'null' },
		says: 'person.fields.id: a field that cannot be written cannot be cleared.',
	},
	onlyListsAreClearedByEmptyList: {
		passes: { [`${FIELDS}/perks/clearWith`]: 'emptyList' },
		fails: { [`${FIELDS}/skills/clearWith`]: 'emptyList' },
		says: 'person.fields.skills: it holds no list that an empty list could replace.',
	},
	extensionsHaveColumns: {
		passes: { [`${FIELDS}/picture/file/extension`]: 'since' },
		fails: { [`${FIELDS}/picture/file/extension`]: 'history' },
		says: 'person.fields.picture: the extension goes to "history", which is no column.',
	},
	neededFieldsAreNotCleared: {
		passes: { [`${FIELDS}/lastName/clearWith`]: 'null' },
		fails: { [`${FIELDS}/externalId/clearWith`]: 'null' },
		says: 'person.fields.externalId: a field that every save needs cannot be cleared.',
	},
	requiredFieldsCanBeWritten: {
		fails: { [`${FIELDS}/id/required`]: ['create'] },
		says: 'person.fields.id: a field that cannot be written is required.',
	},
	wireFitsKind: {
		passes: { [`${FIELDS}/birthDate/wire`]: 'epochSeconds' },
		fails: { [`${FIELDS}/kind/wire`]: 'epochSeconds' },
		says: 'person.fields.kind: epochSeconds cannot spell values of kind text.',
	},
	secondPassIsOptional: {
		passes: {
			[`${FIELDS}/manager/relation/order`]: 'parentsFirst',
			[`${FIELDS}/manager/required`]: ['create'],
		},
		fails: { [`${FIELDS}/manager/required`]: ['create'] },
		says: 'person.fields.manager: it is sent in a second pass and cannot be required in the first.',
	},
	relationsReferToFields: {
		passes: { [`${FIELDS}/manager/relation/refersTo`]: 'firstName lastName' },
		fails: { [`${FIELDS}/manager/relation/refersTo`]: 'firstName surname' },
		says: 'person.fields.manager: it refers to "surname", which is no field.',
	},
	valuesStandInLists: {
		passes: { [`${ENDPOINTS}/bulk/value`]: 'externalId' },
		fails: { [`${ENDPOINTS}/bulk/value`]: 'number' },
		says: 'person.endpoints.bulk: "number" is no field.',
	},
	fillingsFitTheirField: {
		passes: { [`${FIELDS}/lastName/whenMissing`]: { joined: ['firstName', 'externalId'] } },
		fails: { [`${FIELDS}/lastName/whenMissing`]: { joined: ['firstName', 'surname'] } },
		says: 'person.fields.lastName: it is made of "surname", which is no field of text.',
	},
	peopleAreMarkedPersonal: {
		passes: { [`${FIELDS}/email/label`]: 'Mail' },
		fails: { [`${FIELDS}/firstName/personal`]: undefined },
		says: 'person.fields.firstName: givenName is personal data and not marked so.',
	},
	simplifiedOutputIsShort: {
		passes: Object.fromEntries(
			['email', 'phone', 'grade', 'team', 'active', 'level'].map((key) => [
				`${FIELDS}/${key}/simplified`,
				true,
			]),
		),
		fails: Object.fromEntries(
			['email', 'phone', 'grade', 'team', 'active', 'level', 'kind'].map((key) => [
				`${FIELDS}/${key}/simplified`,
				true,
			]),
		),
		says: 'person: 11 fields are marked simplified, the limit is 10.',
	},
	sourcesCanBeRead: {
		passes: { [`${ENDPOINTS}/bulk/source`]: 'VENDOR.md, section Bulk' },
		fails: { [`${ENDPOINTS}/bulk/source`]: 'somewhere' },
		says: 'person.endpoints.bulk: the source "somewhere" is neither a public address nor a place in VENDOR.md.',
	},

	// --- endpoints
	pathsBeginWithSlash: {
		fails: { [`${ENDPOINTS}/find/request/path`]: '//people' },
		says: 'person.endpoints.find: the path "//people" does not begin with one slash.',
	},
	pathPlaceholdersAreFilled: {
		passes: { [`${ENDPOINTS}/replace/request/path`]: '/people/{id}' },
		fails: { [`${ENDPOINTS}/get/request/path`]: '/people/{personId}/{externalId}' },
		says: 'person.endpoints.get: nothing fills "{externalId}" in the path.',
	},
	pathParametersStandInPath: {
		fails: { [`${ENDPOINTS}/invite/request/path`]: '/invite' },
		says: 'person.endpoints.invite.personId: the path has no place for it.',
	},
	pathParametersAreRequired: {
		fails: { [`${ENDPOINTS}/invite/parameters/personId/required`]: false },
		says: 'person.endpoints.invite.personId: it stands in the path and is not required.',
	},
	readsByGetHaveNoBody: {
		passes: { [`${SKILL}/endpoints/list/fixed`]: { active: true } },
		fails: { [`${SKILL}/endpoints/byPage/fixed`]: { active: true } },
		says: 'skill.endpoints.byPage: a GET request cannot carry "active" in a body.',
	},
	listsHavePaging: {
		fails: { [`${SKILL}/endpoints/byPage/paging`]: undefined },
		says: 'skill.endpoints.byPage: a list needs paging.',
	},
	pagingNamesAreFree: {
		passes: { [`${ENDPOINTS}/list/parameters/query/name`]: 'limit' },
		fails: { [`${ENDPOINTS}/list/parameters/query/name`]: 'start' },
		says: 'person.endpoints.list: the paging sends "start", which is a parameter too.',
	},
	pagingNamesAreSaid: {
		passes: { [`${SKILL}/endpoints/byPage/paging`]: { by: 'none' } },
		fails: { [`${SKILL}/endpoints/byPage/paging/size`]: '' },
		says: `skill.endpoints.byPage: say in "paging" what the vendor calls its parameters; without pages it is by 'none'.`,
	},
	pagesHoldRecords: {
		fails: { [`${SKILL}/endpoints/byPage/paging/pageSize`]: 0 },
		says: 'skill.endpoints.byPage: a page cannot hold 0 records; say in "pageSize" how many it may.',
	},
	recordsAreSeenByReading: {
		passes: {
			[`${ENDPOINTS}/create/seenBy`]: { find: 'list', where: { externalId: 'externalId' } },
		},
		fails: { [`${ENDPOINTS}/create/seenBy`]: 'list' },
		says: 'person.endpoints.create: "list", where its record is seen, is no read endpoint.',
	},
	sightsNameWhatTheyCompare: {
		passes: { [`${OPERATIONS}/delete/route/where`]: { 'name.first': 'firstName' } },
		fails: { [`${OPERATIONS}/delete/route/where`]: { externalId: 'ssn' } },
		says: 'person.delete: it compares with "ssn", which is neither field nor parameter.',
	},
	fixedMembersAreNoFields: {
		passes: { [`${ENDPOINTS}/create/fixedInside`]: { 'name.style': 'western' } },
		fails: { [`${ENDPOINTS}/create/fixedInside`]: { 'name.first': 'Ada' } },
		says: 'person.endpoints.create: "name.first" is always the same, and the field "firstName" would set it.',
	},
	pollsAreReads: {
		fails: { [`${ENDPOINTS}/create/outcome/poll`]: 'list' },
		says: 'person.endpoints.create: the poll "list" is no read endpoint.',
	},
	requestsCarryRecords: {
		passes: { [`${ENDPOINTS}/bulk/max`]: 1 },
		fails: { [`${ENDPOINTS}/bulk/max`]: 1.5 },
		says: 'person.endpoints.bulk: a request cannot carry 1.5 records; say in "max" how many it may.',
	},
	manyRecordsTellTheirFate: {
		fails: { [`${ENDPOINTS}/create/max`]: 10 },
		says: 'person.endpoints.create: one transaction cannot tell the fate of 10 records.',
	},
	pathsNameOneRecord: {
		passes: { [`${ENDPOINTS}/create/max`]: 10 },
		fails: { [`${ENDPOINTS}/replace/max`]: 10 },
		says: 'person.endpoints.replace: a path with "{externalId}" cannot carry 10 records.',
	},
	valuesBesideRecordsNeedWrap: {
		passes: {
			[`${ENDPOINTS}/bulk/wrap`]: undefined,
			[`${ENDPOINTS}/bulk/fixed`]: undefined,
			[`${ENDPOINTS}/bulk/parameters/trusted/in`]: 'query',
		},
		fails: { [`${ENDPOINTS}/replace/fixed`]: { patch: true } },
		says: 'person.endpoints.replace: "patch" stands beside the records, which needs a wrap.',
	},
	wrapsAreFree: {
		passes: { [`${ENDPOINTS}/bulk/fixed`]: { 'dataset.patch': true } },
		fails: { [`${ENDPOINTS}/bulk/fixed`]: { 'data.patch': true } },
		says: 'person.endpoints.bulk: "data.patch" stands where the records go.',
	},
	bodilessCarryNothing: {
		fails: { [`${ENDPOINTS}/remove/wrap`]: 'data' },
		says: 'person.endpoints.remove: a request without body carries one record and nothing else.',
	},
	fieldsOfEndpointsExist: {
		passes: { [`${ENDPOINTS}/update/accepts`]: ['firstName'] },
		fails: { [`${ENDPOINTS}/update/accepts`]: ['name'] },
		says: 'person.endpoints.update: "name" is no field.',
	},
	onlyChoicesHaveValues: {
		fails: { [`${ENDPOINTS}/list/parameters/minLevel/values`]: ['1'] },
		says: 'person.endpoints.list.minLevel: a parameter of kind number cannot have values.',
	},
	defaultsFitTheirKind: {
		passes: { [`${ENDPOINTS}/list/parameters/team/default`]: 'Green' },
		fails: { [`${ENDPOINTS}/list/parameters/grade/default`]: 'D' },
		says: 'person.endpoints.list.grade: the default "D" is not one of the values.',
	},
	locatorsSearchLists: {
		fails: { [`${SKILL}/endpoints/list/parameters/personId/locator/search`]: 'byPage' },
		says: 'skill.endpoints.list.personId: the locator searches "byPage", which is no list endpoint of person.',
	},
	watchNamesAreUnique: {
		passes: { [`${PERSON}/watches`]: { person: watch() } },
		fails: {
			[`${PERSON}/watches`]: { person: watch() },
			[`${SKILL}/watches`]: {
				person: { ...watch(), endpoint: 'byPage', by: 'compare', since: undefined },
			},
		},
		says: 'skill.watches.person: another resource has a watch of this name. A trigger stores the name alone.',
	},
	watchEndpointsExist: {
		passes: { [`${PERSON}/watches`]: { person: watch() } },
		fails: {
			[`${PERSON}/watches`]: {
				person: {
					...watch(),
					endpoint: 'find',
					details: { endpoint: 'list', by: {} },
					by: 'whole',
				},
			},
		},
		says: 'person.watches.person: it names "list", which is no read endpoint.',
	},
	watchesFillTheirLists: {
		passes: { [`${PERSON}/watches`]: { person: watch() } },
		fails: { [`${PERSON}/watches`]: { person: { ...watch(), since: 'changedAfter' } } },
		says: 'person.watches.person: it fills "changedAfter", which is no parameter of its list.',
	},
	watchesTellWhatTheyCan: {
		passes: { [`${PERSON}/watches`]: { person: watch() } },
		fails: { [`${PERSON}/watches`]: { person: { ...watch(), events: ['removed'] } } },
		says: 'person.watches.person: nothing says that a record was removed. State "removed", or leave the event out.',
	},

	endpointsAreUsed: {
		passes: {
			[`${ENDPOINTS}/other`]: listed(),
			[`${SKILL}/endpoints/list/parameters/personId/locator/search`]: 'other',
		},
		fails: { [`${ENDPOINTS}/other`]: get() },
		says: 'person.endpoints.other: no operation uses it.',
	},

	// --- operations
	routesLeadToWrites: {
		passes: { [`${OPERATIONS}/import/route`]: { withKey: 'update', withoutKey: 'create' } },
		fails: { [`${OPERATIONS}/upsert/route/lookup`]: 'update' },
		says: 'person.upsert: the route names "update", which is no read endpoint.',
	},
	operationsUseFittingEndpoints: {
		fails: { [`${OPERATIONS}/get/endpoint`]: 'list' },
		says: 'person.get: it uses "list", which is no read endpoint.',
	},
	findsTakeOverFields: {
		fails: { [`${OPERATIONS}/delete/route/take`]: { id: 'number' } },
		says: 'person.delete: it takes over "number", which is no field.',
	},
	detailsFillParameters: {
		passes: {
			[`${ENDPOINTS}/list/parameters/personId`]:
				acme.resources[0].endpoints.get.parameters?.personId,
			[`${OPERATIONS}/getAll/details/by`]: {},
		},
		fails: { [`${OPERATIONS}/getAll/details/by`]: {} },
		says: 'person.getAll: nothing fills "personId" of the details.',
	},
	gatheredPartsExist: {
		fails: { [`${OPERATIONS}/fullProfile/parts/0/endpoint`]: 'all' },
		says: 'person.fullProfile: the part "skills" names "skill.all", which is no list endpoint.',
	},
	askedColumnsExist: {
		fails: { [`${OPERATIONS}/delete/ask`]: ['externalId', 'history'] },
		says: 'person.delete: it asks "history", which is no column it takes.',
	},
	onlyOneRecordIsAsked: {
		fails: { [`${OPERATIONS}/delete/rows`]: 'items' },
		says: 'person.delete: columns are asked where each item is one record only.',
	},
	presetsAreAsked: {
		fails: { [`${OPERATIONS}/delete/preset/kind`]: 'x' },
		says: 'person.delete: it presets "kind", which it does not ask.',
	},
	requiredFieldsAreTaken: {
		passes: {
			[`${OPERATIONS}/create/except`]: ['externalId', 'firstName'],
			[`${OPERATIONS}/create/fixed`]: { firstName: 'New' },
		},
		fails: { [`${OPERATIONS}/create/except`]: ['externalId', 'firstName'] },
		says: 'person.create: it leaves out "firstName", which a create requires.',
	},
	fieldsOfOperationsExist: {
		fails: { [`${OPERATIONS}/create/except`]: ['fax'] },
		says: 'person.create: "fax" is no field.',
	},
	onlyOrExcept: {
		fails: { [`${OPERATIONS}/update/except`]: ['kind'] },
		says: 'person.update: it says both which fields it takes and which it does not.',
	},
	standardLabelsStay: {
		passes: { [`${OPERATIONS}/create/label`]: 'Create (Overwrites Existing)' },
		fails: { [`${OPERATIONS}/getAll/label`]: 'List' },
		says: 'person.getAll: the label is always "Get Many".',
	},
	upsertDescriptionStays: {
		passes: { [`${OPERATIONS}/upsert/notice`]: 'The External ID decides.' },
		fails: { [`${OPERATIONS}/upsert/description`]: 'The External ID decides' },
		says: 'person.upsert: n8n prescribes the description; say it in the notice.',
	},
	otherOperationsExplainThemselves: {
		fails: { [`${OPERATIONS}/invite/description`]: undefined },
		says: 'person.invite: an operation of its own needs a label and a description.',
	},
	standardOperationsMeanTheSame: {
		passes: {
			[`${OPERATIONS}/delete`]: { does: 'call', action: 'Delete person', endpoint: 'invite' },
		},
		fails: { [`${OPERATIONS}/bulkSave/rows`]: 'one' },
		says: 'person.bulkSave: it does not do what "bulkSave" does elsewhere.',
	},
	listsSayMany: {
		passes: { [`${OPERATIONS}/getAll/description`]: 'Return allowed people' },
		fails: { [`${OPERATIONS}/getAll/description`]: 'Return all people' },
		says: 'person.getAll: the description says "all", but a limit may end the list.',
	},
	destructionIsAnnounced: {
		fails: { [`${OPERATIONS}/replace/notice`]: undefined },
		says: 'person.replace: it removes something and has no notice.',
	},
	onlyWeakOnesAreUnverified: {
		passes: { [`${OPERATIONS}/delete/label`]: 'Delete (Unverified)' },
		fails: { [`${OPERATIONS}/create/label`]: 'Create (Unverified)' },
		says: 'person.create: it is called (Unverified) and rests on documentation.',
	},
	mainParametersHaveTheirOwnNames: {
		passes: {
			[`${ENDPOINTS}/list/parameters/query`]: {
				...{ label: 'Query', kind: 'text', in: 'query', group: 'filters' },
			},
		},
		fails: { [`${ENDPOINTS}/list/parameters/query/group`]: 'main' },
		says: 'person.endpoints.list.query: "query" is the name of a parameter every node has.',
	},
	optionsHaveTheirOwnNames: {
		passes: {
			[`${ENDPOINTS}/list/parameters/summary`]: { label: 'Summary', kind: 'text', in: 'query' },
		},
		fails: { [`${OPERATIONS}/bulkSave/route/option`]: 'output' },
		says: 'person.bulkSave: "output" is the name of an option operations have.',
	},
	askedColumnsHaveTheirOwnNames: {
		fails: {
			[`${FIELDS}/source`]: text({ label: 'Source' }),
			[`${OPERATIONS}/delete/only/8`]: 'source',
			[`${OPERATIONS}/delete/ask/8`]: 'source',
		},
		says: 'person.delete: it asks "source", which is the name of a parameter too.',
	},
	sharedParametersAgree: {
		passes: {
			[`${ENDPOINTS}/update/parameters/tenant/evidence`]: {
				basis: 'observed',
				source: 'VENDOR.md',
			},
		},
		fails: {
			[`${ENDPOINTS}/update/parameters/tenant/label`]: 'Part',
			[`${OPERATIONS}/bulkSave/route/choices/1/route`]: 'update',
		},
		says: 'person.upsert: its endpoints state the parameter "tenant" in two ways.',
	},
	routeChoicesDiffer: {
		fails: { [`${OPERATIONS}/bulkSave/route/choices/1/value`]: 'bulk' },
		says: 'person.bulkSave: "sendBy" needs two or more different choices.',
	},
	silencesHaveReasons: {
		fails: { [`${SKILL}/silent/get`]: ' ' },
		says: 'skill: there is no "get"; add it, or say in "silent" why the vendor has none.',
	},

	// --- texts
	labelsAreSaid: {
		fails: { [`${FIELDS}/kind/label`]: '' },
		says: 'person.fields.kind: say in "label" what the vendor calls it.',
	},
	labelsInTitleCase: {
		passes: { [`${FIELDS}/kind/label`]: 'Kind of Person (if Known)' },
		fails: { [`${FIELDS}/kind/label`]: 'Kind of person' },
		says: 'person.fields.kind: the label "Kind of person" is not in title case.',
	},
	textsTrimmed: {
		fails: { [`${FIELDS}/kind/help`]: 'A  kind' },
		says: 'person.fields.kind: "A  kind" has blanks at an end, or two in a row.',
	},
	helpBeginsWithCapital: {
		passes: { [`${FIELDS}/kind/help`]: '2 letters' },
		fails: { [`${FIELDS}/kind/help`]: 'two letters' },
		says: 'person.fields.kind: "two letters" does not begin with a capital letter.',
	},
	fullStopsBetweenSentences: {
		passes: { [`${FIELDS}/kind/help`]: 'A kind, e.g. This. Or that.' },
		fails: { [`${FIELDS}/kind/help`]: 'A kind.' },
		says: 'person.fields.kind: "A kind." is one sentence and ends with a full stop.',
	},
	helpAddsToLabel: {
		fails: { [`${FIELDS}/kind/help`]: 'Kind' },
		says: 'person.fields.kind: the help says no more than the label "Kind".',
	},
	abbreviationsInCapitals: {
		passes: { [`${FIELDS}/kind/help`]: 'IDs, URLs and JSON, not an idea' },
		fails: { [`${FIELDS}/kind/help`]: 'Two ids' },
		says: 'person.fields.kind: "ids" is an abbreviation and not in capitals.',
	},
	placeholdersAreExamples: {
		passes: { [`${FIELDS}/kind/placeholder`]: 'e.g. employee' },
		fails: { [`${FIELDS}/kind/placeholder`]: 'employee' },
		says: 'person.fields.kind: the placeholder "employee" does not begin with "e.g. ".',
	},
	switchesSayWhether: {
		fails: { [`${ENDPOINTS}/bulk/parameters/trusted/help`]: 'Skips the review' },
		says: 'person.endpoints.bulk.trusted: the help of a yes-or-no parameter does not begin with "Whether".',
	},
	actionsInSentenceCase: {
		passes: { [`${OPERATIONS}/invite/action`]: 'Invite ATS person' },
		fails: { [`${OPERATIONS}/invite/action`]: 'Invite Person' },
		says: 'person.invite: the action "Invite Person" is not in sentence case.',
	},
	actionsSayWhatIsDone: {
		fails: { [`${OPERATIONS}/getAll/action`]: 'Get people' },
		says: 'person.getAll: the action "Get people" does not begin with "Get many".',
	},
};

/** Other ways to break a rule that has several. */
export const moreAntiExamples: ReadonlyArray<
	readonly [rule: string, fails: Changes, says: string]
> = [
	['signInsDiffer', { signIns: [] }, 'The first sign-in is not "default".'],
	[
		'signInsDiffer',
		{ 'signIns/1/authentication': 'default' },
		'Two sign-ins have the value "default".',
	],
	[
		'fillingsFitTheirField',
		{ [`${FIELDS}/lastName/whenMissing`]: 'now' },
		'person.fields.lastName: only an instant can be the time of the run.',
	],
	[
		'fillingsFitTheirField',
		{ [`${FIELDS}/lastName/whenMissing`]: { value: 7 } },
		'person.fields.lastName: it cannot hold what is sent where it is missing.',
	],
	[
		'limitsArePositive',
		{ rate: { requests: 0, seconds: 10 } },
		'0 requests in 10 seconds are no limit; say in "rate" how many may be sent in how long.',
	],
	[
		'limitsArePositive',
		{ rate: { requests: 5, seconds: 0 } },
		'5 requests in 0 seconds are no limit; say in "rate" how many may be sent in how long.',
	],
	[
		'headersAreConstants',
		{ headers: { 'X Version': '1' } },
		'acme: "X Version" is no name of a header.',
	],
	[
		'headersAreConstants',
		{ headers: { 'X-Version': '1\n2' } },
		'acme: say in plain characters what the header "X-Version" holds.',
	],
	[
		'waitHeadersAreNames',
		{ waitHeaders: [{ name: 'Retry-After', says: 'seconds' }] },
		'Retry-After is read anyway; leave it out of "waitHeaders".',
	],
	[
		'waitHeadersAreNames',
		{
			waitHeaders: [
				{ name: 'X-Reset', says: 'seconds' },
				{ name: 'x-reset', says: 'instant' },
			],
		},
		'The header "x-reset" is read in two ways.',
	],
	[
		'valuesStandInLists',
		{ [`${ENDPOINTS}/update/value`]: 'externalId' },
		'person.endpoints.update: values without names stand in a list; say in "max" how many a request carries.',
	],
	[
		'columnsFitTheirField',
		{ [`${FIELDS}/history/columns/place`]: first('street', { label: 'Street' }) },
		'person.fields.history.place: the field has no member "street".',
	],
	[
		'columnsFitTheirField',
		{
			[`${FIELDS}/history/members/boss`]: object({}, { label: 'Boss' }),
			[`${FIELDS}/history/columns/place`]: first('boss', { label: 'Boss' }),
		},
		'person.fields.history.place: the member "boss" is nested, a column takes plain values.',
	],
	[
		'columnsFitTheirField',
		{ [`${FIELDS}/history/columns/since/beside`]: { main: true } },
		'person.fields.history.since: the field has no member "main" to set beside it.',
	],
	[
		'peopleAreMarkedPersonal',
		{
			[`${FIELDS}/history/columns/place`]: first('place', { label: 'Place', concept: 'address' }),
		},
		'person.fields.history.place: address is personal data and not marked so.',
	],
	[
		'columnKeysUnique',
		{
			[`${FIELDS}/notes`]: listOf(
				{ d: date({ label: 'D' }) },
				{ label: 'N', columns: { since: first('d', { label: 'D' }) } },
			),
		},
		'person.fields.notes: the column key "since" stands twice.',
	],
	[
		'sourcesCanBeRead',
		{ 'oneTimeToken/source': 'http://docs.acme.example' },
		'oneTimeToken: the source "http://docs.acme.example" is neither a public address nor a place in VENDOR.md.',
	],
	[
		'sourcesCanBeRead',
		{ [`${ENDPOINTS}/bulk/source`]: '' },
		'person.endpoints.bulk: say in "source" where this is documented, as a public address or a place in VENDOR.md.',
	],
	[
		'pathsBeginWithSlash',
		{ [`${ENDPOINTS}/find/request/path`]: '' },
		'person.endpoints.find: say in "path" where the request goes.',
	],
	[
		'pollsAreReads',
		{ [`${ENDPOINTS}/transaction/request/path`]: '/transactions' },
		'person.endpoints.create: the path of the poll "transaction" has no "{transactionId}".',
	],
	[
		'pathPlaceholdersAreFilled',
		{
			[`${ENDPOINTS}/other`]: call({
				...documented,
				request: { method: 'POST', path: '/{id}' },
				repeatable: false,
			}),
		},
		'person.endpoints.other: nothing fills "{id}" in the path.',
	],
	[
		'bodilessCarryNothing',
		{ [`${ENDPOINTS}/remove`]: post({ bodiless: true, max: 2 }) },
		'person.endpoints.remove: a request without body carries one record and nothing else.',
	],
	[
		'onlyChoicesHaveValues',
		{ [`${ENDPOINTS}/list/parameters/grade/values`]: [] },
		'person.endpoints.list.grade: a choice needs values.',
	],
	[
		'defaultsFitTheirKind',
		{ [`${ENDPOINTS}/list/parameters/minLevel/default`]: '1' },
		'person.endpoints.list.minLevel: the default "1" is no value of kind number.',
	],
	[
		'defaultsFitTheirKind',
		{ [`${ENDPOINTS}/list/parameters/ids/default`]: 'a' },
		'person.endpoints.list.ids: the default "a" is no value of kind textList.',
	],
	[
		'locatorsSearchLists',
		{ [`${SKILL}/endpoints/list/parameters/personId/locator/resource`]: 'team' },
		'skill.endpoints.list.personId: the locator names the resource "team", which does not exist.',
	],
	[
		'locatorsSearchLists',
		{ [`${ENDPOINTS}/get/parameters/personId/locator/query`]: 'name' },
		'person.endpoints.get.personId: the locator fills "name", which is no parameter of its list.',
	],
	[
		'requiredFieldsAreTaken',
		{
			[`${OPERATIONS}/update/only`]: ['externalId'],
			[`${ENDPOINTS}/update/demands`]: 'create',
			[`${FIELDS}/lastName/required`]: ['replace'],
		},
		'person.update: it leaves out "firstName", which a create requires.',
	],
	[
		'operationsUseFittingEndpoints',
		{ [`${OPERATIONS}/getAll/details/endpoint`]: 'list' },
		'person.getAll: it uses "list", which is no read endpoint.',
	],
	[
		'operationsUseFittingEndpoints',
		{ [`${OPERATIONS}/invite/endpoint`]: 'get' },
		'person.invite: it uses "get", which is no call endpoint.',
	],
	[
		'rulesNameValues',
		{ [`${PERSON}/rules/0/anyOf`]: ['email', { field: 'skills', is: 'a' }] },
		'person.rules: "skills" has no single value that a rule could name.',
	],
	[
		'routesLeadToWrites',
		{ [`${OPERATIONS}/import/route`]: 'bulk2' },
		'person.import: the route names "bulk2", which is no write endpoint.',
	],
	[
		'sightsNameWhatTheyCompare',
		{ [`${OPERATIONS}/delete/route/where`]: {} },
		'person.delete: it finds a record and compares nothing.',
	],
	[
		'sightsNameWhatTheyCompare',
		{ [`${ENDPOINTS}/create/seenBy`]: { find: 'list', where: { mail: 'mail' } } },
		'person.endpoints.create: it compares with "mail", which is neither field nor parameter.',
	],
	[
		'recordsAreSeenByReading',
		{ [`${ENDPOINTS}/create/seenBy`]: { find: 'get', where: { email: 'email' } } },
		'person.endpoints.create: "get", where its record is seen, is no list endpoint.',
	],
	[
		'fixedMembersAreNoFields',
		{ [`${ENDPOINTS}/create/fixedInside`]: { 'email.kind': 'work' } },
		'person.endpoints.create: "email.kind" is always the same, and the field "email" would set it.',
	],
	[
		'bodilessCarryNothing',
		{ [`${ENDPOINTS}/remove/fixedInside`]: { type: 'people' } },
		'person.endpoints.remove: a request without body carries one record and nothing else.',
	],
	[
		'detailsFillParameters',
		{ [`${OPERATIONS}/getAll/details/by`]: { id: 'personId', x: 'y' } },
		'person.getAll: the details fill "y", which is no parameter of "get".',
	],
	[
		'gatheredPartsExist',
		{
			[`${SKILL}/endpoints/list/parameters/personId/required`]: undefined,
			[`${OPERATIONS}/fullProfile/parts/0/by`]: 'owner',
		},
		'person.fullProfile: the part "skills" fills "owner", which is no parameter of "list".',
	],
	[
		'gatheredPartsExist',
		{
			[`${SKILL}/endpoints/list/parameters/region`]: {
				...{ label: 'Region', kind: 'text', in: 'body', required: true },
			},
		},
		'person.fullProfile: nothing fills "region" of the part "skills".',
	],
	[
		'requiredFieldsAreTaken',
		{
			[`${ENDPOINTS}/remove/bodiless`]: undefined,
			[`${OPERATIONS}/delete/ask`]: ['team'],
			[`${OPERATIONS}/delete/preset`]: undefined,
		},
		'person.delete: it leaves out "externalId", which a patch requires.',
	],
	[
		'standardOperationsMeanTheSame',
		{ [`${OPERATIONS}/get/does`]: 'call' },
		'person.get: it does not do what "get" does elsewhere.',
	],
	[
		'onlyWeakOnesAreUnverified',
		{ [`${OPERATIONS}/get/notice`]: 'Unverified: seen somewhere.' },
		'person.get: it is called (Unverified) and rests on documentation.',
	],
	[
		'optionsHaveTheirOwnNames',
		{ [`${ENDPOINTS}/bulk/parameters/summary`]: { label: 'Summary', kind: 'text', in: 'query' } },
		'person.endpoints.bulk.summary: "summary" is the name of an option operations have.',
	],
	[
		'optionsHaveTheirOwnNames',
		{ [`${FIELDS}/team/naming`]: { ...naming('team', 'group'), option: 'output' } },
		'person.fields.team: "output" is the name of an option operations have.',
	],
	[
		'namesAreToChooseFrom',
		{ [`${FIELDS}/team/naming`]: naming('team', 'team') },
		'person.fields.team: a name stands twice.',
	],
	[
		'rulesNameFields',
		{ [`${PERSON}/rules/0`]: { beside: 'fax' } },
		'person.rules: "fax" is no field.',
	],
	[
		'askedColumnsHaveTheirOwnNames',
		{ [`${ENDPOINTS}/remove/parameters`]: { team: { label: 'Team', kind: 'text', in: 'query' } } },
		'person.delete: it asks "team", which is the name of a parameter too.',
	],
	[
		'silencesHaveReasons',
		{ [`${PERSON}/silent`]: { get: 'None' } },
		'person: "get" is an operation and called silent.',
	],
	[
		'fullStopsBetweenSentences',
		{ [`${FIELDS}/kind/help`]: 'A kind. Or none' },
		'person.fields.kind: "A kind. Or none" is several sentences and does not end with a full stop.',
	],
];
