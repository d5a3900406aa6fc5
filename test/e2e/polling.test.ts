import { setTimeout as sleep } from 'node:timers/promises';

import { watchesOf } from '../../nodes/shared/ui';
import type { Item, Workflow } from '../../scripts/lib/n8nClient';
import { testOf, wantedVendors } from './support/cases';
import { outputsOf, theN8n, triggerNode, workflowOf, type N8n, type Node } from './support/n8n';
import { sandbox } from './support/sandbox';
import { watched } from './support/watched';

/* Triggers that n8n polls by its own clock, while people do something at the vendor. */

const AFTER: Node = { name: 'After', type: 'n8n-nodes-base.noOp', parameters: {} };
/** Two polls: what comes twice has come by then. */
const TWO_POLLS_MS = 11_000;
const LONGEST_MS = 40_000;

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
	await sandbox.reset();
});
afterEach(() => sandbox.clearFaults());

type Saved = Workflow & { id: string };

async function save(name: string, trigger: Node): Promise<Saved> {
	return await n8n.client.saveWorkflow(workflowOf(name, [trigger, AFTER]));
}

/** All that a workflow has been started with. */
async function itemsOf(workflow: Saved): Promise<Item[]> {
	const items: Item[] = [];
	for (const id of (await n8n.client.executionsOf(workflow)).reverse()) {
		const { error, outputs } = outputsOf(await n8n.client.finished(id), AFTER.name);
		if (error !== undefined) throw new Error(error);
		items.push(...(outputs[0] ?? []));
	}
	return items;
}

/** Waits until there are so many items, or it is clear that they never come. */
async function until(count: number, workflow: Saved): Promise<void> {
	const deadline = Date.now() + LONGEST_MS;
	while ((await itemsOf(workflow)).length < count && Date.now() < deadline) await sleep(300);
}

const cases = wantedVendors.flatMap((vendor) =>
	watchesOf(vendor).flatMap(({ key, watch: { by } }) => {
		const trial = watched[vendor.name]?.[key];
		return trial === undefined
			? []
			: [{ vendor, key, by, name: `${vendor.name} ${key}`, ...trial }];
	}),
);
type Case = (typeof cases)[number];

/** What came of what happened at the vendors: all are tried at once, because most of the time is waiting for the clock. */
async function tried(
	title: string,
	tries: Case[],
	happen: (trial: Case, workflow: Saved) => Promise<string[]>,
): Promise<void> {
	const came = await Promise.all(
		tries.map(async (trial) => {
			const { vendor, key, parameters, idOf } = trial;
			const trigger = triggerNode(n8n, vendor, { event: key, ...parameters });
			const workflow = await save(`Polled ${title}: ${trial.name}`, trigger);
			const ids = await happen(trial, workflow);
			await until(ids.length, workflow);
			await sleep(TWO_POLLS_MS);
			const items = await itemsOf(workflow);
			await n8n.client.deactivate(workflow);
			return {
				name: trial.name,
				ids: items.map(({ json }) => String(idOf(json))).sort(),
				events: [...new Set(items.map(({ json }) => json.event))].sort(),
				expected: ids.sort(),
			};
		}),
	);
	expect(came.map(({ name, ids }) => ({ name, ids }))).toEqual(
		came.map(({ name, expected }) => ({ name, ids: expected })),
	);
	for (const [at, { events }] of came.entries()) {
		const { happens, says = happens } = tries[at];
		expect(says).toEqual(expect.arrayContaining(events as string[]));
	}
}

it('gives what happens once, and nothing that was there before', async () => {
	await tried('as it happens', cases, async ({ vendor, happens }, workflow) => {
		await n8n.client.switchOn(workflow);
		const ids: string[] = [];
		for (const what of happens) {
			// One after the other, or the vendor shows only the last of what happened to the same person.
			ids.push(...(await sandbox.happen(vendor.name, what, 2)));
			await until(ids.length, workflow);
		}
		return ids;
	});
});

it('is switched on while the vendor is busy, and misses nothing', async () => {
	const busy = { kind: 'status', status: 429, retryAfter: { seconds: 3600 } } as const;
	await sandbox.fault({ ...busy, times: 'always' });
	// A list without times does not say what was there before it could be read.
	const timed = cases.filter(({ by }) => by !== 'compare');
	let open = timed.length;
	await tried('while the vendor is busy', timed, async ({ vendor, happens }, workflow) => {
		await n8n.client.switchOn(workflow);
		const ids = await sandbox.happen(vendor.name, happens[0], 2);
		open--;
		while (open > 0) await sleep(100);
		await sandbox.clearFaults();
		return ids;
	});
});

testOf('ingedata')('is not switched on with a credential that is refused', async () => {
	const { ingedata } = Object.fromEntries(wantedVendors.map((vendor) => [vendor.name, vendor]));
	const id = await n8n.client.saveCredential('ingedataBearerApi', 'Wrong bearer token', {
		baseUrl: sandbox.baseUrl('ingedata'),
		token: 'wrong',
	});
	const trigger: Node = {
		...triggerNode(n8n, ingedata, { event: 'talent', authentication: 'bearer' }),
		credentials: { ingedataBearerApi: { id, name: 'Wrong bearer token' } },
	};
	const workflow = await save('Polled with a wrong token', trigger);
	await expect(n8n.client.switchOn(workflow)).rejects.toThrow(/token/i);
});
