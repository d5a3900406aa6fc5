import { read, type Route } from '../../../nodes/shared/definition';
import type { RunHistory, SourceRow } from '../../../nodes/shared/write';
import { answer, type Handler } from '../../support/virtualPort';
import { FACT, many, mapper, named, reasons, run, sent, single, sourceOf } from './running';

const endpoints = {
	bulk: many({ max: 2 }),
	post: single(),
	put: single({ request: { method: 'PUT', path: '/people/{id}' } }),
	seen: single({ seenBy: 'get' }),
	later: single({
		outcome: {
			by: 'transaction',
			id: 'number',
			poll: 'transaction',
			state: 'state',
			success: ['PASS'],

			failure: [],
		},
	}),
	get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
	transaction: read({ ...FACT, request: { method: 'GET', path: '/transactions/{number}' } }),
};
const takes: Handler = (request) => answer({ created: sent(request).length, updated: 0 });

const forgetful = (more: Partial<RunHistory>): RunHistory => ({
	fingerprintOf: (_key, content) => ({ key: JSON.stringify(content), state: '' }),
	pastStates: async (prints) => prints.map(() => undefined),
	sending: async () => undefined,
	ended: () => undefined,
	close: async () => undefined,
	...more,
});

/** Fails from the nth call on. */
const from = (nth: number, words = 'SQLITE_BUSY') => {
	let calls = 0;
	return async () => {
		if (++calls >= nth) throw new Error(words);
	};
};

describe('What nobody foresaw', () => {
	it('costs the one row in which it shows', async () => {
		const failing = {
			...mapper,
			map: (...[values, policy]: Parameters<typeof mapper.map>) => {
				if (values.id === 'P0') throw new Error('Oops');
				return mapper.map(values, policy);
			},
		};
		const { outcomes } = await run(endpoints, 'bulk', named(3), takes, { mapper: failing });
		expect(reasons(outcomes)).toEqual(['failed UNEXPECTED', 'saved', 'saved']);
		expect(outcomes[0].errors![0].message).toBe(
			'The node failed: Oops. Nothing was sent for this row.',
		);
	});

	it('is said at no length, and without the values of the row', async () => {
		const failing = {
			...mapper,
			map: () => {
				throw new Error(`Zebulon s3cret ${'x'.repeat(10_000)}`);
			},
		};
		const row = { id: 'A', name: 'Zebulon' };
		const { outcomes } = await run(endpoints, 'bulk', [row], takes, { mapper: failing });
		const [{ message }] = outcomes[0].errors!;
		expect(message).toMatch(/^The node failed: \*\*\* \*\*\* x+\. Nothing was sent/);
		expect(message.length).toBeLessThan(300);
	});

	it('in the middle of sending leaves rows in doubt, keeps the others and sends no more', async () => {
		const breaks: Handler = (request, n) => (n === 2 ? new Error('Oops') : takes(request, n));
		const { outcomes, port } = await run(endpoints, 'bulk', named(5), breaks);
		expect(reasons(outcomes)).toEqual([
			...['saved', 'saved', 'unknown UNEXPECTED', 'unknown UNEXPECTED', 'failed NOT_SENT'],
		]);
		expect(port.requests).toHaveLength(2);
	});

	it('in the first request hides no row that may be saved', async () => {
		const { outcomes } = await run(endpoints, 'bulk', named(2), () => new Error('Oops'));
		expect(reasons(outcomes)).toEqual(['unknown UNEXPECTED', 'unknown UNEXPECTED']);
	});

	it('in a busy database ends the run before anything is sent, and later no outcome', async () => {
		const recall = (nth: number) => {
			const fails = from(nth);
			return forgetful({
				pastStates: async (prints) => {
					await fails();
					return prints.map(() => undefined);
				},
			});
		};
		const rows = named(2001);
		await expect(run(endpoints, 'bulk', rows, takes, { history: recall(1) })).rejects.toThrow(
			'SQLITE_BUSY',
		);
		const { outcomes } = await run(endpoints, 'bulk', rows, takes, { history: recall(2) });
		expect(new Set(reasons(outcomes.slice(0, 2000)))).toEqual(new Set(['saved']));
		expect(outcomes[2000]).toMatchObject({
			errors: [{ code: 'NOT_SENT', message: expect.stringContaining('SQLITE_BUSY') }],
		});
	});

	it('before a request leaves means that its row was not sent', async () => {
		const history = forgetful({ sending: from(2) });
		const { outcomes, port } = await run(endpoints, 'post', named(3), takes, { history });
		expect(reasons(outcomes)).toEqual(['saved', 'failed NOT_SENT', 'failed NOT_SENT']);
		expect(port.requests).toHaveLength(1);
	});

	it('while a file is read again tells the rows that it did not give', async () => {
		let readings = 0;
		async function* source(): AsyncGenerator<SourceRow[]> {
			const reading = ++readings;
			for (const row of sourceOf(named(4))()) {
				if (reading === 2 && row.row === 4) throw new Error('EIO');
				yield [row];
			}
		}
		const { outcomes } = await run(endpoints, 'bulk', [], takes, { source, readFirst: true });
		expect(reasons(outcomes)).toEqual(['saved', 'saved', 'failed NOT_SENT', 'failed NOT_SENT']);
	});

	it.each<[string, Route, string]>([
		['before the row is looked up', { lookup: 'get', found: 'put', missing: 'post' }, 'failed'],
		['while a lost row is looked up', 'seen', 'unknown'],
		['while the end of a transaction is asked for', 'later', 'inProgress'],
	])('%s leaves that row as it is, and the others their outcome', async (_, route, status) => {
		const service: Handler = ({ method, url, body = '' }) => {
			if (method === 'GET') return url.endsWith('P1') ? new Error('Oops') : answer({}, 404);
			return body.includes('P1') && route === 'seen' ? answer({}, 500) : answer({ number: 'P1' });
		};
		const { statuses } = await run(endpoints, route, named(2), service);
		expect(statuses[1]).toBe(status);
		expect(statuses[0]).toBe(route === 'later' ? 'inProgress' : 'saved');
	});
});
