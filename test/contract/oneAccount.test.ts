import { startSandbox, type Sandbox } from '../sandbox';
import { itemsOf, person, WhozRun } from './whozRun';

/** Credentials whose fields hold expressions, which n8n works out for one item. */

// n8n-core starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ vendors: ['whoz'] });
});
afterEach(async () => await sandbox.close());

const save = async (
	apiVersion: string,
	versions: Array<string | undefined>,
	operation = 'bulkSave',
) => {
	const run = new WhozRun(sandbox, { apiVersion });
	const rows = versions.map((version, n) => person(`A${n}`, { version }));
	const { ok, error } = await run.run(operation, itemsOf(rows), { unknownFields: 'ignore' });
	return { statuses: ok?.map(({ status }) => status), error: error?.message };
};

it.each([
	['without expressions', 'V19', ['V19', 'V18', 'V17']],
	['with one that gives the same for all items', '={{ $json.version }}', ['V19', 'V19', 'V19']],
	['with one that does not look at the item', '={{ "V" + 19 }}', ['V19', 'V18', 'V17']],
])('a credential %s is one account', async (_, apiVersion, versions) => {
	expect(await save(apiVersion, versions)).toEqual({
		statuses: ['saved', 'saved', 'saved'],
		error: undefined,
	});
});

it.each([
	['in the last item', ['V19', 'V19', 'V18'], 3],
	['in the middle', ['V19', 'V18', 'V19'], 2],
	['where the first has nothing', [undefined, undefined, 'V19'], 3],
])('one that differs %s ends the run before anything is sent', async (_, versions, item) => {
	for (const operation of ['bulkSave', 'create']) {
		const { error } = await save('={{ $json.version }}', versions, operation);
		expect(error).toMatch(
			new RegExp(`for item ${item} they give something else .*One account per run: use a loop`),
		);
	}
	expect(sandbox.ledger.requests).toEqual([]);
});
