import type { Workflow } from '../lib/n8nClient';
import { workflowOf, type Node, type Wires } from '../lib/workflow';
import { webhook } from './driving';

/** Name of the node whose outputs are the answers of the parts, and the parts that were lost. */
export const CALL = 'Send each part';

/** Cuts the uploaded file into parts, sends each to the address, and collects the answers. */
export function wholeWorkflow(
	name: string,
	path: string,
	parts: number,
	address: string,
): Workflow {
	return workflowOf(name, [
		webhook(path, { responseMode: 'onReceived' }),
		{
			name: 'Read CSV',
			type: 'n8n-nodes-base.extractFromFile',
			parameters: { operation: 'csv', binaryPropertyName: 'data', options: {} },
		},
		{
			name: 'Cut into parts',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `
					const rows = $input.all().map(({ json }) => json);
					const size = Math.ceil(rows.length / ${parts});
					return Array.from({ length: ${parts} }, (_, part) => ({
						json: { part, rows: rows.slice(part * size, (part + 1) * size) },
					}));`,
			},
		},
		{
			name: CALL,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			// A part that is lost must not take the answers of the others with it.
			onError: 'continueErrorOutput',
			parameters: {
				method: 'POST',
				url: address,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($json) }}',
				// A part may take longer than the five minutes the node waits by itself.
				options: { timeout: 3_600_000 },
			},
		},
	]);
}

/** Hands the rows of a part to one of the nodes, chosen by the part's number, and answers with the outcomes. */
export function partWorkflow(name: string, path: string, nodes: Node[]): Workflow {
	const wires: Wires = {
		Webhook: [['Node of this part']],
		'Node of this part': nodes.map((_, at) => [`Rows ${at}`]),
	};
	const lanes = nodes.flatMap((node, at): Node[] => {
		wires[`Rows ${at}`] = [[`Send ${at}`]];
		return [
			{
				name: `Rows ${at}`,
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.rows', options: {} },
			},
			{ ...node, name: `Send ${at}` },
		];
	});
	return workflowOf(
		name,
		[
			webhook(path, { responseMode: 'lastNode', responseData: 'allEntries' }),
			{
				name: 'Node of this part',
				type: 'n8n-nodes-base.switch',
				typeVersion: 3.2,
				parameters: {
					mode: 'expression',
					numberOutputs: nodes.length,
					output: `={{ $json.body.part % ${nodes.length} }}`,
				},
			},
			...lanes,
		],
		wires,
	);
}
