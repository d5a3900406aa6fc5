import type { OutcomeRule as Rule } from '../../../nodes/shared/definition';
import { totalsOf, transactionVerdict, verdictOf } from '../../../nodes/shared/write/verdict';

type RuleBy<K extends Rule['by']> = Extract<Rule, { by: K }>;

const rows = (...keys: Array<string | undefined>) => keys.map((key) => ({ key }));
const TWO = rows('A', 'B');

const UNDECIDED = {
	status: 'unknown',
	errors: [
		{
			code: 'UNREADABLE_ANSWER',
			message:
				'The service answered without saying whether the record was saved. Look it up in the service before sending it again.',
		},
	],
	open: true,
};
const NOT_TOLD = {
	code: 'SHORT_ANSWER',
	message:
		'The service counted fewer saved records than were sent and does not say which are missing. Look the record up in the service, or send it again.',
};

describe('Where the status decides', () => {
	it('every row is saved, and nothing is claimed beyond that', () => {
		expect(verdictOf({ by: 'status' }, undefined, TWO)).toStrictEqual([
			{ status: 'saved' },
			{ status: 'saved' },
		]);
	});

	it('the endpoint may be known to do one thing only', () => {
		const rule: Rule = { by: 'status', action: 'created', keep: ['id'] };
		expect(verdictOf(rule, { id: 0 }, rows('A'))).toStrictEqual([
			{ status: 'saved', action: 'created', vendor: { id: 0 } },
		]);
		expect(verdictOf(rule, {}, rows('A'))).toStrictEqual([{ status: 'saved', action: 'created' }]);
	});

	it('what is kept of the answer has the last name of its path', () => {
		const rule: Rule = { by: 'status', keep: ['data.ids.own', 'note', 'absent'] };
		expect(verdictOf(rule, { data: { ids: { own: 7 } }, note: null }, rows('A'))).toStrictEqual([
			{ status: 'saved', vendor: { own: 7, note: null } },
		]);
	});

	const told: Rule = {
		by: 'status',
		actionAt: { at: 'meta.did', created: ['NEW', 'Made'], updated: ['Changed'] },
	};
	it.each<[string, unknown, 'created' | 'updated']>([
		['one word for it', 'NEW', 'created'],
		['another word for it', 'made', 'created'],
		['any case and blanks around', ' CHANGED ', 'updated'],
	])('the answer says what was done: %s', (_, did, action) => {
		expect(verdictOf(told, { meta: { did } }, rows('A'))).toStrictEqual([
			{ status: 'saved', action },
		]);
	});

	it.each([
		['an unknown word', { meta: { did: 'Queued' } }],
		['no word', {}],
		['no text', { meta: { did: 1 } }],
	])('a row stays open where the answer should say what was done and has %s', (_, body) => {
		expect(verdictOf(told, body, TWO)).toStrictEqual([UNDECIDED, UNDECIDED]);
	});
});

describe('Where two lists decide', () => {
	const rule: RuleBy<'lists'> = { by: 'lists', done: 'gone.done', missing: 'gone.missing' };
	const answer = (done: unknown, missing: unknown) => ({ gone: { done, missing } });

	it('each row is decided by the list that names it, in any order', () => {
		expect(verdictOf(rule, answer(['B'], ['A']), rows('A', 'B'))).toMatchObject([
			{ status: 'failed', missing: true, errors: [{ code: 'NOT_FOUND' }] },
			{ status: 'saved' },
		]);
		expect(verdictOf(rule, answer([7], []), rows('7'))).toEqual([{ status: 'saved' }]);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['one list', answer(['A', 'B'], undefined)],
		['lists that are none', answer('A', 'B')],
		['lists without them', answer([], [])],
		['both lists', answer(['A', 'B'], ['A', 'B'])],
	])('the rows stay open by %s', (_, body) => {
		expect(verdictOf(rule, body, TWO)).toStrictEqual([UNDECIDED, UNDECIDED]);
	});
});

describe('Where a word decides', () => {
	const rule: RuleBy<'word'> = {
		by: 'word',
		at: 'result.word',
		success: ['OK', 'Done'],
		messages: 'result.why',
	};
	const word = (text: unknown, why?: unknown) => ({ result: { word: text, why } });

	it.each<[string, unknown]>([
		['a word for all', word('OK')],
		['another word, in another case and with blanks', word(' done ')],
		['a word for each', [word('OK'), word('Done')]],
	])('the rows are saved by %s', (_, body) => {
		expect(verdictOf(rule, body, TWO)).toStrictEqual([{ status: 'saved' }, { status: 'saved' }]);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['an empty list', []],
		['a list with a gap', [word('OK'), {}]],
		['a number', word(1)],
	])('the rows stay open by %s', (_, body) => {
		expect(verdictOf(rule, body, TWO)).toStrictEqual([UNDECIDED, UNDECIDED]);
	});

	it('the rows have failed by any other word, which is shown where there is no message', () => {
		const failed = {
			status: 'failed',
			errors: [{ code: 'REFUSED', message: 'The service answered "OK, Partly".' }],
		};
		expect(verdictOf(rule, [word('OK'), word('Partly')], TWO)).toStrictEqual([failed, failed]);
	});

	it.each([1, 2])('a list that tells of %i in three leaves them open', (told) => {
		const verdicts = verdictOf(rule, Array<unknown>(told).fill(word('OK')), rows('A', 'B', 'C'));
		const open = { status: 'unknown', open: true, errors: [{ code: 'SHORT_ANSWER' }] };
		expect(verdicts).toMatchObject([open, open, open]);
	});

	it('a list that tells of fewer and refuses one does not say which', () => {
		const verdicts = verdictOf(rule, [word('Error', ['Too old'])], TWO);
		const unknown = {
			status: 'unknown',
			errors: [{ code: 'REFUSED', message: 'Too old' }, { code: 'NOT_LOCATED' }],
		};
		expect(verdicts).toMatchObject([unknown, unknown]);
	});

	it('messages that say something are the reasons, of all answers', () => {
		const answers = [word('Error', ['Too old', ' ', 3]), word('Error', ['Too new'])];
		expect(verdictOf(rule, answers, rows('A'))).toStrictEqual([
			{
				status: 'failed',
				errors: [
					{ code: 'REFUSED', message: 'Too old' },
					{ code: 'REFUSED', message: 'Too new' },
				],
			},
		]);
	});

	it('that means no record in particular, rows that travelled together are unknown', () => {
		const unknown = {
			status: 'unknown',
			errors: [
				{ code: 'REFUSED', message: 'Too old' },
				{
					code: 'NOT_LOCATED',
					message:
						'The service does not say which record of the request it means. Look the record up in the service, or send one record per call.',
				},
			],
		};
		const unlocated = { ...rule, unlocated: true };
		const body = word('Error', ['Too old']);
		expect(verdictOf(unlocated, body, TWO)).toStrictEqual([unknown, unknown]);
		expect(verdictOf(unlocated, body, rows('A'))).toStrictEqual([
			{ status: 'failed', errors: [{ code: 'REFUSED', message: 'Too old' }] },
		]);
		expect(verdictOf(rule, body, TWO)).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
	});
});

const LOCATED: RuleBy<'located'> = {
	by: 'located',
	errors: 'errors',
	code: 'code',
	message: 'text',
	locations: 'at',
	index: 'index',
	key: 'key',
	created: 'counts.created',
	updated: 'counts.updated',
};

it("An error at a key that fits two rows but for its capitals is nobody's in particular", () => {
	const error = { code: 'NO', text: 'No.', at: [{ key: 'aB' }] };
	const body = { counts: { created: 1, updated: 0 }, errors: [error] };
	const unknown = { status: 'unknown', open: true };
	expect(verdictOf(LOCATED, body, rows('AB', 'ab'))).toMatchObject([unknown, unknown]);
	const exact = { ...body, errors: [{ ...error, at: [{ key: 'ab' }] }] };
	expect(verdictOf(LOCATED, exact, rows('AB', 'ab'))).toMatchObject([
		{ status: 'saved' },
		{ status: 'failed' },
	]);
});

describe('Where errors point at rows', () => {
	const answer = (created: unknown, updated: unknown, ...errors: unknown[]) => ({
		counts: { created, updated },
		errors,
	});
	const no = (...at: unknown[]) => ({ code: 'NO', text: 'No.', at });
	const failed = { status: 'failed', errors: [{ code: 'NO', message: 'No.' }] };
	const verdicts = (body: unknown, ...keys: Array<string | undefined>) =>
		verdictOf(LOCATED, body, rows(...keys));

	it.each<[string, unknown, unknown]>([
		['made', answer(2, 0), { status: 'saved', action: 'created' }],
		['changed', answer(0, 2), { status: 'saved', action: 'updated' }],
		['made or changed, nobody can tell', answer(1, 1), { status: 'saved' }],
	])('and there are none, all rows were %s', (_, body, verdict) => {
		expect(verdicts(body, 'A', 'B')).toStrictEqual([verdict, verdict]);
	});

	it('the list may be absent, and null', () => {
		const saved = { status: 'saved', action: 'created' };
		expect(verdicts({ counts: { created: 1, updated: 0 } }, 'A')).toStrictEqual([saved]);
		expect(verdicts({ counts: { created: 1, updated: 0 }, errors: null }, 'A')).toStrictEqual([
			saved,
		]);
	});

	it.each<[string, unknown]>([
		['no count of those made', answer(undefined, 2)],
		['no count of those changed', answer(2, '0')],
		['no list of errors', { counts: { created: 2, updated: 0 }, errors: 'none' }],
		['nothing at all', undefined],
	])('rows stay open by %s', (_, body) => {
		expect(verdicts(body, 'A', 'B')).toStrictEqual([UNDECIDED, UNDECIDED]);
	});

	it.each<[string, unknown, number]>([
		['by position', { index: 1 }, 1],
		['by the first position', { index: 0 }, 0],
		['by position and key', { index: 1, key: 'B' }, 1],
		['by key, where the position is that of another', { index: 0, key: 'B' }, 1],
		['by key, where the position does not exist', { index: 9, key: 'A' }, 0],
		['by key alone', { key: 'A' }, 0],
		['by a key that is a number', { key: 7 }, 2],
		['by position and a key in other capitals', { index: 1, key: 'b ' }, 1],
		['by a key in other capitals alone', { key: 'a' }, 0],
	])('a row is found %s', (_, place, at) => {
		const expected = Array<unknown>(3).fill({ status: 'saved', action: 'created' });
		expected[at] = failed;
		expect(verdicts(answer(2, 0, no(place)), 'A', 'B', '7')).toStrictEqual(expected);
	});

	it.each<[string, unknown]>([
		['a position before the first', { index: -1 }],
		['the position after the last', { index: 2 }],
		['half a position', { index: 0.5 }],
		['a position in words', { index: '1' }],
		['an unknown key, whatever the position', { index: 1, key: 'Z' }],
		['nothing', {}],
	])('no row is found by %s, so the error may concern each', (_, place) => {
		const unknown = { status: 'unknown', errors: [...failed.errors, NOT_TOLD], open: true };
		expect(verdicts(answer(1, 0, no(place)), 'A', 'B')).toStrictEqual([unknown, unknown]);
		expect(verdicts(answer(0, 0, no(place)), 'A', 'B')).toStrictEqual([failed, failed]);
	});

	it('no row without a key is found by the lack of one', () => {
		expect(verdicts(answer(1, 0, no({ key: undefined })), undefined, 'B')).toMatchObject([
			{ status: 'unknown' },
			{ status: 'unknown' },
		]);
	});

	it('one error may concern several rows, and one row may have several errors', () => {
		const late = { code: 'LATE', text: 'Late.', at: [{ index: 2 }] };
		const body = answer(0, 1, no({ index: 0 }, { index: 2 }, { index: 9 }), late);
		expect(verdicts(body, 'A', 'B', 'C')).toStrictEqual([
			failed,
			{ status: 'saved', action: 'updated' },
			{
				status: 'failed',
				errors: [
					{ code: 'NO', message: 'No.' },
					{ code: 'LATE', message: 'Late.' },
				],
			},
		]);
	});

	it('an error without a place beside one with a place fails those that were not saved', () => {
		const body = answer(0, 0, no({ index: 0 }), { code: 'ALL', text: 'Closed.' });
		expect(verdicts(body, 'A', 'B')).toStrictEqual([
			failed,
			{ status: 'failed', errors: [{ code: 'ALL', message: 'Closed.' }] },
		]);
	});

	it('and fewer were saved than nobody complains about, those are open', () => {
		const open = { status: 'unknown', errors: [NOT_TOLD], open: true };
		expect(verdicts(answer(1, 0, no({ index: 0 })), 'A', 'B', 'C')).toStrictEqual([
			failed,
			open,
			open,
		]);
	});

	it.each<[string, unknown, string, string]>([
		['a code', { code: 'E7' }, 'E7', 'E7'],
		['a message', { text: 'Bad' }, 'REFUSED', 'Bad'],
		['neither', { code: '', text: '' }, 'REFUSED', 'REFUSED'],
		['numbers', { code: 7, text: 7 }, 'REFUSED', 'REFUSED'],
	])('they are told by %s', (_, error, code, message) => {
		const body = answer(0, 0, { ...(error as object), at: [{ index: 0 }] });
		expect(verdicts(body, 'A')).toStrictEqual([{ status: 'failed', errors: [{ code, message }] }]);
	});
});

describe('Where a transaction decides', () => {
	const rule: RuleBy<'transaction'> = {
		by: 'transaction',
		id: 'number',
		poll: 'transaction',
		state: 'data.state',
		success: ['PASS'],
		failure: ['FAIL', 'ABORTED'],
		keep: ['data.profile'],
	};

	it('its number is what is known of the row', () => {
		expect(verdictOf(rule, { number: 'T1' }, rows('A'))).toStrictEqual([
			{ status: 'unknown', transaction: 'T1', vendor: { number: 'T1' } },
		]);
	});

	it.each([{}, { number: '' }, { number: 7 }, undefined])(
		'a row without a number stays open: %p',
		(body) => {
			expect(verdictOf(rule, body, rows('A'))).toStrictEqual([UNDECIDED]);
		},
	);

	it('the row is saved when it passes, with what is kept of the answer', () => {
		expect(
			transactionVerdict(rule, { data: { state: 'pass', profile: 'P', more: 1 } }),
		).toStrictEqual({ status: 'saved', vendor: { state: 'pass', profile: 'P' } });
	});

	it('the row has failed when it fails, by the word of the service', () => {
		expect(transactionVerdict(rule, { data: { state: 'Aborted' } })).toStrictEqual({
			status: 'failed',
			vendor: { state: 'Aborted' },
			errors: [
				{
					code: 'REFUSED',
					message:
						'The service ended the transaction with "Aborted" and gives no reason. Check the values of the row.',
				},
			],
		});
	});

	it.each([{ data: { state: 'RUNNING' } }, { data: { state: 'Pondering' } }, {}, undefined])(
		'it goes on otherwise: %p',
		(body) => {
			expect(transactionVerdict(rule, body)).toBe('pending');
		},
	);
});

describe('The totals of a request', () => {
	it('are those of the vendor where it counts', () => {
		const totals = (counts: unknown) => totalsOf(LOCATED, { counts }, [{ status: 'saved' }]);
		expect(totals({ created: 2, updated: 1 })).toEqual({ created: 2, updated: 1 });
		expect(totals({ created: 2 })).toEqual({ created: 2, updated: 0 });
		expect(totals({ created: '2', updated: 3 })).toEqual({ created: 0, updated: 3 });
	});

	it('are those of the rows it said something of, elsewhere', () => {
		expect(
			totalsOf({ by: 'status' }, {}, [
				{ status: 'saved', action: 'created' },
				{ status: 'saved', action: 'updated' },
				{ status: 'saved', action: 'updated' },
				{ status: 'saved' },
				{ status: 'failed' },
			]),
		).toEqual({ created: 1, updated: 2 });
	});
});
