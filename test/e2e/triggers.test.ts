import { setTimeout as sleep } from 'node:timers/promises';

import { collective } from '../../nodes/Collective/collective.vendor';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { WHOZ_FEDERATION_ID, WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { cases, goodRow, takesRows, testOf, titled } from './support/cases';
import { outputsOf, talentNode, theN8n, workflowOf, type N8n, type Node } from './support/n8n';
import { sandbox } from './support/sandbox';
import { post } from './support/web';
import { worlds, type Row } from './support/world';

/* The ways in which people's runs start: an ATS that calls, a form with a file, a schedule. */

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});

/** An active workflow of a trigger and a node. */
async function activate(name: string, trigger: Node, node: Node) {
	const saved = await n8n.client.saveWorkflow(workflowOf(name, [trigger, node]));
	await n8n.client.activate(saved);
	return saved;
}

const upserts = cases
	.filter(takesRows)
	.filter(({ name, resource }) => name === 'upsert' && /talent|Candidate/i.test(resource.name));

describe.each(titled(upserts))('Webhook to %s', (_, entry) => {
	it('saves what an ATS posts, column by column, and answers with the outcome', async () => {
		const { vendor, resource, name } = entry;
		const keys = await worlds[vendor.name].existing?.(resource.name, name);
		const row = goodRow(entry, keys?.[0]);
		const path = `ats-${vendor.name}`;
		await activate(
			`Webhook to ${vendor.name}`,
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
			},
			talentNode(n8n, vendor, {
				...worlds[vendor.name].constants?.(resource.name, name),
				resource: resource.name,
				operation: name,
				columns: {
					mappingMode: 'defineBelow',
					value: Object.fromEntries(
						Object.keys(row).map((column) => [column, `={{ $json.body.${column} }}`]),
					),
				},
			}),
		);
		const response = await post(n8n, `webhook/${path}`, JSON.stringify(row), {
			'content-type': 'application/json',
		});
		expect(await response.json()).toMatchObject({ key: row[resource.key], status: 'saved' });
		const keysThere = (await sandbox.truth(vendor.name)).map(({ key }) => key);
		expect(keysThere.some((key) => key.endsWith(String(row[resource.key])))).toBe(true);
	});
});

testOf('whoz')('a form with a file is imported', async () => {
	const people = ['E2E-FORM-1', 'E2E-FORM-2'];
	const lines = people.map((id) => `${id};Ada;Form;${WHOZ_WORKSPACE_IDS[0]};15/01/2026`);
	const workflow = await activate(
		'Form to Whoz',
		{
			name: 'Form',
			type: 'n8n-nodes-base.formTrigger',
			typeVersion: 2.2,
			webhookId: 'people-form',
			parameters: {
				formTitle: 'People',
				formFields: {
					values: [
						{ fieldLabel: 'People', fieldType: 'file', multipleFiles: false, requiredField: true },
					],
				},
				options: {},
			},
		},
		talentNode(n8n, whoz, {
			resource: 'talent',
			operation: 'import',
			source: 'binary',
			binaryPropertyName: 'People',
			options: { dateOrder: 'dayFirst' },
		}),
	);
	const form = new FormData();
	const text = ['Matricule;Prénom;Nom;Workspace ID;Since', ...lines].join('\r\n');
	form.append('field-0', new Blob([text], { type: 'text/csv' }), 'people.csv');
	expect((await post(n8n, 'form/people-form', form)).status).toBe(200);

	let ids: string[] = [];
	while (ids.length === 0) {
		await sleep(100);
		ids = await n8n.client.executionsOf(workflow);
	}
	const { error, outputs } = outputsOf(await n8n.client.finished(ids[0]), 'Talent');
	expect(error).toBeUndefined();
	expect(outputs[0].map(({ json }) => [json.key, json.status])).toEqual(
		people.map((id) => [id, 'saved']),
	);
});

testOf('whoz', 'collective')('a schedule copies one vendor to another', async () => {
	const schedule: Node = {
		name: 'Schedule',
		type: 'n8n-nodes-base.scheduleTrigger',
		typeVersion: 1.2,
		parameters: { rule: { interval: [{ field: 'days' }] } },
	};
	const source = talentNode(n8n, whoz, {
		resource: 'talent',
		operation: 'getAll',
		federationId: WHOZ_FEDERATION_ID,
		workspaceId: WHOZ_WORKSPACE_IDS[2],
		returnAll: true,
	});
	const target = talentNode(n8n, collective, {
		resource: 'talent',
		operation: 'bulkSave',
		columns: {
			mappingMode: 'defineBelow',
			value: {
				internalUserId: '={{ $json.externalId }}',
				firstname: '={{ $json.firstName }}',
				linkedInUrl: '=https://www.linkedin.com/in/{{ $json.externalId }}',
			},
		},
		options: {},
	});
	const saved = await n8n.client.saveWorkflow(
		workflowOf('Schedule Whoz to Collective', [
			schedule,
			{ ...source, name: 'Whoz' },
			{ ...target, name: 'Collective' },
		]),
	);
	const execution = await n8n.client.runWorkflow(saved, schedule.name);
	const people = outputsOf(execution, 'Whoz').outputs[0].map(({ json }) => json as Row);
	const { error, outputs } = outputsOf(execution, 'Collective');
	expect(error).toBeUndefined();
	expect(people.length).toBeGreaterThan(1);
	expect(outputs[0].map(({ json }) => [json.key, json.status])).toEqual(
		people.map(({ externalId }) => [externalId, 'saved']),
	);
	const there = (await sandbox.truth('collective')).map(({ key }) => key);
	expect(there).toEqual(expect.arrayContaining(people.map(({ externalId }) => externalId)));
});
