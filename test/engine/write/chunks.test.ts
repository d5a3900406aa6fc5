import { TransportFault, type HttpRequest } from '../../../nodes/shared/http';
import { answer, type Handler } from '../../support/virtualPort';
import { LOCATED, many, named, reasons, run, sent, single, sizes } from './running';

const late = () => new TransportFault('timeout', 'Late');
const cut = () => new TransportFault('cut', 'The connection ended.');

/** Makes a record of everything it is sent. */
const makes = (request: HttpRequest) => answer({ created: sent(request).length, updated: 0 });

/** As the handlers in this order, then as the last for ever. */
const inOrder =
	(...handlers: Array<(request: HttpRequest) => ReturnType<Handler>>): Handler =>
	(request, n) =>
		handlers[Math.min(n, handlers.length) - 1](request);

describe('Requests of limited size', () => {
	const rows = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5].map((length, at) => ({
		id: `P${at}`,
		name: 'é'.repeat(length),
	}));

	it('are never larger, and never smaller than they have to be', async () => {
		for (let maxBytes = 60; maxBytes < 130; maxBytes++) {
			const bulk = many({ max: 100, maxBytes, wrap: 'data' });
			const { statuses, port } = await run({ bulk }, 'bulk', rows, makes);
			expect(statuses).toEqual(Array(rows.length).fill('saved'));
			port.requests.forEach(({ body }, at) => {
				expect(Buffer.byteLength(body!)).toBeLessThanOrEqual(maxBytes);
				const next = port.requests[at + 1];
				if (next === undefined) return;
				const more = Buffer.byteLength(JSON.stringify(sent(next)[0])) + 1;
				// One byte may stay free: a comma is counted for the last record, too.
				expect(Buffer.byteLength(body!) + more).toBeGreaterThanOrEqual(maxBytes);
			});
		}
	});

	it('take a row that fills one to the last byte, and no larger one', async () => {
		const row = { id: 'A', name: 'x'.repeat(300_000) };
		const maxBytes = Buffer.byteLength(JSON.stringify({ data: [row] }));
		const fits = await run({ bulk: many({ maxBytes, wrap: 'data' }) }, 'bulk', [row], makes);
		expect(fits.statuses).toEqual(['saved']);

		const bulk = many({ maxBytes: maxBytes - 1, wrap: 'data' });
		const nameless = { name: row.name + row.name };
		const { outcomes, port } = await run({ bulk }, 'bulk', [row, nameless], makes);
		const errors = [
			{
				code: 'TOO_LARGE',
				message:
					'The row is larger than the 0.3 MB that the service takes. Use a smaller file, or shorter texts.',
			},
		];
		expect(outcomes).toStrictEqual([
			{ key: 'A', status: 'failed', errors, row: 1 },
			{ key: null, status: 'failed', errors, row: 2 },
		]);
		expect(port.requests).toEqual([]);
	});

	it('hold as many rows as the user wants, and one where each item is a record', async () => {
		const endpoints = { bulk: many({ max: 4 }) };
		const of = async (more: object) =>
			sizes((await run(endpoints, 'bulk', named(6), makes, more)).port.requests);
		expect(await of({})).toEqual([4, 2]);
		expect(await of({ chunkSize: 3 })).toEqual([3, 3]);
		expect(await of({ chunkSize: 9 })).toEqual([4, 2]);
		expect(await of({ rows: 'one' })).toEqual([1, 1, 1, 1, 1, 1]);
	});
});

describe('A service that takes less than it says', () => {
	const upTo =
		(most: number, refuse: () => ReturnType<Handler>): Handler =>
		(request) =>
			sent(request).length > most ? refuse() : makes(request);

	it.each([
		['too large', () => answer('', 413)],
		['a time-out', late],
	])('is sent less from then on: %s', async (_, refuse) => {
		const { statuses, port } = await run(
			{ bulk: many({ max: 10 }) },
			'bulk',
			named(35),
			upTo(5, refuse),
		);
		expect(statuses).toEqual(Array(35).fill('saved'));
		expect(sizes(port.requests)).toEqual([10, 5, 5, 5, 5, 5, 5, 5]);
	});

	it('is sent less by the largest part it took, not by the smallest', async () => {
		const tooLarge: Handler = (request) =>
			sent(request).some(({ id }) => id === 'P5' || id === 'P2') ? answer('', 413) : makes(request);
		const { statuses, port } = await run(
			{ bulk: many({ max: 8 }) },
			'bulk',
			named(16),
			(request, n) => (n === 1 ? answer('', 413) : tooLarge(request, n)),
		);
		expect(statuses.filter((status) => status === 'failed')).toHaveLength(2);
		expect(sizes(port.requests)).toEqual([8, 4, 2, 2, 1, 1, 4, 2, 1, 1, 2, 2, 2, 2, 2]);
	});

	it('keeps its size where a part of it was taken whole', async () => {
		const tooLarge: Handler = (request) =>
			sent(request).some(({ id }) => id === 'P7') ? answer('', 413) : makes(request);
		const { statuses, port } = await run({ bulk: many({ max: 8 }) }, 'bulk', named(16), tooLarge);
		expect(statuses.filter((status) => status === 'failed')).toHaveLength(1);
		expect(sizes(port.requests)).toEqual([8, 4, 4, 2, 2, 1, 1, 4, 4]);
	});

	it('is still sent one row at a time when it took none', async () => {
		const { statuses, port } = await run({ bulk: many({ max: 2 }) }, 'bulk', named(4), (request) =>
			Number(String(sent(request)[0].id)[1]) < 2 ? answer('', 413) : makes(request),
		);
		expect(statuses).toEqual(['failed', 'failed', 'saved', 'saved']);
		expect(sizes(port.requests)).toEqual([2, 1, 1, 1, 1]);
	});

	it('is sent as much as before after it refused what a row says', async () => {
		const { outcomes, port } = await run({ bulk: many({ max: 4 }) }, 'bulk', named(8), (request) =>
			sent(request).some(({ id }) => id === 'P1') ? answer({ message: 'No' }, 422) : makes(request),
		);
		expect(reasons(outcomes)).toEqual(['saved', 'failed REFUSED', ...Array(6).fill('saved')]);
		expect(sizes(port.requests)).toEqual([4, 2, 1, 1, 2, 4]);
	});

	it('is not asked again where that could make a record twice', async () => {
		for (const [refuse, status] of [
			[() => answer('', 413), 'failed TOO_LARGE'],
			[() => answer('', 400), 'failed REFUSED'],
			[late, 'unknown TIMEOUT'],
		] as const) {
			const bulk = many({ repeatable: false });
			const { outcomes, port } = await run({ bulk }, 'bulk', named(2), refuse);
			expect(reasons(outcomes)).toEqual([status, status]);
			expect(port.requests).toHaveLength(1);
		}
	});

	it('is asked for a single row once more after a time-out', async () => {
		const { outcomes, sender } = await run(
			{ bulk: many() },
			'bulk',
			named(1),
			inOrder(late, makes),
		);
		expect(outcomes).toStrictEqual([{ key: 'P0', status: 'saved', row: 1 }]);
		expect(sender.traffic.retries).toBe(1);
	});
});

describe('What may be called created, and what is counted', () => {
	const actions = async (handler: Handler, more = {}, rows = named(2)) => {
		const { outcomes, totals } = await run({ bulk: many(more) }, 'bulk', rows, handler);
		return [...outcomes.map(({ action }) => action), totals];
	};

	it('is what a first answer says', async () => {
		expect(await actions(makes)).toEqual(['created', 'created', { created: 2, updated: 0 }]);
	});

	it('is what the parts of a refused request say, since nothing was done before', async () => {
		expect(
			await actions((request) => (sent(request).length > 1 ? answer('', 400) : makes(request))),
		).toEqual(['created', 'created', { created: 2, updated: 0 }]);
	});

	it('is nothing of the parts of a request that may have been applied', async () => {
		expect(
			await actions((request) => (sent(request).length > 1 ? late() : makes(request))),
		).toEqual([undefined, undefined, { created: 0, updated: 0 }]);
	});

	it('is nothing of an answer to a repetition', async () => {
		expect(await actions(inOrder(cut, makes))).toEqual([
			undefined,
			undefined,
			{ created: 0, updated: 0 },
		]);
	});

	it('is nothing but the first count where the answer had to be asked for again', async () => {
		const short = () => answer({ created: 1, updated: 0 });
		const full = () => answer({ created: 1, updated: 1 });
		expect(await actions(inOrder(short, full))).toEqual([
			undefined,
			undefined,
			{ created: 1, updated: 0 },
		]);
		expect(await actions(inOrder(short, makes))).toEqual([
			undefined,
			undefined,
			{ created: 1, updated: 0 },
		]);
	});

	it('is nothing of relations sent afterwards', async () => {
		const rows = [{ id: 'A', boss: { id: 'B' } }, { id: 'B' }];
		const { outcomes, totals } = await run({ bulk: many() }, 'bulk', rows, (request) =>
			request.body!.includes('boss') ? answer({ created: 0, updated: 1 }) : makes(request),
		);
		expect(outcomes.map(({ action }) => action)).toEqual(['created', 'created']);
		expect(totals).toEqual({ created: 2, updated: 0 });
	});

	it('stays doubtful when a repetition is cut smaller because others were too large meanwhile', async () => {
		let shrunk: () => void = () => undefined;
		const untilShrunk = new Promise<void>((resolve) => (shrunk = resolve));
		const answers = async (request: HttpRequest) => {
			const rows = sent(request);
			if (rows[0].id === 'P2' && rows.length === 2) {
				await untilShrunk;
				return answer({ created: 1, updated: 0 });
			}
			if (rows[0].id === 'P4' && rows.length === 2) return answer('', 413);
			// The last request before the size is known: its answer is judged in the turn between.
			if (rows[0].id === 'P5') setImmediate(() => setImmediate(shrunk));
			return makes(request);
		};
		const { outcomes, totals, port } = await run(
			{ bulk: many({ max: 2 }) },
			'bulk',
			named(6),
			answers,
			{ concurrency: 2 },
		);
		expect(sizes(port.requests)).toEqual([2, 2, 2, 1, 1, 1, 1]);
		expect(outcomes.map(({ status, action }) => [status, action])).toEqual([
			['saved', 'created'],
			['saved', 'created'],
			['saved', undefined],
			['saved', undefined],
			['saved', 'created'],
			['saved', 'created'],
		]);
		expect(totals).toEqual({ created: 2 + 1 + 2, updated: 0 });
	});
});

describe('Rows in doubt', () => {
	const AGAIN = 'The record may or may not have been saved. Sending it again is safe.';

	it('stay unknown when the run ends before their part was sent again', async () => {
		const { outcomes, port } = await run({ bulk: many({ max: 4 }) }, 'bulk', named(6), late);
		const unknown = (row: number) => ({
			key: `P${row - 1}`,
			status: 'unknown',
			errors: [{ code: 'TIMEOUT', message: `Late. ${AGAIN}` }],
			row,
		});
		const notSent = (row: number) => ({
			key: `P${row - 1}`,
			status: 'failed',
			errors: [
				{ code: 'NOT_SENT', message: 'Not sent, because an earlier request ended the run: Late' },
			],
			row,
		});
		expect(outcomes).toStrictEqual([...[1, 2, 3, 4].map(unknown), ...[5, 6].map(notSent)]);
		// Five attempts for each single row, until three had failed.
		expect(sizes(port.requests)).toEqual([4, 2, ...Array(10).fill(1), 2, ...Array(5).fill(1)]);
	});

	it('without a key are told as well when they are not sent', async () => {
		const rows = [{ id: 'A' }, { name: 'B' }];
		const { outcomes } = await run({ bulk: many({ max: 1 }) }, 'bulk', rows, () =>
			answer({ message: 'Slow' }, 429, { 'retry-after': '999' }),
		);
		expect(outcomes).toMatchObject([
			{ key: 'A', errors: [{ code: 'RATE_LIMITED' }] },
			{ key: null, errors: [{ code: 'NOT_SENT' }] },
		]);
	});

	it.each<[number, string]>([
		// That the content is invalid is true of the first time as well.
		[400, 'failed REFUSED'],
		[413, 'unknown TOO_LARGE'],
		[404, 'unknown NOT_FOUND'],
		[401, 'unknown AUTHENTICATION'],
	])('are settled by %i: %s', async (status, reason) => {
		const { outcomes } = await run({ bulk: many({ max: 2 }) }, 'bulk', named(2), (request) => {
			const rows = sent(request);
			if (rows.length > 1) return late();
			return rows[0].id === 'P1' ? answer('', status) : makes(request);
		});
		expect(reasons(outcomes)).toEqual(['saved', reason]);
	});

	it('are told what to do by what the endpoint allows', async () => {
		const again = await run({ bulk: many() }, 'bulk', named(1), cut);
		expect(again.outcomes).toStrictEqual([
			{
				key: 'P0',
				status: 'unknown',
				errors: [{ code: 'CONNECTION_LOST', message: `The connection ended. ${AGAIN}` }],
				row: 1,
			},
		]);
		const once = await run({ post: single() }, 'post', named(1), cut);
		expect(once.outcomes[0].errors).toStrictEqual([
			{
				code: 'CONNECTION_LOST',
				message:
					'The connection ended. The record may or may not have been saved. Look it up in the service before sending it again.',
			},
		]);
	});
});

describe('An empty answer', () => {
	const lost = [
		{
			code: 'UNREADABLE_ANSWER',
			message:
				'The service answered with something that is not JSON. The record may or may not have been saved. Look it up in the service before sending it again.',
		},
	];

	it.each([
		['errors point at rows', many({ repeatable: false, outcome: LOCATED })],
		[
			'the answer says what was done',
			single({
				outcome: { by: 'status', actionAt: { at: 'did', created: ['c'], updated: ['u'] } },
			}),
		],
	])('is none where %s', async (_, post) => {
		const { outcomes } = await run({ post }, 'post', named(1), () => answer(undefined));
		expect(outcomes).toMatchObject([{ status: 'unknown', errors: lost }]);
	});

	it('is enough where the status decides', async () => {
		const { outcomes } = await run({ post: single() }, 'post', named(1), () =>
			answer(undefined, 204),
		);
		expect(outcomes).toStrictEqual([{ key: 'P0', status: 'saved', row: 1 }]);
	});
});

describe('What a service says of a refused request', () => {
	it('shows nothing personal of any row in it, and no secret', async () => {
		const bulk = many({ repeatable: false });
		const { outcomes } = await run({ bulk }, 'bulk', named(3, 'Zebulon'), () =>
			answer({ message: 'Zebulon0 and zebulon2 know s3cret' }, 422),
		);
		for (const { errors } of outcomes)
			expect(errors).toEqual([
				{
					code: 'REFUSED',
					message: '*** and *** know ***. Check the values and try again.',
				},
			]);
	});

	it('shows nothing personal in what is told of later rows', async () => {
		const { outcomes } = await run({ post: single() }, 'post', named(3, 'Zebulon'), (_, n) =>
			n === 1 ? answer({}) : answer({ message: 'Zebulon1 knows s3cret' }, 403),
		);
		expect(outcomes[2].errors![0].message).toBe(
			'Not sent, because an earlier request ended the run: *** knows ***. The credential has no permission for this. Ask the administrator of your account for it.',
		);
	});

	it('ends the run in the same way when it comes first', async () => {
		await expect(
			run({ post: single() }, 'post', named(1, 'Zebulon'), () =>
				answer({ message: 'Zebulon0 knows s3cret' }, 403),
			),
		).rejects.toThrow(/^\*\*\* knows \*\*\*\. The credential/);
	});
});

describe('An address', () => {
	it.each([
		['id', 'ID', '/people/{id}', { name: 'x' }],
		['a value that is no field', 'tenant', '/{tenant}/people', { id: 'A' }],
	])('that lacks %s fails its row by name', async (_, label, path, row) => {
		const put = single({ request: { method: 'PUT', path } });
		const { outcomes, port } = await run({ put }, 'put', [row], () => answer({}));
		expect(outcomes).toStrictEqual([
			{
				key: (row as { id?: string }).id ?? null,
				status: 'failed',
				errors: [
					{
						code: 'MISSING_VALUE',
						message: `"${label}" is missing. Add a value, the address of the record needs it.`,
						field: label,
					},
				],
				row: 1,
			},
		]);
		expect(port.requests).toEqual([]);
	});
});

describe('A request refused for what some of its rows say', () => {
	const ROWS = 64;
	const refusing =
		(together: ReadonlyArray<string>): Handler =>
		(request) => {
			const ids = new Set(sent(request).map(({ id }) => id));
			return together.every((id) => ids.has(id)) ? answer({ message: 'No' }, 422) : makes(request);
		};
	const send = async (together: string[]) =>
		await run({ bulk: many({ max: ROWS }) }, 'bulk', named(ROWS), refusing(together));

	it('is not sent whole where the other half went through, wherever the bad row stands', async () => {
		let requests = 0;
		for (let at = 0; at < ROWS; at++) {
			const { outcomes, port } = await send([`P${at}`]);
			expect(outcomes.filter(({ status }) => status === 'failed')).toMatchObject([{ row: at + 1 }]);
			requests += port.requests.length;
		}
		// The request and, for each of the six halvings, one part or two, as chance has it; the last row always goes alone.
		expect(requests / ROWS).toBe(1 + 6 * 1.5 + 0.5);
	});

	it.each([
		['in both halves', ['P3', 'P40']],
		['in both parts of the second half', ['P33', 'P60']],
		['next to each other', ['P62', 'P63']],
	])('is saved in parts if rows are bad only together, %s', async (_, together) => {
		const { statuses } = await send(together);
		expect(statuses).toEqual(Array(ROWS).fill('saved'));
	});

	const CHUNK = 8;
	/** Rows in each request, in the order they left, where one row of the first chunk is refused. */
	const sizesUnder = async (status: number) => {
		const { port } = await run(
			{ bulk: many({ max: CHUNK }) },
			'bulk',
			named(5 * CHUNK),
			(request) =>
				sent(request).some(({ id }) => id === 'P0')
					? answer({ message: 'No' }, status)
					: makes(request),
			{ concurrency: 4 },
		);
		return port.requests.map((request) => sent(request).length);
	};

	it('does not keep other requests waiting until its bad rows are found', async () => {
		// The first half of the first chunk, and three more chunks.
		expect((await sizesUnder(422)).slice(0, 5)).toEqual([8, 4, 8, 8, 8]);
	});

	it('keeps them waiting if it was too large: they would be, too', async () => {
		expect((await sizesUnder(413)).slice(0, 5)).toEqual([8, 4, 2, 1, 1]);
	});
});
