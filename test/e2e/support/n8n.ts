import { readFile, writeFile } from 'node:fs/promises';

import type { Vendor } from '../../../nodes/shared/definition';
import { N8nClient, type Execution, type Workflow } from '../../../scripts/lib/n8nClient';
import { practiceCredentials, type PracticeCredential } from '../../../scripts/lib/practice';
import { MANUAL, OFTEN, workflowOf, type Node } from '../../../scripts/lib/workflow';
import { sandbox } from './sandbox';

export { MANUAL, workflowOf, type Node };

interface State {
	url: string;
	session: string;
	/** n8n's home folder; nodes may read files in its `.n8n-files` only. */
	home: string;
	/** Files that n8n's own commands export all workflows to, and import workflows from. */
	exported: string;
	toImport: string;
}

/** Asks the process that owns n8n; the tests' own could not end what it has started. */
const control = async (action: string): Promise<State> => {
	const response = await fetch(`${process.env.E2E_CONTROL}/${action}`);
	if (!response.ok) throw new Error(await response.text());
	return (await response.json()) as State;
};

/** A credential that is saved in n8n. */
export type Saved = PracticeCredential & { id: string };

export interface N8n {
	client: N8nClient;
	url: string;
	/** Its home directory; nodes may read files in its `.n8n-files` only. */
	home: string;
	credentials: Map<string, Saved>;
}

/** The n8n under test, signed in, with the practice credentials by type. */
export async function theN8n(): Promise<N8n> {
	return await signedIn(await control('state'));
}

/** Kills n8n in the middle of whatever it does and starts it again on the same folder. */
export async function killAndRestart(): Promise<N8n> {
	return await signedIn(await control('restart'));
}

/** Starts n8n again with the package of all vendors, or with a package for each vendor and no other. */
export async function restartWith(packages: 'whole' | 'vendors'): Promise<N8n> {
	return await signedIn(await control(`packages/${packages}`));
}

/** Workflows as n8n's command for it exports them. */
export async function exportWorkflows(ids: string[]): Promise<unknown[]> {
	const { exported } = await control('export');
	const all = JSON.parse(await readFile(exported, 'utf8')) as Array<{ id: string }>;
	return all.filter(({ id }) => ids.includes(id));
}

/** Imports workflows with n8n's command for it; those with the same IDs are replaced. */
export async function importWorkflows(workflows: string): Promise<void> {
	const { toImport } = await control('state');
	await writeFile(toImport, workflows);
	await control('import');
}

async function signedIn({ url, session, home }: State): Promise<N8n> {
	const client = new N8nClient(url, session);
	const all = await client.credentials();
	const credentials = new Map(
		practiceCredentials(sandbox).map((credential) => {
			const id = all.find(
				({ type, name }) => type === credential.type && name === credential.name,
			)?.id;
			if (id === undefined) throw new Error(`n8n has no credential ${credential.name}`);
			return [credential.type, { ...credential, id }];
		}),
	);
	return { client, url, home, credentials };
}

/** A node of the package under test, signed in as it is by default. */
export function talentNode(
	n8n: N8n,
	{ name, signIns: [{ credential }] }: Vendor,
	parameters: Record<string, unknown>,
): Node {
	const { id, name: label } = n8n.credentials.get(credential)!;
	return {
		name: NODE,
		type: `n8n-nodes-talent.${name}`,
		parameters,
		credentials: { [credential]: { id, name: label } },
	};
}

/** The trigger of a vendor, polled every few seconds. */
export function triggerNode(n8n: N8n, vendor: Vendor, parameters: Record<string, unknown>): Node {
	const { credentials } = talentNode(n8n, vendor, {});
	return {
		name: 'Trigger',
		type: `n8n-nodes-talent.${vendor.name}Trigger`,
		parameters: { pollTimes: OFTEN, ...parameters },
		credentials,
	};
}

const NODE = 'Talent';

/**
 * The items, the vendor's node, and behind each of its two outputs a node that notes which item its own came from, as
 * text in `origin`.
 */
export function vendorNode(
	n8n: N8n,
	vendor: Vendor,
	items: Array<Record<string, unknown>>,
	parameters: Record<string, unknown>,
	settings: Record<string, unknown> = {},
): Workflow {
	const noting = (name: string): Node => ({
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			includeOtherFields: true,
			assignments: {
				assignments: [
					{
						id: 'origin',
						name: 'origin',
						type: 'string',
						value: `={{ JSON.stringify($('${MANUAL.name}').item.json) }}`,
					},
				],
			},
			options: {},
		},
	});
	return {
		...workflowOf(
			`${vendor.name} ${String(parameters.resource)} ${String(parameters.operation)}`,
			[
				MANUAL,
				{
					...talentNode(n8n, vendor, parameters),
					onError: 'continueErrorOutput',
					...settings,
				},
				noting('Good'),
				noting('Bad'),
			],
			{ [MANUAL.name]: [[NODE]], [NODE]: [['Good'], ['Bad']] },
		),
		pinData: { [MANUAL.name]: items.map((json) => ({ json })) },
	};
}

/** What came out of the two outputs of `vendorNode`. */
export function branches(execution: Execution) {
	const { error } = outputsOf(execution, NODE);
	const behind = (name: string) => outputsOf(execution, name).outputs[0] ?? [];
	return { error, good: behind('Good'), bad: behind('Bad') };
}

/** Saves a workflow and runs it from its manual trigger to its end. */
export async function runOnce({ client }: N8n, workflow: Workflow): Promise<Execution> {
	const saved = await client.saveWorkflow(workflow);
	return await client.runWorkflow(saved, MANUAL.name);
}

/** What a node gave out in its last run: its items by output, or n8n's words for its failure. */
export function outputsOf(execution: Execution, node: string) {
	const task = execution.runs[node]?.at(-1);
	const error = task?.error ?? (task === undefined ? execution.error : undefined);
	return { error: error?.message, outputs: (task?.data?.main ?? []).map((items) => items ?? []) };
}
