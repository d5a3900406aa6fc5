import { read, type OutcomeRule as Rule } from '../../../nodes/shared/definition';
import { TransportFault, type HttpRequest } from '../../../nodes/shared/http';
import { answer, type Handler } from '../../support/virtualPort';
import { BASE, FACT, named, run, single } from './running';

const TRANSACTION: Rule = {
	by: 'transaction',
	id: 'number',
	poll: 'transaction',
	state: 'state',
	success: ['PASS'],
	failure: ['FAIL'],
};
const endpoints = {
	post: single({ outcome: TRANSACTION }),
	transaction: read({ ...FACT, request: { method: 'GET', path: '/transactions/{number}' } }),
};

/** Starts `T1`, `T2`, ... and says of each what it is told to say at the n-th question for it. */
function service(say: (number: string, asked: number) => ReturnType<Handler>): Handler {
	const asked = new Map<string, number>();
	let started = 0;
	return (request: HttpRequest) => {
		if (request.method === 'POST') return answer({ number: `T${++started}` });
		const number = request.url.slice(`${BASE}/transactions/`.length);
		asked.set(number, (asked.get(number) ?? 0) + 1);
		return say(number, asked.get(number)!);
	};
}
const state = (word: string) => answer({ state: word });
const running = () => service(() => state('RUNNING'));
const inProgress = (row: number) => ({
	key: `P${row - 1}`,
	status: 'inProgress',
	vendor: { number: `T${row}` },
	row,
});

describe('A transaction', () => {
	it('is asked about less and less often, and no longer than the user waits', async () => {
		const { outcomes, port } = await run(endpoints, 'post', named(1), running(), {
			transactionWaitMs: 100_000,
		});
		expect(port.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 9_000]);
		expect(outcomes).toStrictEqual([inProgress(1)]);
	});

	it('is not waited for once it has ended', async () => {
		const { outcomes, port } = await run(
			endpoints,
			'post',
			named(2),
			service((number, asked) => state(asked < Number(number[1]) ? 'RUNNING' : 'PASS')),
		);
		expect(port.sleeps).toEqual([1_000, 2_000]);
		// The first is not asked about a second time.
		expect(port.requests.filter(({ method }) => method === 'GET')).toHaveLength(3);
		expect(outcomes).toStrictEqual([
			{ key: 'P0', status: 'saved', vendor: { number: 'T1', state: 'PASS' }, row: 1 },
			{ key: 'P1', status: 'saved', vendor: { number: 'T2', state: 'PASS' }, row: 2 },
		]);
	});

	it('is told as in progress at once when the user does not wait', async () => {
		const toldBefore: number[] = [];
		const told: unknown[] = [];
		const started = running();
		const { port } = await run(
			endpoints,
			'post',
			named(3),
			(request, n) => {
				toldBefore.push(told.length);
				return started(request, n);
			},
			{ transactionWaitMs: 0, emit: (outcome) => void told.push(outcome) },
		);
		expect(toldBefore).toEqual([0, 1, 2]);
		expect(told).toMatchObject([1, 2, 3].map((row) => ({ status: 'inProgress', row })));
		expect(port.sleeps).toEqual([]);
	});

	it('that failed says so by the word of the service', async () => {
		const { outcomes } = await run(
			endpoints,
			'post',
			[{ name: 'x' }],
			service(() => state('FAIL')),
		);
		expect(outcomes).toStrictEqual([
			{
				key: null,
				status: 'failed',
				errors: [
					{
						code: 'REFUSED',
						message:
							'The service ended the transaction with "FAIL" and gives no reason. Check the values of the row.',
					},
				],
				vendor: { number: 'T1', state: 'FAIL' },
				row: 1,
			},
		]);
	});

	it('whose question fails is asked about again at once', async () => {
		const { statuses, port } = await run(
			endpoints,
			'post',
			named(1),
			service((_, asked) => (asked === 1 ? new TransportFault('cut', 'Gone.') : state('PASS'))),
		);
		expect(statuses).toEqual(['saved']);
		// The pause of a retry, not that until the next question.
		expect(port.sleeps).toEqual([1_000, 375]);
	});

	it('of a service that is down is asked about no more after three, and nobody waits for it', async () => {
		const { outcomes, port } = await run(
			endpoints,
			'post',
			named(4),
			service(() => answer('', 503)),
		);
		expect(outcomes).toStrictEqual([1, 2, 3, 4].map(inProgress));
		const asked = port.requests.filter(({ method }) => method === 'GET').map(({ url }) => url);
		expect(new Set(asked).size).toBe(3);
		expect(port.sleeps.filter((ms) => ms >= 1_000 && ms % 1_000 === 0)).toEqual([
			1_000, 3_000, 3_000, 3_000,
		]);
	});

	it('without a key is told as well', async () => {
		const { outcomes } = await run(endpoints, 'post', [{ name: 'x' }], running());
		expect(outcomes).toStrictEqual([{ ...inProgress(1), key: null }]);
	});
});

describe('The relations of a record that is made by a transaction', () => {
	const rows = [{ id: 'A', team: 'T9' }, { id: 'B' }];

	it('are sent once it has ended, and each row has one outcome', async () => {
		const { outcomes, port } = await run(
			endpoints,
			'post',
			rows,
			service(() => state('PASS')),
		);
		const sent = port.requests.filter(({ method }) => method === 'POST');
		expect(sent.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
			{ id: 'A' },
			{ id: 'B' },
			{ id: 'A', team: 'T9' },
		]);
		expect(outcomes).toMatchObject([
			{ key: 'A', status: 'saved' },
			{ key: 'B', status: 'saved' },
		]);
	});

	it('are not sent while it goes on, which is said', async () => {
		const { outcomes, port } = await run(endpoints, 'post', rows, running(), {
			transactionWaitMs: 10_000,
		});
		expect(port.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
		expect(outcomes).toMatchObject([
			{ key: 'A', status: 'inProgress', errors: [{ code: 'RELATION_FAILED', field: 'Team' }] },
			{ key: 'B', status: 'inProgress' },
		]);
	});
});

describe('The relations of a record whose answer was lost', () => {
	const lost = {
		post: single({ seenBy: 'get' }),
		get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
	};

	it('are sent once it was seen', async () => {
		let posts = 0;
		const { outcomes, port } = await run(
			lost,
			'post',
			[{ id: 'A', name: 'x', team: 'T9' }],
			(request) => {
				if (request.method === 'GET') return answer({ id: 'A', name: 'x' });
				if (++posts === 1) throw new TransportFault('cut', 'The connection was lost.');
				return answer({});
			},
		);
		const sent = port.requests.filter(({ method }) => method === 'POST');
		expect(sent.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
			{ id: 'A', name: 'x' },
			{ id: 'A', team: 'T9' },
		]);
		expect(outcomes).toMatchObject([{ key: 'A', status: 'saved' }]);
	});
});
