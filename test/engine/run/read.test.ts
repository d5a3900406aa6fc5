import { changed } from '../definition/examples';
import { itemsOf, runAcme, type Asked } from './acmeNode';

const listed = (count: number, more: object = {}) => ({
	status: 200,
	body: {
		data: Array.from({ length: count }, (_, n) => ({ externalId: `E${n}`, id: n, team: 'Red' })),
		...more,
	},
});

describe('Many records', () => {
	it('are told to be the first of more where a limit cuts them', async () => {
		const { json, lines, hints } = await runAcme('getAll', {
			parameters: { limit: 2 },
			service: () => listed(2, { meta: { total: 7 } }),
		});
		expect(json).toHaveLength(2);
		expect(lines).toHaveLength(1);
		expect(hints).toEqual(['The first 2 of 7 records, as the service counts them.']);
	});

	it('come with no word when they are all there are', async () => {
		const { json, hints } = await runAcme('getAll', {
			parameters: { returnAll: true },
			service: () => listed(2, { meta: { total: 2 } }),
		});
		expect(json).toHaveLength(2);
		expect(hints).toEqual([]);
	});

	it.each([
		['simplified unless asked otherwise', {}, { externalId: 'E0', id: 0 }],
		['as the service gives them', { simplify: false }, { externalId: 'E0', id: 0, team: 'Red' }],
		['with the chosen fields alone', { options: { outputFields: ['team'] } }, { team: 'Red' }],
	])('are shown %s', async (_, parameters, shown) => {
		const { json } = await runAcme('getAll', { parameters, service: () => listed(1) });
		expect(json).toEqual([shown]);
	});

	it('can each be read in full', async () => {
		const { json, lines } = await runAcme('getAll', {
			parameters: { simplify: false, options: { fullDetails: true } },
			service: ({ line }) =>
				line.startsWith('GET /people?')
					? listed(2)
					: { status: 200, body: { data: { full: line } } },
		});
		expect(lines.slice(1)).toEqual(['GET /people/0', 'GET /people/1']);
		expect(json).toEqual([{ full: 'GET /people/0' }, { full: 'GET /people/1' }]);
	});

	it('of one item that fails are an error of that item alone', async () => {
		const run = {
			items: itemsOf({}, {}),
			byItem: { filters: [{ minLevel: 'high' }, { minLevel: 3 }] },
			service: () => listed(1),
		};
		const { output } = await runAcme('getAll', { ...run, onError: 'continueRegularOutput' });
		expect(output).toMatchObject([
			{ json: { error: { message: expect.stringMatching(/^"Minimum Level" /) } } },
			{ json: { externalId: 'E0' }, pairedItem: { item: 1 } },
		]);
		await expect(runAcme('getAll', run)).rejects.toMatchObject({ context: { itemIndex: 0 } });
	});

	it.each([
		['true', 3],
		['FALSE', 2],
		[false, 2],
	])('are all where "Return All" comes out as %p, also from a text', async (returnAll, count) => {
		const { json } = await runAcme('getAll', {
			parameters: { returnAll: returnAll as boolean, limit: '2' },
			service: () => listed(3),
		});
		expect(json).toHaveLength(count);
	});

	it.each([[''], [null], ['sometimes'], [1]])(
		'are nobody where "Return All" comes out as %p',
		async (returnAll) => {
			const reading = runAcme('getAll', {
				parameters: { returnAll: returnAll as string },
				service: () => listed(3),
			});
			await expect(reading).rejects.toThrow('"Return All" is neither true nor false.');
		},
	);

	it('come with a warning when somebody may be missing', async () => {
		const { json, hints } = await runAcme('getAll', {
			parameters: { returnAll: true },
			service: (_, n) => listed(n === 1 ? 2 : 0, { meta: { total: 3 } }),
		});
		expect(json).toHaveLength(2);
		expect(hints).toEqual([expect.stringMatching(/^The list may not be complete\./)]);
	});

	it('end in words when the service gives no list', async () => {
		await expect(
			runAcme('getAll', { service: () => ({ status: 200, body: { data: 'none' } }) }),
		).rejects.toThrow('The service answered without a list of records.');
	});
});

describe('One record', () => {
	const cv = { data: Buffer.from('hello').toString('base64'), name: 'cv.txt', type: '' };
	const service = () => ({ status: 200, body: { data: { externalId: 'E1', cv } } });
	const parameters = { personId: '4711', simplify: false };

	it('gives its file as binary data, in the field the user names', async () => {
		const { output } = await runAcme('get', {
			parameters: { ...parameters, binaryPropertyName: 'resume' },
			service,
		});
		expect(output).toEqual([
			{
				json: { externalId: 'E1', cv: { name: 'cv.txt', type: '' } },
				binary: { resume: { data: cv.data, fileName: 'cv.txt', mimeType: undefined } },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('without a file has no binary data', async () => {
		const { output } = await runAcme('get', {
			parameters,
			service: () => ({ status: 200, body: { data: { externalId: 'E1', cv: { data: '' } } } }),
		});
		expect(output[0].binary).toBeUndefined();
	});

	it('is not asked for without its ID', async () => {
		const lost = runAcme('get', { parameters: { personId: ' ' }, service });
		await expect(lost).rejects.toThrow('"Person" is missing. Add a value.');
	});

	it('is not asked for by an ID that would lead elsewhere', async () => {
		const { json, asked } = await runAcme('get', {
			parameters: { personId: '..' },
			onError: 'continueRegularOutput',
			service,
		});
		expect(asked).toEqual([]);
		expect(json).toEqual([
			{ error: { message: '"Person" cannot be used in an address. Check it.' } },
		]);
	});

	it('that is whatever a plain endpoint answers is shown whole', async () => {
		const vendor = changed({
			'resources/0/endpoints/get/record': undefined,
			'resources/0/endpoints/get/file': undefined,
		});
		const { json } = await runAcme('get', { vendor, parameters, service });
		expect(json).toEqual([{ data: { externalId: 'E1', cv } }]);
	});
});

describe('A full profile', () => {
	const parameters = { personId: '7', simplify: false };
	const skills = [
		{ id: 1, person: { id: 7 } },
		{ id: 2, person: { id: 8 } },
		{ id: 3, person: null },
	];
	const service = ({ line }: { line: string }) =>
		line === 'POST /skills/list'
			? { status: 200, body: skills }
			: { status: 200, body: { data: { externalId: 'E7' } } };

	it("holds the record and its own entries, never another person's", async () => {
		const { json, asked } = await runAcme('fullProfile', { parameters, service });
		expect(asked[1].body).toEqual({ personId: '7' });
		expect(json).toEqual([{ externalId: 'E7', skills: [skills[0], skills[2]] }]);
	});

	it('fails rather than show entries that may be of anybody', async () => {
		const vendor = changed({ 'resources/0/operations/fullProfile/parts/0/unowned': undefined });
		await expect(runAcme('fullProfile', { vendor, parameters, service })).rejects.toThrow(
			'The service listed skills without saying whose they are',
		);
	});

	it('holds all entries where the service lists those of the person only', async () => {
		const vendor = changed({ 'resources/0/operations/fullProfile/parts/0/belongs': undefined });
		const { json } = await runAcme('fullProfile', { vendor, parameters, service });
		expect(json).toEqual([{ externalId: 'E7', skills }]);
	});
});

describe('A call', () => {
	const parameters = { personId: '7', days: 3 };

	it.each([
		['an object', { sent: true }, { sent: true }],
		['a list', ['a', 'b'], { answer: ['a', 'b'] }],
		['nothing', undefined, { answer: null }],
	])('shows an answer that is %s', async (_, body, shown) => {
		const { json, asked } = await runAcme('invite', {
			parameters,
			service: () => ({ status: 200, body }),
		});
		expect(asked).toMatchObject([{ line: 'POST /people/7/invite', body: { days: 3 } }]);
		expect(json).toEqual([shown]);
	});

	it('without values has no body', async () => {
		const vendor = changed({ 'resources/0/endpoints/invite/parameters/days': undefined });
		const { asked } = await runAcme('invite', {
			vendor,
			parameters,
			service: () => ({ status: 204 }),
		});
		expect(asked[0].body).toBeUndefined();
	});

	it('that may have been done is not sent twice, and says so', async () => {
		const service = () => ({ status: 500, body: { message: 'Oops' } });
		const { json, asked } = await runAcme('invite', {
			parameters,
			onError: 'continueRegularOutput',
			service,
		});
		expect(asked).toHaveLength(1);
		expect(json).toEqual([
			{
				error: {
					message:
						'Oops. It may have been done. Look it up in the service before running it again.',
				},
			},
		]);
	});

	it('that was refused says no more than that', async () => {
		const { json } = await runAcme('invite', {
			parameters,
			onError: 'continueRegularOutput',
			service: () => ({ status: 422, body: { message: 'Too many days.' } }),
		});
		expect(json).toEqual([
			{ error: { message: 'Too many days. Check the values and try again.' } },
		]);
	});
});

describe("A request of the user's own", () => {
	const echo = ({ line, body }: { line: string; body: unknown }) => ({
		status: 200,
		body: { line, body: body ?? 'none' },
	});

	it.each([
		[
			'a read has no body',
			{ path: ' /v2/Example ', query: { a: 1, b: 'x y' }, body: { c: 3 } },
			{ line: 'GET /v2/Example?a=1&b=x%20y', body: 'none' },
		],
		[
			'a body may be given as text',
			{ method: 'POST', path: '/v2/Example', body: '{"c": 3}' },
			{ line: 'POST /v2/Example', body: { c: 3 } },
		],
		[
			'an empty body is none',
			{ method: 'DELETE', path: '/v2/Example', query: ' ', body: '' },
			{ line: 'DELETE /v2/Example', body: 'none' },
		],
	])('goes to the host of the credential: %s', async (_, parameters, sent) => {
		const { json } = await runAcme('request', { parameters, service: echo });
		expect(json).toEqual([sent]);
	});

	it.each(['https://elsewhere.example/x', '//elsewhere.example/x', 'x', ''])(
		'never leaves for "%s"',
		async (path) => {
			const sending = runAcme('request', { parameters: { path }, service: echo });
			await expect(sending).rejects.toThrow('"Path" must begin with one slash');
		},
	);

	it.each([
		['a blank part of the address', { path: '=/v2/People/{{ $json.id }}' }, '/v2/People/'],
		['a blank part in the middle', { path: '=/v2/{{ $json.id }}/notes' }, '/v2//notes'],
		[
			'a blank filter in the address',
			{ path: '=/v2/People?name={{ $json.n }}&a=1' },
			'/v2/People?name=&a=1',
		],
	])('is not sent with %s that an expression left', async (_, __, path) => {
		const run = (byItem: object, parameters: object) =>
			runAcme('request', {
				parameters: { method: 'DELETE', ...parameters },
				byItem: byItem as never,
				service: echo,
			});
		await expect(run({ path: [path] }, {})).rejects.toThrow('"Path" has an empty place');
		// Written out by hand it is meant.
		expect((await run({}, { path })).asked).toHaveLength(1);
	});

	it.each([[''], [null], [[]]])('is not sent with the query value %j', async (blank) => {
		const sending = runAcme('request', {
			parameters: { path: '/x', query: { lastName: blank } },
			service: echo,
		});
		await expect(sending).rejects.toThrow(
			'"Query Parameters" holds nothing under "lastName", so nothing would be filtered by it.',
		);
	});

	it('is not sent with an object in its query', async () => {
		const sending = runAcme('request', {
			parameters: { path: '/x', query: { filter: { name: 'A' } } },
			service: echo,
		});
		await expect(sending).rejects.toThrow('holds an object under "filter"');
	});

	it.each([
		['query', '{"a":', '"Query Parameters" is not a JSON object.'],
		['query', 'null', '"Query Parameters" is not a JSON object.'],
		['body', '3', '"Body" is not a JSON object.'],
	])('is refused when its %s is %s', async (name, given, words) => {
		const sending = runAcme('request', {
			parameters: { method: 'POST', path: '/x', [name]: given },
			service: echo,
		});
		await expect(sending).rejects.toThrow(words);
	});

	it('that changes something is not sent twice when its answer is lost', async () => {
		const { asked } = await runAcme('request', {
			parameters: { method: 'POST', path: '/x' },
			onError: 'continueRegularOutput',
			service: () => ({ status: 503, body: {} }),
		});
		expect(asked).toHaveLength(1);
	});
});

describe('What changes something, where n8n tries the node again,', () => {
	const ways = [
		['a call', 'invite', { days: 3, personId: '7' }],
		['a POST of the user', 'request', { method: 'POST', path: '/x' }],
		['a DELETE of the user', 'request', { method: 'DELETE', path: '/x' }],
	] as const;
	/** Two tries of one run. `second` is what the service answers to the third item from then on. */
	const tryTwice = async (
		[operation, parameters]: readonly [string, object],
		first: { status: number; body?: object },
		onError?: 'continueRegularOutput',
	) => {
		const [run, items] = [{}, itemsOf({ n: 1 }, { n: 2 }, { n: 3 })];
		let n = 0;
		const answer = () => (++n === 3 ? first : { status: 200, body: { n } });
		const one = async () =>
			await runAcme(operation, {
				parameters: { options: { maxWaitSeconds: 0 }, ...parameters },
				items,
				run,
				retryOnFail: true,
				onError,
				service: answer,
			}).catch((error: Error & { description?: string }) => error);
		return [await one(), await one(), n] as const;
	};

	it.each(ways)('%s is not made again for items that are done', async (_, ...way) => {
		const [failed, second, requests] = await tryTwice(way, { status: 429 });
		expect(failed).toMatchObject({ description: expect.stringMatching(/^The 2 items before/) });
		expect(second).toMatchObject({ json: [{ n: 1 }, { n: 2 }, { n: 4 }] });
		expect(requests).toBe(4);
	});

	it.each(ways)('%s that may have been done is not made again', async (_, ...way) => {
		const [, second, requests] = await tryTwice(way, { status: 503 }, 'continueRegularOutput');
		const message = expect.stringContaining('It may have been done.');
		expect(second).toMatchObject({ json: [{ n: 1 }, { n: 2 }, { error: { message } }] });
		expect(requests).toBe(3);
	});

	it('a GET is', async () => {
		const get = ['request', { method: 'GET', path: '/x' }] as const;
		const [, , requests] = await tryTwice(get, { status: 404 });
		expect(requests).toBe(6);
	});
});

it('One item that fails unforeseen leaves the others their result', async () => {
	const run = {
		parameters: { days: 3 },
		byItem: { personId: ['7'] },
		items: itemsOf({}, {}),
		service: (_: Asked, n: number) => ({ status: 200, body: { n } }),
	};
	const { json } = await runAcme('invite', { ...run, onError: 'continueRegularOutput' });
	const message = '"Person" cannot be worked out for this item: No item 1 for personId';
	expect(json).toEqual([{ n: 1 }, { error: { message } }]);
	await expect(runAcme('invite', run)).rejects.toMatchObject({
		description: expect.stringMatching(/^The item before it was done\./),
	});
});
