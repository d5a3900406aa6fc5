import {
	evidenceOf,
	isRouteChoice,
	type Field,
	type Fields,
	type ListEndpoint,
	type ReadEndpoint,
	type Resource,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { checkVendor } from '../../../nodes/shared/definition/check';
import { columnsOf, presenter } from '../../../nodes/shared/mapping';
import { verdictOf } from '../../../nodes/shared/write/verdict';
import { eightfold } from '../../../nodes/Eightfold/eightfold.vendor';
import { atsCandidate } from '../../../nodes/Eightfold/resources/atsCandidate';
import { profile } from '../../../nodes/Eightfold/resources/profile';

const write = (name: string, resource: Resource = atsCandidate) =>
	resource.endpoints[name] as WriteEndpoint;
const list = (resource: Resource) => resource.endpoints.list as ListEndpoint;
const save = (name: string, resource: Resource = atsCandidate) =>
	resource.operations[name] as SaveOperation;
const field = (name: string): Field => atsCandidate.fields[name];

/** Members of every depth, by path. */
const members = (fields: Fields, before = ''): Array<[string, Field]> =>
	Object.entries(fields).flatMap(
		([name, held]): Array<[string, Field]> => [
			[before + name, held],
			...members(held.members ?? {}, `${before}${name}.`),
		],
	);
const all = members(atsCandidate.fields);
const pathsWhere = (test: (field: Field) => boolean): string[] =>
	all.filter(([, held]) => test(held)).map(([path]) => path);

it('obeys the rules of definitions', () => {
	expect(checkVendor(eightfold)).toEqual([]);
});

describe('fields of an ATS candidate', () => {
	it('are the 41 of the reference, by their real names, and what belongs beside them', () => {
		expect(Object.keys(atsCandidate.fields).sort()).toEqual(
			[
				...['locationCountry', 'contactConsent', 'isAnonymized', 'scheduledInterviews', 'skills'],
				...['location', 'address', 'firstName', 'detailTags', 'emails', 'attachments'],
				...['resumeContent', 'visaStatuses', 'education', 'isInternal', 'customInfo'],
				...['courseAttendance', 'systemId', 'candidateId', 'urls', 'title', 'displayTags', 'tags'],
				...['veteranStatus', 'highestEducationLevel', 'certifications', 'lastActivityTs'],
				...['summary', 'photoContent', 'applications', 'disabilityStatus', 'phones', 'experience'],
				...['races', 'dateOfBirth', 'project', 'notes', 'gender', 'questions', 'skillDetails'],
				'lastName',
				// In answers only, and in one kind of create only.
				...['veteranStatusStr', 'disabilityStatusStr', 'autoGenerateCandidateId'],
			].sort(),
		);
		expect(all.filter(([path]) => !path.includes('.'))).toHaveLength(41 + 3);
	});

	it('have names that invite mistakes: emails, phones and project', () => {
		expect(field('emails')).toMatchObject({ kind: 'textList', wire: 'commaJoined' });
		expect(field('phones')).toMatchObject({ kind: 'textList', wire: 'commaJoined' });
		expect(field('project').kind).toBe('objectList');
		for (const wrong of ['email', 'phone', 'projects', 'id', 'experiences', 'certificates'])
			expect(atsCandidate.fields).not.toHaveProperty(wrong);
	});

	it('are seconds wherever their names end in Ts or Timestamp, and nowhere else', () => {
		const seconds = pathsWhere(({ wire }) => wire === 'epochSeconds');
		const paths = all.map(([path]) => path);
		// The two of a scorecard are named otherwise.
		const named = /(Ts|Timestamp|scorecards\.(submittedAt|interviewedAt))$/;
		expect(seconds).toEqual(paths.filter((path) => named.test(path)));
		expect(seconds).toHaveLength(31);
	});

	it('are joined by commas only in the two texts of the record', () => {
		expect(pathsWhere(({ wire }) => wire === 'commaJoined')).toEqual(['emails', 'phones']);
	});

	it('spell one name with an underscore', () => {
		expect(all.map(([path]) => path).filter((path) => path.includes('_'))).toEqual([
			'applications.scorecards.attributes.rating_label',
		]);
	});

	it('never send what the vendor writes', () => {
		expect(pathsWhere(({ access }) => access === 'readOnly')).toEqual([
			'veteranStatusStr',
			'disabilityStatusStr',
			'applications.currentStage.stage',
			'applications.pastStages.stage',
			'applications.veteranStatusStr',
			'applications.disabilityStatusStr',
		]);
	});

	it('are required in a create and a replace; a patch needs the ID alone', () => {
		const top = (purpose: 'create' | 'replace' | 'patch') =>
			Object.keys(atsCandidate.fields).filter((key) => field(key).required?.includes(purpose));
		expect(top('create')).toEqual(['candidateId', 'firstName', 'emails', 'lastActivityTs']);
		expect(top('replace')).toEqual(top('create'));
		expect(top('patch')).toEqual(['candidateId']);
	});

	it('need these members inside, where a create or replace sends them', () => {
		const needed = (purpose: 'create' | 'replace' | 'patch') =>
			pathsWhere(({ required }) => required?.includes(purpose) === true).filter((path) =>
				path.includes('.'),
			);
		const under = (path: string, ...names: string[]) => names.map((name) => `${path}.${name}`);
		const stage = ['wfStage', 'wfSubStage', 'reason', 'stageTs', 'user'];
		expect(needed('create').sort()).toEqual(
			[
				...under(
					'attachments',
					...['attachmentId', 'fileName', 'attachmentContent', 'attachmentType'],
					'applicationMetadata.applicationId',
				),
				...under('education', 'degree', 'description', 'location', 'major', 'school', 'startTs'),
				...under('experience', 'company', 'title', 'location', 'startTs', 'isCurrent'),
				'experience.isInternal',
				...under('project', 'company', 'title', 'startTs'),
				'certifications.certificateName',
				'detailTags.tag',
				'questions.questionId',
				...under('applications', 'applicationId', 'candidateId', 'applicationTs'),
				'applications.lastModifiedTs',
				...under('applications.currentStage', ...stage),
				...under('applications.pastStages', ...stage),
				'applications.questions.questionId',
			].sort(),
		);
		expect(needed('replace')).toEqual(needed('create'));
		expect(needed('patch')).toEqual([]);
	});

	it('keep to the closed lists of the reference', () => {
		const rating = ['strong_yes', 'yes', 'mixed', 'no', 'strong_no'];
		const question = ['text', 'choice', 'dropdown', 'date', 'multi_value', 'numeric'];
		const choices = all.filter(([, { kind }]) => kind === 'choice');
		expect(choices.every(([, { openValues }]) => openValues === false)).toBe(true);
		expect(Object.fromEntries(choices.map(([path, { values }]) => [path, values]))).toEqual({
			contactConsent: ['applied_only', 'all', 'country_only'],
			'attachments.attachmentType': ['resume', 'others', 'photo', 'cover_letter'],
			'notes.noteType': ['email', 'note', 'other'],
			'questions.type': question,
			'applications.status': ['active', 'hired', 'rejected', 'converted', 'withdrawn'],
			'applications.note.noteType': ['email', 'note', 'other'],
			'applications.scorecards.overallRating': rating,
			'applications.scorecards.attributes.rating': rating,
			'applications.questions.type': question,
		});
	});

	it('limit the length of reasons only', () => {
		expect(pathsWhere(({ maxLength }) => maxLength === 5000)).toEqual([
			'applications.currentStage.reason',
			'applications.pastStages.reason',
			'applications.reason',
		]);
		expect(pathsWhere(({ maxLength }) => maxLength !== undefined)).toHaveLength(3);
	});

	it('are cleared by null where a single value may be null; lists are not, their merging is silent', () => {
		const clearable = pathsWhere(({ clearWith }) => clearWith === 'null');
		expect(pathsWhere(({ clearWith }) => clearWith !== undefined)).toEqual(clearable);
		const lists = /^(textList|object|objectList|json)$/;
		// Phones are a list to people and one text to the vendor.
		expect(clearable.filter((path) => lists.test(field(path).kind))).toEqual(['phones']);
		expect(clearable).toEqual(expect.arrayContaining(['title', 'lastName', 'isInternal']));
		for (const kept of ['candidateId', 'firstName', 'emails', 'lastActivityTs'])
			expect(clearable).not.toContain(kept);
	});

	it('are flat for a spreadsheet, apart from lists of many members', () => {
		const columns = columnsOf(atsCandidate, save('import'));
		const nested = columns.filter(({ field: { kind } }) => /object/.test(kind));
		expect(nested.map(({ label }) => label)).toEqual([
			'Attachments',
			'Education',
			'Experience',
			'Projects',
			'Skill Details',
			'Course Attendance',
			'Detail Tags',
			'Scheduled Interviews',
			'Questions',
			'Applications',
		]);
		expect(columns.map(({ label }) => label)).toEqual(
			expect.arrayContaining([
				...['Candidate ID', 'Emails', 'Phones', 'Last Activity', 'Notes', 'Certifications'],
				...['Résumé', 'Résumé Extension', 'Photo', 'Photo Extension'],
			]),
		);
	});

	it('are shown as people write them', () => {
		const show = presenter(atsCandidate, 'simplified');
		expect(
			show({
				candidateId: 'C-1',
				emails: 'a@example.com,b@example.com',
				lastActivityTs: 1767225600,
				veteranStatusStr: 'no',
			}),
		).toEqual({
			candidateId: 'C-1',
			emails: 'a@example.com',
			lastActivityTs: '2026-01-01T00:00:00Z',
		});
	});
});

describe('writes of ATS candidates', () => {
	it('go to the four documented calls', () => {
		const base = '/api/v2/core/ats-systems/{systemId}/ats-candidates';
		expect(write('create').request).toEqual({ method: 'POST', path: base });
		expect(write('update').request).toEqual({ method: 'PATCH', path: `${base}/{candidateId}` });
		expect(write('replace').request).toEqual({ method: 'PUT', path: `${base}/{candidateId}` });
		expect(write('createGenerated').request).toEqual({
			method: 'POST',
			path: '/api/v2/core/ats-systems/talent_tracking/ats-candidates',
		});
		const writes = Object.values(atsCandidate.endpoints).filter(({ does }) => does === 'write');
		expect(writes).toHaveLength(4);
	});

	it.each(['create', 'createGenerated', 'update', 'replace'])(
		'%s is not believed before its transaction has passed',
		(name) => {
			const { outcome } = write(name);
			expect(verdictOf(outcome, { transactionId: 'T' }, [{ key: 'C' }])).toEqual([
				{ status: 'unknown', transaction: 'T', vendor: { transactionId: 'T' } },
			]);
			expect(verdictOf(outcome, { transactionId: null }, [{ key: 'C' }])[0].status).toBe('unknown');
			expect(verdictOf(outcome, { candidateId: 'C' }, [{ key: 'C' }])[0].status).toBe('unknown');
		},
	);

	it('ask the transaction with /core/ in its path', () => {
		expect(atsCandidate.endpoints.transaction.request.path).toBe(
			'/api/v2/core/transactions/{transactionId}',
		);
		expect(write('create').outcome).toMatchObject({
			state: 'data.status',
			success: ['PASS'],
			failure: ['FAIL'],
		});
	});

	it('are sent twice only where the same request surely leaves the same record', () => {
		expect(write('create').repeatable).toBe(false);
		expect(write('createGenerated').repeatable).toBe(false);
		expect(write('update').repeatable).toBe(false);
		expect(write('replace').repeatable).toBe(true);
		expect(write('remove', profile).repeatable).toBe(true);
	});

	it('insist on the required fields wherever a route leads to a create', () => {
		expect(write('create').demands).toBe('create');
	});

	it('take refreshClaimedProfile in changes, not in a create', () => {
		for (const name of ['update', 'replace'])
			expect(write(name).parameters?.refreshClaimedProfile).toMatchObject({
				in: 'query',
				kind: 'boolean',
				default: false,
			});
		expect(write('create').parameters).not.toHaveProperty('refreshClaimedProfile');
	});

	it('switch generated IDs on in one operation, which cannot name another system', () => {
		const generating = Object.entries(atsCandidate.operations).filter(
			([, operation]) =>
				operation.does === 'save' && operation.fixed?.autoGenerateCandidateId !== undefined,
		);
		expect(generating.map(([name]) => name)).toEqual(['createWithGeneratedId']);
		const operation = save('createWithGeneratedId');
		expect(operation.route).toBe('createGenerated');
		expect(write('createGenerated').parameters).toBeUndefined();
		const columns = columnsOf(atsCandidate, operation).map(({ key }) => key);
		expect(columns).not.toEqual(expect.arrayContaining(['candidateId']));
		for (const [name, other] of Object.entries(atsCandidate.operations))
			if (other.does === 'save' && name !== 'createWithGeneratedId')
				expect(columnsOf(atsCandidate, other).map(({ key }) => key)).not.toContain(
					'autoGenerateCandidateId',
				);
	});
});

describe('operations', () => {
	it('warn where a replace wipes', () => {
		const replace = save('replace');
		expect(replace.label).toBe('Replace (Wipes Fields Not Given)');
		expect(replace).toMatchObject({ purpose: 'replace', destructive: true });
		expect(replace.notice).toContain('wiped');
	});

	it('let the user choose how many rows are written', () => {
		for (const name of ['bulkSave', 'import']) {
			const { route } = save(name);
			if (!isRouteChoice(route)) throw new Error(`${name} offers no choice`);
			expect(route.option).toBe('writeMode');
			expect(route.choices.map(({ value, route: to }) => [value, to])).toEqual([
				['upsert', { lookup: 'lookup', found: 'update', missing: 'create' }],
				['create', 'create'],
				['update', 'update'],
			]);
		}
	});

	it('rest on what is documented, except the answer that tells a new candidate', () => {
		for (const resource of eightfold.resources)
			for (const [name, operation] of Object.entries(resource.operations))
				expect([name, evidenceOf(resource, operation).basis]).toEqual([
					name,
					name === 'upsert' ? 'observed' : 'documented',
				]);
		for (const name of ['upsert', 'bulkSave', 'import'])
			expect(save(name).notice).toMatch(/new candidates? needs? First Name and Emails/i);
	});

	it('have no delete for ATS candidates, and say where there is one', () => {
		expect(atsCandidate.operations.delete).toBeUndefined();
		expect(atsCandidate.silent?.delete).toContain('Profile');
		const deletes = eightfold.resources.flatMap(({ endpoints }) =>
			Object.values(endpoints).filter(({ request }) => request.method === 'DELETE'),
		);
		expect(deletes.map(({ request }) => request.path)).toEqual(['/api/v2/core/profiles/{id}']);
	});

	it('delete a profile by its own ID, or by the ID of a candidate behind a guard', () => {
		expect(save('delete', profile)).toMatchObject({
			label: 'Delete (Profile)',
			ask: ['id'],
			route: 'remove',
			destructive: true,
		});
		expect(save('deleteByCandidate', profile)).toMatchObject({
			ask: ['atsEntityId', 'systemId'],
			destructive: true,
			route: {
				find: 'findByCandidate',
				where: { atsEntityId: 'atsEntityId', 'atsData.systemId': 'systemId' },
				then: 'remove',
			},
		});
		for (const name of ['delete', 'deleteByCandidate'])
			expect(save(name, profile).notice).toContain('whole profile');
	});

	it('start with 100 requests a minute', () => {
		expect(eightfold.rate).toEqual({ requests: 100, seconds: 60 });
	});
});

describe('reading', () => {
	it('pages by offset, a hundred at a time, up to the total', () => {
		for (const resource of eightfold.resources)
			expect(list(resource)).toMatchObject({
				records: 'data',
				paging: {
					by: 'offset',
					offset: 'start',
					limit: 'limit',
					pageSize: 100,
					total: 'meta.totalCount',
				},
			});
	});

	it('lists candidates without include, email or sort, which the reference does not have', () => {
		expect(Object.keys(list(atsCandidate).parameters ?? {})).toEqual([
			'systemId',
			'query',
			'filterQuery',
			'exclude',
			'keyList',
		]);
	});

	it('includes the three documented sections of a candidate, not resume', () => {
		const { parameters, record } = atsCandidate.endpoints.get as ReadEndpoint;
		expect(parameters?.include.values).toEqual(['applications', 'notes', 'tags']);
		// The answer is the bare candidate.
		expect(record).toBeUndefined();
	});

	it('includes the eleven documented sections of a profile', () => {
		expect(profile.endpoints.get.parameters?.include.values).toHaveLength(11);
	});

	it('marks what is not documented about joining names', () => {
		const { include, exclude, keyList } = atsCandidate.endpoints.get.parameters ?? {};
		expect(include.evidence?.basis).toBe('observed');
		expect(keyList.evidence?.basis).toBe('unverified');
		expect(exclude.evidence).toBeUndefined();
	});

	it('never leaves version 2', () => {
		for (const { endpoints } of eightfold.resources)
			for (const { request } of Object.values(endpoints))
				expect(request.path).toMatch(/^\/api\/v2\/core\//);
	});
});

describe('hosts', () => {
	it.each([
		[{ region: 'eightfold' }, 'https://apiv2.eightfold.ai'],
		[{ region: 'eightfold-gov', baseUrl: 'https://old.example' }, 'https://apiv2.eightfold-gov.ai'],
		[
			{ region: 'custom', baseUrl: 'https://proxy.example/eightfold/ ' },
			'https://proxy.example/eightfold',
		],
		[{ region: 'evil.example/', baseUrl: '' }, ''],
		[{ baseUrl: 'https://apiv2.eightfold-eu.ai/' }, 'https://apiv2.eightfold-eu.ai'],
		[{ region: 'custom' }, ''],
	])('%j is %s', (credential, host) => {
		expect(eightfold.baseUrl(credential)).toBe(host);
	});
});
