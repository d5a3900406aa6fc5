import { itemsOf, runAcme, type Asked } from './acmeNode';

/** The sample vendor's candidates: records as JSON:API keeps them. */

const resource = 'candidate';
const shown = (id: string, email: string, more: object = {}) => ({
	type: 'candidates',
	id,
	attributes: { email, ...more },
});
const lost = { status: 503, body: { errors: [{ detail: 'Oops' }] } };

describe('A record that is sent', () => {
	const save = (...rows: Array<Record<string, unknown>>) =>
		runAcme('bulkSave', {
			resource,
			items: itemsOf(...(rows as never[])),
			service: () => ({ status: 200, body: { data: { id: 'C9' } } }),
		});

	it('carries what is always the same beside its attributes and relationships', async () => {
		const { asked } = await save({ mail: 'ada@example.com', firstName: 'Ada' });
		expect(asked).toMatchObject([
			{
				line: 'POST /candidates',
				body: {
					data: {
						type: 'candidates',
						attributes: { email: 'ada@example.com', 'first-name': 'Ada', merge: true },
					},
				},
			},
		]);
	});

	it("may be given as the vendor's own record, with what is always the same in it", async () => {
		const { asked, json } = await save({
			type: 'candidates',
			attributes: { email: 'ada@example.com', merge: false },
		});
		expect(json).toMatchObject([{ status: 'saved' }]);
		expect((asked[0].body as { data: object }).data).toEqual({
			type: 'candidates',
			attributes: { email: 'ada@example.com', merge: true },
		});
	});

	it('carries its ID where it is changed, and none where it is made', async () => {
		const { asked } = await save({ id: 'C1', firstName: 'Ada' }, { mail: 'bea@example.com' });
		expect(asked.map(({ line, body }) => [line, (body as { data: object }).data])).toEqual([
			[
				'PATCH /candidates/C1',
				{ type: 'candidates', id: 'C1', attributes: { 'first-name': 'Ada' } },
			],
			[
				'POST /candidates',
				{ type: 'candidates', attributes: { email: 'bea@example.com', merge: true } },
			],
		]);
	});

	it('has its relation in a second request, at its place and with its key', async () => {
		const { lines, asked, json } = await save({ id: 'C1', firstName: 'Ada', departmentId: 'D1' });
		expect(json).toMatchObject([{ status: 'saved', key: 'C1' }]);
		expect(lines).toEqual(['PATCH /candidates/C1', 'PATCH /candidates/C1']);
		expect(asked[1].body).toEqual({
			data: {
				type: 'candidates',
				id: 'C1',
				relationships: { department: { data: { type: 'departments', id: 'D1' } } },
			},
		});
	});

	it('keeps the rules of a new record only where it is new, and a value may do instead', async () => {
		const { json, lines } = await save(
			{ firstName: 'Ada' },
			{ firstName: 'Bea', sourced: false },
			{ firstName: 'Cho', sourced: true },
			{ id: 'C1', firstName: 'Dee' },
		);
		expect(json.map(({ status }) => status)).toEqual(['failed', 'failed', 'saved', 'saved']);
		expect(json[0]).toMatchObject({
			errors: [
				{
					code: 'RULE',
					message: '"Candidate Email" or "Sourced" = true is needed. Add a value for one of them.',
				},
			],
		});
		expect(lines).toEqual(['POST /candidates', 'PATCH /candidates/C1']);
	});
});

describe('A record that is found by an attribute', () => {
	const remove = (email: string, list: (asked: Asked, n: number) => object) =>
		runAcme('delete', {
			resource,
			items: [{ json: {} }],
			parameters: { mail: email },
			service: (asked, n) =>
				asked.line.startsWith('GET') ? { status: 200, body: list(asked, n) } : { status: 204 },
		});

	it('is asked for by the filter and removed by its ID', async () => {
		const { lines, json } = await remove('ada@example.com', () => ({
			data: [shown('C7', 'ada@example.com')],
			links: {},
		}));
		expect(lines).toEqual([
			'GET /candidates?filter%5Bemail%5D=ada%40example.com&page%5Bsize%5D=30',
			'DELETE /candidates/C7',
		]);
		expect(json).toMatchObject([{ status: 'saved', key: 'C7' }]);
	});

	it('is not removed when the filter was ignored and others are listed', async () => {
		const { lines, json } = await remove('ada@example.com', () => ({
			data: [shown('C7', 'bea@example.com')],
			links: {},
		}));
		expect(lines).toHaveLength(1);
		expect(json).toMatchObject([{ status: 'failed', errors: [{ code: 'NOT_FOUND' }] }]);
	});

	it('is looked for on every page the service links to, and never elsewhere', async () => {
		const { lines } = await remove('ada@example.com', (_, n) =>
			n === 1
				? { data: [shown('C1', 'bea@example.com')], links: { next: '/candidates?page=2' } }
				: { data: [shown('C7', 'ada@example.com')], links: {} },
		);
		expect(lines).toEqual([
			expect.stringMatching(/^GET .*page%5Bsize%5D=30$/),
			'GET /candidates?page=2',
			'DELETE /candidates/C7',
		]);
		const strayed = remove('ada@example.com', () => ({
			data: [],
			links: { next: 'https://elsewhere.example/candidates?key=s3cret' },
		}));
		// Another host is a wrong set-up, and of the link no more is told than the host.
		await expect(strayed).rejects.toThrow(
			'The service continues the list at elsewhere.example, which is not followed because your key would go there. Check the base URL in the credential.',
		);
	});
});

describe('A record whose answer was lost', () => {
	const save = (list: object[]) =>
		runAcme('bulkSave', {
			resource,
			items: itemsOf({ mail: 'ada@example.com', firstName: 'Ada' }),
			service: ({ line }) =>
				line.startsWith('GET') ? { status: 200, body: { data: list, links: {} } } : lost,
		});

	it('is saved when the list shows it as the row says', async () => {
		const { json, lines } = await save([shown('C7', 'ada@example.com', { 'first-name': 'Ada' })]);
		expect(json).toMatchObject([{ status: 'saved' }]);
		expect(lines.filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});

	it.each([
		['shows another content', [shown('C7', 'ada@example.com', { 'first-name': 'Bea' })]],
		['shows nobody', []],
		['shows two', [shown('C7', 'ada@example.com'), shown('C8', 'ada@example.com')]],
	])('stays unknown when the list %s', async (_, list) => {
		const { json } = await save(list);
		expect(json).toMatchObject([{ status: 'unknown' }]);
	});
});

it('a list goes on where the service links to, page after page', async () => {
	const { json, lines } = await runAcme('getAll', {
		resource,
		parameters: { returnAll: true },
		service: (_, n) => ({
			status: 200,
			body: {
				data: [shown(`C${n}`, `p${n}@example.com`)],
				links: n < 3 ? { next: `/candidates?page=${n + 1}` } : { next: null },
				meta: { 'record-count': 3 },
			},
		}),
	});
	expect(json.map(({ id }) => id)).toEqual(['C1', 'C2', 'C3']);
	expect(lines.slice(1)).toEqual(['GET /candidates?page=2', 'GET /candidates?page=3']);
});
