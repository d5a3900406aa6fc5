import type { Sandbox } from '../../test/sandbox';
import { WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';
import type { N8nClient } from '../lib/n8nClient';
import { practiceCredentials } from '../lib/practice';
import type { Node } from '../lib/workflow';
import { placed } from '../../test/support/placedOptions';

/*
 * Lists of made-up people, and the nodes that send them to the local vendors.
 */

/** Column with the key of a row for Whoz. */
export const KEY = 'External ID';

/** One row in so many lacks its last name. */
const WRONG_EVERY = 50;

/** Rows with keys `<prefix>-1` and so on. */
export function whozPeople(prefix: string, rows: number): string {
	const lines = Array.from({ length: rows }, (_, at) => {
		const last = (at + 1) % WRONG_EVERY === 0 ? '' : `Family ${at + 1}`;
		return [`${prefix}-${at + 1}`, `Given ${at + 1}`, last, WHOZ_WORKSPACE_IDS[0], '2026-01-15'];
	});
	return csv([[KEY, 'First Name', 'Last Name', 'Workspace ID', 'Since'], ...lines]);
}

export const wrongAmong = (rows: number): number => Math.floor(rows / WRONG_EVERY);

export const ingedataPeople = (rows: number): string =>
	csv([['first_name'], ...Array.from({ length: rows }, (_, at) => [`Person ${at + 1}`])]);

const csv = (lines: string[][]): string => lines.map((line) => line.join(',')).join('\n');

/** @param name of the credential, made for this node alone: a budget is counted for each credential */
export async function vendorNode(
	client: N8nClient,
	sandbox: Sandbox,
	name: string,
	type: 'whozTalentApi' | 'ingedataApi',
	options: object,
): Promise<Node> {
	const credential = practiceCredentials(sandbox).find((practice) => practice.type === type)!;
	const id = await client.saveCredential(type, name, credential.data);
	return {
		name: 'Send',
		type: `n8n-nodes-talent.${type === 'whozTalentApi' ? 'whoz' : 'ingedata'}`,
		parameters: {
			resource: 'talent',
			operation: 'bulkSave',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...placed(options),
		},
		credentials: { [type]: { id, name } },
	};
}
