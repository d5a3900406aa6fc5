import { Truth } from '../sandbox/truth';
import { disagreements, type Outcome } from '../../scripts/lib/account';

const SAVED: Outcome = { key: 'A', status: 'saved', action: 'created', reason: '', row: 2 };
const REFUSED: Outcome = {
	key: 'B',
	status: 'failed',
	reason: 'no',
	errors: [{ code: 'INVALID', message: 'no' }],
	row: 3,
};

function truthOf(...keys: string[]): Truth {
	const truth = new Truth();
	for (const key of keys) {
		const action = truth.savesOf(key) === 0 ? 'created' : 'updated';
		truth.note(key, action, { request: 1, fields: [], value: {} });
	}
	return truth;
}

test('outcomes that say what happened agree', () => {
	expect(disagreements(2, [SAVED, REFUSED], truthOf('A'))).toEqual([]);
});

test('a person whose manager was refused is saved all the same', () => {
	const relation = { ...REFUSED, errors: [{ code: 'RELATION_FAILED', message: 'no' }] };
	expect(disagreements(2, [SAVED, relation], truthOf('A', 'B', 'A'))).toEqual([]);
});

test.each([
	['a lost row', 3, [SAVED, REFUSED], ['A'], '3 rows in, 2 outcomes out, for 2 rows'],
	['a row told twice', 2, [SAVED, SAVED], ['A'], '2 rows in, 2 outcomes out, for 1 rows'],
	['a save that never was', 1, [SAVED], [], 'row 2 is called saved, but the vendor has it not'],
	['a save untold', 1, [REFUSED], ['B'], 'the vendor saved a row that is not called saved'],
	[
		'a failure without reason',
		1,
		[{ ...REFUSED, reason: '' }],
		[],
		'row 3 is failed without a reason',
	],
])('%s is found', (_, rows, outcomes, keys, found) => {
	expect(disagreements(rows, outcomes, truthOf(...keys))).toEqual([found]);
});

test('a person created twice is found', () => {
	const truth = truthOf('A');
	truth.note('A', 'created', { request: 2, fields: [], value: {} });
	expect(disagreements(1, [SAVED], truth)).toEqual(['the vendor created somebody twice']);
});
