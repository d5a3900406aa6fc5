import { list, read, type Route } from '../../../nodes/shared/definition';
import { TransportFault, type HttpRequest } from '../../../nodes/shared/http';
import type { Outcome, Fingerprint, RunHistory } from '../../../nodes/shared/write';
import { answer } from '../../support/virtualPort';
import { FACT, many, named, reasons, run, sent, single, sourceOf, type Row } from './running';

const endpoints = {
	bulk: many(),
	put: single({ request: { method: 'PUT', path: '/people/{id}' }, repeatable: true }),
	post: single(),
	postTwo: many({ repeatable: false, max: 2, outcome: { by: 'status' } }),
	get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
	people: list({
		...FACT,
		request: { method: 'GET', path: '/people' },
		records: '',
		paging: { by: 'none' },
	}),
};

type State = 'saved' | 'open' | 'full' | undefined;

/** Remembers of each row, by its ID, what it is told to; notes all it is asked and told. */
class Memory implements RunHistory {
	readonly log: string[] = [];
	constructor(private readonly stateOf: (id: string) => State = () => undefined) {}

	fingerprintOf = (_key: unknown, content: unknown): Fingerprint => {
		const key = (content as [Row])[0].id as string;
		return { key, state: key };
	};
	pastStates = async (prints: readonly Fingerprint[]) => {
		this.log.push(`recall ${prints.length}`);
		return prints.map(({ key }) => this.stateOf(key));
	};
	sending = async (prints: readonly Fingerprint[]) =>
		void this.log.push(`sending ${prints.map(({ key }) => key).join()}`);
	ended = ({ key }: Fingerprint, status: Outcome['status']) =>
		void this.log.push(`${key} ${status}`);
	close = async () => void this.log.push('close');
}

const remembering = async (
	route: Route,
	rows: readonly Row[],
	memory: Memory,
	more: Parameters<typeof run>[4] = {},
	handler: Parameters<typeof run>[3] = (request) =>
		answer({ created: sent(request).length, updated: 0 }),
) => await run(endpoints, route, rows, handler, { ...more, history: memory });

describe('Rows that an earlier run saved', () => {
	it('are skipped, and the others are sent', async () => {
		const memory = new Memory((id) => (id === 'P1' ? 'saved' : undefined));
		const { outcomes, port } = await remembering('bulk', named(3), memory);
		expect(outcomes).toStrictEqual([
			{ key: 'P0', status: 'saved', action: 'created', row: 1 },
			{
				key: 'P1',
				status: 'skipped',
				errors: [
					{
						code: 'UNCHANGED',
						message: 'An earlier run saved this row, and it has not changed since.',
					},
				],
				row: 2,
			},
			{ key: 'P2', status: 'saved', action: 'created', row: 3 },
		]);
		expect(port.requests.map(sent)).toEqual([[named(3)[0], named(3)[2]]]);
		// What is known stays known: nothing is stored for the row that was skipped.
		expect(memory.log).toEqual(['recall 3', 'P0 saved', 'P2 saved', 'close']);
	});

	it('are known by all that is sent for them', async () => {
		const printed: unknown[] = [];
		const memory = new Memory();
		memory.fingerprintOf = (key, content) => {
			printed.push(key, content);
			return { key: 'A', state: 'A' };
		};
		const rows = [{ id: 'A', boss: { id: 'B' } }];
		const parameters = { tenant: 'T' };
		const source = sourceOf(rows, () => ({ parameters }));
		await remembering('bulk', [], memory, { source });
		expect(printed).toEqual([['A'], [{ id: 'A' }, { boss: { id: 'B' } }, parameters]]);
	});

	it.each([
		[1999, ['recall 1999']],
		[2000, ['recall 2000']],
		[2001, ['recall 2000', 'recall 1']],
		[0, []],
	])('are asked for in questions of at most 2000: %i', async (count, recalls) => {
		const memory = new Memory(() => 'saved');
		await remembering('bulk', named(count), memory);
		expect(memory.log).toEqual([...recalls, 'close']);
	});
});

describe('Rows that an earlier run sent without learning the end', () => {
	it('are not sent again where that could make a record twice', async () => {
		const memory = new Memory(() => 'open');
		const { outcomes, port } = await remembering('post', named(1), memory);
		expect(outcomes).toStrictEqual([
			{
				key: 'P0',
				status: 'unknown',
				errors: [
					{
						code: 'SENT_EARLIER',
						message:
							'An earlier run sent this row and ended before it knew whether the record was saved, so it is not sent again. Look it up in the service before you send it without "Skip Unchanged Rows".',
					},
				],
				row: 1,
			},
		]);
		expect(port.requests).toEqual([]);
		expect(memory.log).toEqual(['recall 1', 'P0 unknown', 'close']);
	});

	it('are sent again where it could not, and remembered as saved', async () => {
		const memory = new Memory(() => 'open');
		const { outcomes } = await remembering('put', named(1), memory);
		expect(reasons(outcomes)).toEqual(['saved']);
		expect(memory.log).toEqual(['recall 1', 'P0 saved', 'close']);
	});

	it.each<[string, Route, string]>([
		['both ends may be repeated', { lookup: 'get', found: 'put', missing: 'put' }, 'saved'],
		['one end may not', { lookup: 'get', found: 'put', missing: 'post' }, 'unknown SENT_EARLIER'],
		[
			'the other end may not',
			{ lookup: 'get', found: 'post', missing: 'put' },
			'unknown SENT_EARLIER',
		],
		['it is found first', { find: 'people', where: { id: 'id' }, take: {}, then: 'put' }, 'saved'],
		[
			'it is found first, for what may not be repeated',
			{ find: 'people', where: { id: 'id' }, take: {}, then: 'post' },
			'unknown SENT_EARLIER',
		],
		['it has the key', { withKey: 'put', withoutKey: 'post' }, 'saved'],
		[
			'it has the key for what may not',
			{ withKey: 'post', withoutKey: 'put' },
			'unknown SENT_EARLIER',
		],
	])('may be sent again: %s', async (_, route, reason) => {
		const { outcomes } = await remembering(
			route,
			named(1),
			new Memory(() => 'open'),
			{},
			({ url }) => answer(url.endsWith('/people') ? named(1) : {}),
		);
		expect(reasons(outcomes)).toEqual([reason]);
	});

	it('fail like others when the endpoint does not take them', async () => {
		const { outcomes } = await run(
			{ post: single({ request: { method: 'POST', path: '/{tenant}' } }) },
			'post',
			named(1),
			() => answer({}),
			{ history: new Memory(() => 'open') },
		);
		expect(reasons(outcomes)).toEqual(['failed MISSING_VALUE']);
	});
});

describe('When no more rows can be remembered', () => {
	it('those that must not be sent twice are not sent', async () => {
		const memory = new Memory(() => 'full');
		const { outcomes, port } = await remembering('post', named(1), memory);
		expect(outcomes).toStrictEqual([
			{
				key: 'P0',
				status: 'failed',
				errors: [
					{
						code: 'NOT_SENT',
						message:
							'Not sent: "Skip Unchanged Rows" cannot remember more rows, and this one must not be sent twice. Split the rows over several nodes, or choose to forget earlier runs.',
					},
				],
				row: 1,
			},
		]);
		expect(port.requests).toEqual([]);
		expect(memory.log).toEqual(['recall 1', 'close']);
	});

	it('the others are sent, and nothing is stored for them', async () => {
		const memory = new Memory(() => 'full');
		const { outcomes } = await remembering('bulk', named(2), memory);
		expect(reasons(outcomes)).toEqual(['saved', 'saved']);
		expect(memory.log).toEqual(['recall 2', 'close']);
	});

	it('those without a key are told, too', async () => {
		const memory = new Memory(() => 'full');
		memory.fingerprintOf = () => ({ key: 'x', state: 'x' });
		const { outcomes } = await remembering('post', [{ name: 'y' }], memory);
		expect(outcomes[0]).toMatchObject({ key: null, status: 'failed' });
	});
});

describe('What must not be repeated', () => {
	it('is stored before each attempt leaves, all rows of a request at once', async () => {
		const memory = new Memory();
		const notes = (request: HttpRequest, n: number) => {
			memory.log.push(`leaves ${sent(request).length}`);
			return n === 1 ? new TransportFault('notSent', 'Away.') : answer({});
		};
		await remembering('postTwo', named(3), memory, {}, notes);
		expect(memory.log).toEqual([
			'recall 3',
			'sending P0,P1',
			'leaves 2',
			'sending P0,P1',
			'leaves 2',
			'P0 saved',
			'P1 saved',
			'sending P2',
			'leaves 1',
			'P2 saved',
			'close',
		]);
	});

	it('is known not to have been sent when the set-up is wrong', async () => {
		const memory = new Memory();
		await expect(
			remembering('postTwo', named(2), memory, {}, () => answer('', 401)),
		).rejects.toMatchObject({ name: 'SetupFault' });
		expect(memory.log).toEqual(['recall 2', 'sending P0,P1', 'P0 failed', 'P1 failed', 'close']);
	});
});

describe('A dry run', () => {
	it('skips what is known, shows the rest whatever its state, and remembers nothing', async () => {
		const states: State[] = ['saved', 'open', 'full', undefined];
		const memory = new Memory((id) => states[Number(id[1])]);
		const { outcomes, port } = await remembering('post', named(4), memory, {
			validateOnly: true,
		});
		expect(reasons(outcomes)).toEqual(['skipped UNCHANGED', 'wouldSave', 'wouldSave', 'wouldSave']);
		expect(port.requests).toEqual([]);
		expect(memory.log).toEqual(['recall 4', 'close']);
	});
});
