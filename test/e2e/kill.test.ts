import { setTimeout as sleep } from 'node:timers/promises';

import type { Vendor } from '../../nodes/shared/definition';
import { ingedata } from '../../nodes/Ingedata/ingedata.vendor';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { testOf } from './support/cases';
import {
	killAndRestart,
	MANUAL,
	outputsOf,
	talentNode,
	theN8n,
	workflowOf,
	type N8n,
} from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds, type Row } from './support/world';
import { placed } from '../support/placedOptions';

/* n8n is killed in the middle of a Bulk Save, started again, and the workflow is run again. */

const ROWS = 300;
/** Requests are slowed so far that the run lasts some seconds. */
const SLOW_MS = 60;

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});
afterEach(() => sandbox.clearFaults());

/** Saves, kills, saves again; answers with what was there at the kill and what the second run says of each row. */
async function interrupted(vendor: Vendor, rows: Row[], isOurs: (value: unknown) => boolean) {
	const saved = async () => (await sandbox.truth(vendor.name)).filter(({ value }) => isOurs(value));
	const bulk = (loaded: N8n) => ({
		...workflowOf(`Killed ${vendor.name}`, [
			MANUAL,
			talentNode(loaded, vendor, {
				resource: 'talent',
				operation: 'bulkSave',
				columns: { mappingMode: 'autoMapInputData', value: null },
				...placed({ skipUnchanged: 'skip', ...(vendor === whoz ? { chunkSize: 5 } : {}) }),
			}),
		]),
		pinData: { [MANUAL.name]: rows.map((json) => ({ json })) },
	});
	await sandbox.fault({ kind: 'slow', ms: SLOW_MS, vendor: vendor.name, times: 'always' });
	const workflow = await n8n.client.saveWorkflow(bulk(n8n));
	await n8n.client.startWorkflow(workflow, MANUAL.name);
	while ((await saved()).length < ROWS / 3) await sleep(20);
	n8n = await killAndRestart();
	await sandbox.clearFaults();
	const before = await saved();

	const { outputs, error } = outputsOf(
		await n8n.client.runWorkflow(workflow, MANUAL.name),
		'Talent',
	);
	expect(error).toBeUndefined();
	const outcomes = outputs[0].map(({ json }) => json);
	expect(outcomes).toHaveLength(ROWS);
	expect(before.length).toBeLessThan(ROWS);
	return { before, outcomes, after: await saved() };
}

const unchanged = (outcome: Row): boolean =>
	outcome.status === 'skipped' && String(outcome.reason).includes('has not changed');

testOf('whoz')('nobody is doubled or left out where a write may be repeated', async () => {
	const rows = Array.from({ length: ROWS }, (_, at) => worlds.whoz.known(700_000 + at, 'bulkSave'));
	const keys = rows.map(({ externalId }) => externalId);
	const { before, outcomes, after } = await interrupted(whoz, rows, (value) =>
		keys.includes((value as Row).externalId),
	);
	expect(after.map(({ created }) => created)).toEqual(rows.map(() => 1));
	expect(after.map(({ key }) => key).sort()).toEqual([...keys].sort());
	const skipped = outcomes.filter(unchanged);
	expect(skipped.length + outcomes.filter(({ status }) => status === 'saved').length).toBe(ROWS);
	// All that was answered before the kill, but for what n8n had not stored yet.
	expect(skipped.length).toBeGreaterThan(before.length / 2);
	const there = before.map(({ key }) => key);
	for (const { key } of skipped) expect(there).toContain(key);
});

testOf('ingedata')('nobody is created twice where a write must not be repeated', async () => {
	const rows = Array.from({ length: ROWS }, (_, at) => ({ first_name: `Killed ${at}` }));
	const nameOf = (value: unknown) => String((value as { attributes: Row }).attributes.first_name);
	const { before, outcomes, after } = await interrupted(ingedata, rows, (value) =>
		nameOf(value).startsWith('Killed '),
	);
	const names = after.map(({ value }) => nameOf(value));
	expect(new Set(names).size).toBe(names.length);

	const statuses = outcomes.map((outcome) => (unchanged(outcome) ? 'unchanged' : outcome.status));
	const unsure = rows.filter((_, at) => statuses[at] === 'unknown').map((row) => row.first_name);
	// What was under way, or answered and not stored yet, when n8n was killed.
	expect(unsure.length).toBeLessThan(ROWS / 3);
	for (const [at, { first_name: name }] of rows.entries()) {
		expect(['saved', 'unchanged', 'unknown']).toContain(statuses[at]);
		if (statuses[at] !== 'unknown') expect(names).toContain(name);
	}
	expect(statuses.filter((status) => status === 'unchanged').length).toBeGreaterThan(0);
	const there = before.map(({ value }) => nameOf(value));
	rows.forEach(({ first_name: name }, at) => {
		if (statuses[at] === 'unchanged') expect(there).toContain(name);
	});
});
