import { inlineFile } from '../../support/fakeContext';
import { itemsOf, runAcme, savesAll } from './acmeNode';

const ok = () => ({ status: 200, body: {} });
const person = { externalId: 'E1', email: 'ann@acme.example' };

describe('A node', () => {
	it('without items asks nobody', async () => {
		const { output, asked } = await runAcme('getAll', { items: [], service: ok });
		expect([output, asked]).toEqual([[], []]);
	});

	it('names an operation that does not exist, and what to do', async () => {
		const gone = { service: ok, resource: 'animal' };
		const words =
			'The operation "feed" of "animal" does not exist. Open the node and choose one from the list.';
		await expect(runAcme('feed', gone)).rejects.toThrow(words);
		await expect(runAcme('feed', { service: ok })).rejects.toThrow('"feed" of "person"');
		const { output } = await runAcme('feed', {
			...gone,
			items: itemsOf({}, {}),
			onError: 'continueErrorOutput',
		});
		expect(output).toEqual([
			{ json: { error: { message: words } }, pairedItem: { item: 0 } },
			{ json: { error: { message: words } }, pairedItem: { item: 1 } },
		]);
	});

	it('refuses a credential without a web address before it sends anything', async () => {
		for (const [baseUrl, words] of [
			['', 'The base URL in the credential is empty.'],
			['acme', 'It must look like https://example.com.'],
		])
			await expect(
				runAcme('getAll', { service: ok, credential: { baseUrl, apiKey: 'k' } }),
			).rejects.toThrow(words);
	});

	it.each([
		['default', 'acmeApi'],
		['bearer', 'acmeBearerApi'],
		// A way to sign in that a later version took away.
		['password', 'acmeApi'],
	])('signs in with the credential chosen by "%s"', async (authentication, credential) => {
		const { credentials } = await runAcme('getAll', {
			service: () => ({ status: 200, body: { data: [] } }),
			parameters: { authentication },
		});
		expect([...credentials]).toEqual([credential]);
	});

	it('stops in any error mode when the user stops it', async () => {
		const stop = new AbortController();
		const { signal } = stop;
		const stopping = runAcme('getAll', {
			onError: 'continueRegularOutput',
			signal,
			service: () => {
				stop.abort();
				return { status: 200, body: { data: [] } };
			},
			items: itemsOf({}, {}),
		});
		await expect(stopping).rejects.toThrow('The run was stopped.');
	});
});

describe('A one-time token', () => {
	it('is handed over with each request, and blanked out of what the service says', async () => {
		const { asked, json } = await runAcme('getAll', {
			token: { status: 200, body: { token: 'once-only-7' } },
			service: () => ({ status: 400, body: { message: 'Bad once-only-7, open-sesame' } }),
			onError: 'continueRegularOutput',
		});
		expect(asked[0].headers).toMatchObject({ 'X-Acme-Token': 'once-only-7' });
		expect(JSON.stringify(json)).toMatch(/Bad /);
		expect(JSON.stringify(json)).not.toMatch(/once-only-7|open-sesame/);
	});

	it.each([
		['is missing from the answer', { status: 200, body: {} }],
		['is not in an answer of JSON', { status: 200, body: 'Welcome' }],
		['is empty', { status: 200, body: { token: '' } }],
		['is refused', { status: 403, body: { message: 'No token for you' } }],
	])('that %s ends the run, and the request itself does not leave', async (_, token) => {
		let left = 0;
		const service = () => {
			left++;
			return { status: 200, body: { data: [] } };
		};
		await expect(runAcme('getAll', { token, service })).rejects.toThrow(/credential/);
		expect(left).toBe(0);
	});

	it('that does not come leaves no doubt about the write', async () => {
		const { asked, json } = await runAcme('bulkSave', {
			token: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
			items: itemsOf(person),
			// Not to be waited for.
			parameters: { options: { maxWaitSeconds: 0 } },
			onError: 'continueRegularOutput',
			service: savesAll,
		});
		expect(asked).toEqual([]);
		expect(json).toEqual([
			{ error: { message: expect.stringContaining('ended before the answer was complete') } },
		]);
	});
});

describe('As a tool of an agent', () => {
	const tool = 'n8n-nodes-talent.acmeTool';
	const people = (count: number) =>
		itemsOf(...Array.from({ length: count }, (_, n) => ({ ...person, externalId: `E${n}` })));

	it('says so where its parameters leave the agent nothing to fill in', async () => {
		const columns = { mappingMode: 'autoMapInputData', value: null };
		const call = { type: tool, items: itemsOf({}), service: savesAll };
		await expect(runAcme('bulkSave', { ...call, parameters: { columns } })).rejects.toThrow(
			'The agent has nothing to fill in',
		);
		const filled = { ...call, items: people(1), parameters: { columns } };
		expect((await runAcme('bulkSave', filled)).json).toMatchObject([{ status: 'saved' }]);
	});

	it('writes no more records than allowed, whichever way n8n says that it is one', async () => {
		const service = savesAll;
		const words = 'An agent may write 2 records in one run of the workflow, this would be 3.';
		const parameters = { options: { toolMaxRows: 2 } };
		await expect(
			runAcme('bulkSave', { type: tool, items: people(3), parameters, service }),
		).rejects.toThrow(words);
		const change = (context: object) =>
			void Object.assign(context, { isToolExecution: () => true });
		await expect(
			runAcme('bulkSave', { change, items: people(3), parameters, service }),
		).rejects.toThrow(words);
		const { json } = await runAcme('bulkSave', {
			type: tool,
			items: people(2),
			parameters,
			service,
		});
		expect(json).toMatchObject([{ status: 'saved' }, { status: 'saved' }]);
	});

	describe('that calls it again in the same execution, as n8n makes it: with one item each time,', () => {
		const [saves, refuses] = [
			savesAll,
			() => ({ status: 422, body: { message: 'No such person' } }),
		];
		const calls = () => {
			const { signal } = new AbortController();
			return async (more: Partial<Parameters<typeof runAcme>[1]> = {}) => {
				const { json } = await runAcme('bulkSave', {
					type: tool,
					signal,
					items: people(1),
					parameters: { options: { toolMaxRows: 2 } },
					service: saves,
					...more,
				});
				return json[0].status;
			};
		};
		const refusal = 'An agent may write 2 records in one run of the workflow, this would be 3.';

		it('writes no more than that in all', async () => {
			const call = calls();
			expect([await call(), await call()]).toEqual(['saved', 'saved']);
			await expect(call()).rejects.toThrow(refusal);
			// Another execution begins anew.
			expect(await calls()()).toBe('saved');
		});

		it('may try again what failed', async () => {
			const call = calls();
			expect([await call({ service: refuses }), await call()]).toEqual(['failed', 'saved']);
			expect(await call()).toBe('saved');
			await expect(call()).rejects.toThrow(refusal);
		});

		it('may check as much as it likes', async () => {
			const call = calls();
			const parameters = { options: { toolMaxRows: 2, validateOnly: true } };
			for (const _ of [1, 2, 3]) expect(await call({ parameters })).toMatch(/^would/);
			const items = itemsOf({ ...person, externalId: '' });
			expect(await call({ parameters, items })).toBe('failed');
			expect([await call(), await call()]).toEqual(['saved', 'saved']);
			await expect(call()).rejects.toThrow(refusal);
		});

		it('gets nothing for a call that n8n repeats and that fails each time', async () => {
			const call = calls();
			const items = people(1);
			for (const _ of [1, 2, 3]) expect(await call({ items, service: refuses })).toBe('failed');
			expect([await call(), await call()]).toEqual(['saved', 'saved']);
			await expect(call()).rejects.toThrow(refusal);
		});

		it('is charged for what may be saved', async () => {
			const call = calls();
			const lost = () => ({ status: 503 });
			const parameters = { technicalOptions: { toolMaxRows: 2, maxWaitSeconds: 0 } };
			expect(await call({ parameters, service: lost })).toBe('unknown');
			expect(await call()).toBe('saved');
			await expect(call()).rejects.toThrow(refusal);
		});

		it('is not charged for a call whose set-up is wrong', async () => {
			const call = calls();
			const wrong = () => ({ status: 403 });
			for (const _ of [1, 2, 3])
				await expect(call({ service: wrong })).rejects.toThrow('permission');
			expect([await call(), await call()]).toEqual(['saved', 'saved']);
		});

		it('counts by workflow and hour where n8n gives no execution to count by', async () => {
			const [first, other] = [calls(), calls()];
			const bare = { signal: undefined, workflow: 'MCP' };
			expect([await first(bare), await other(bare)]).toEqual(['saved', 'saved']);
			await expect(first(bare)).rejects.toThrow(refusal);
			expect(await first({ ...bare, workflow: 'Another' })).toBe('saved');
			const now = Date.now();
			const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 3_600_001);
			try {
				expect(await first(bare)).toBe('saved');
			} finally {
				clock.mockRestore();
			}
		});

		it('is not charged twice for a call that n8n repeats', async () => {
			const call = calls();
			const items = people(1);
			for (const _ of [1, 2, 3]) expect(await call({ items })).toBe('saved');
			expect(await call()).toBe('saved');
			await expect(call()).rejects.toThrow(refusal);
		});
	});

	it('imports no file until that is allowed', async () => {
		await expect(runAcme('import', { type: tool, service: savesAll })).rejects.toThrow(
			'An agent may not import a file.',
		);
	});

	it('imports no more rows of a file than that, and sends none of it otherwise', async () => {
		const lines = [1, 2, 3].map((n) => `E${n},Ann,Lee,ann@acme.example`);
		const csv = ['External ID,First Name,Last Name,Email', ...lines].join('\n');
		const sent: string[] = [];
		const one = async (toolMaxRows: number) =>
			await runAcme('import', {
				type: tool,
				items: [{ json: {}, binary: { data: inlineFile(csv, 'people.csv') } }],
				parameters: { technicalOptions: { toolMaxRows } },
				service: (asked, n) => {
					sent.push(asked.line);
					return savesAll(asked, n);
				},
			});
		await expect(one(2)).rejects.toThrow('An agent may write 2 records');
		expect(sent).toEqual([]);
		expect((await one(3)).json).toHaveLength(3);
	});

	describe('that changes something outside of records', () => {
		const calls = (operation: string, parameters: object, service = () => ({ status: 200 })) => {
			const { signal } = new AbortController();
			return async (more: object = {}) => {
				const { asked } = await runAcme(operation, {
					...{ type: tool, signal, service },
					parameters: { ...parameters, ...more },
				});
				return asked.length;
			};
		};
		const invite = { personId: '7', days: 3 };
		const two = { technicalOptions: { toolMaxRows: 2 } };

		it.each([
			['a call', 'invite', invite],
			['a request of its own', 'request', { method: 'POST', path: '/x' }],
		])('makes no more requests than allowed: %s', async (_, operation, parameters) => {
			const call = calls(operation, parameters);
			expect([await call(two), await call(two)]).toEqual([1, 1]);
			await expect(call(two)).rejects.toThrow('An agent may write 2 records');
			// Twenty unless the user says otherwise.
			const usual = calls(operation, parameters);
			for (let n = 0; n < 20; n++) await usual();
			await expect(usual()).rejects.toThrow('An agent may write 20 records');
		});

		it('removes one unless allowed more, whatever it has written', async () => {
			const call = calls('request', { path: '/x' });
			await call({ method: 'POST' });
			await call({ method: 'DELETE' });
			await expect(call({ method: 'DELETE' })).rejects.toThrow('An agent may write 1 record');
			await call({ method: 'GET' });
		});

		it('may try again what was refused, but not what may have been done', async () => {
			let status = 422;
			const call = calls('invite', invite, () => ({ status }));
			for (const _ of [1, 2, 3]) await expect(call(two)).rejects.toThrow('HTTP status 422');
			status = 503;
			for (const _ of [1, 2]) await expect(call(two)).rejects.toThrow('It may have been done');
			await expect(call(two)).rejects.toThrow('An agent may write 2 records');
		});
	});

	it('removes one record at a time', async () => {
		const removing = runAcme('replace', { type: tool, items: people(2), service: savesAll });
		await expect(removing).rejects.toThrow(
			'An agent may write 1 record in one run of the workflow, this would be 2.',
		);
	});
});

it('asks for the number of records before it removes many', async () => {
	const items = itemsOf(
		...Array.from({ length: 11 }, (_, n) => ({
			externalId: `E${n}`,
			firstName: 'Ann',
			lastName: 'Lee',
			email: 'ann@acme.example',
		})),
	);
	const service = () => ({ status: 200, body: { status: 'ok' } });
	await expect(
		runAcme('replace', { items, service, parameters: { options: { confirmDeleteCount: 10 } } }),
	).rejects.toThrow('add "Confirm Delete Count" under "Options" and enter 11 there');
	const { json } = await runAcme('replace', {
		items,
		service,
		parameters: { options: { confirmDeleteCount: 11 } },
	});
	expect(json.map(({ status }) => status)).toEqual(Array(11).fill('saved'));
});

describe('What the node fails with', () => {
	const answering = (status: number) => ({ service: () => ({ status, body: { message: 'No.' } }) });

	it.each([401, 403, 400, 503])(
		'tells an answer of the service by its status: %i',
		async (status) => {
			await expect(
				runAcme('getAll', { ...answering(status), parameters: { options: { maxWaitSeconds: 0 } } }),
			).rejects.toMatchObject({
				name: 'NodeApiError',
				httpCode: String(status),
				message: expect.stringMatching(/^No\./),
			});
		},
	);

	it('is the set-up where nobody has answered', async () => {
		await expect(runAcme('no such thing', answering(200))).rejects.toMatchObject({
			name: 'NodeOperationError',
		});
	});
});

it('sends the headers that the definition states with every request', async () => {
	const { asked } = await runAcme('getAll', {
		service: () => ({ status: 200, body: { data: [] } }),
	});
	expect(asked[0].headers).toMatchObject({ 'x-acme-version': '2026-01' });
});

it('gives the field that a refusal points at, with the words for it', async () => {
	const detail = 'Must be longer';
	const { json } = await runAcme('create', {
		items: itemsOf({ externalId: 'A1', firstName: 'Bo', lastName: 'Li', email: 'bo@acme.example' }),
		parameters: { tenant: 'T', columns: { mappingMode: 'autoMapInputData', value: null } },
		onError: 'continueRegularOutput',
		service: () => ({
			status: 422,
			body: { errors: [{ source: { pointer: '/name/last' }, detail }] },
		}),
	});
	expect(json[0]).toMatchObject({
		status: 'failed',
		errors: [{ code: 'REFUSED', message: detail, field: 'Last Name' }],
	});
});
