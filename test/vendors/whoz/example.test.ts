import { readFileSync } from 'fs';
import { join } from 'path';

interface Workflow {
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		onError?: string;
	}>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const workflow = JSON.parse(
	readFileSync(join(__dirname, '../../../examples/csv-to-whoz.json'), 'utf8'),
) as Workflow;
const node = (type: string) => workflow.nodes.filter((candidate) => candidate.type === type);

describe('the example workflow', () => {
	it('leads from the start over the file to Whoz', () => {
		const path = ['Start'];
		for (;;) {
			const next = workflow.connections[path[path.length - 1]]?.main[0][0].node;
			if (next === undefined) break;
			path.push(next);
		}
		expect(path).toEqual(['Start', 'Read the CSV File', 'Import into Whoz']);
	});

	it('imports a file and shows every row and the summary', () => {
		const [whoz, ...others] = node('n8n-nodes-talent.whoz');
		expect(others).toEqual([]);
		expect(whoz.parameters).toEqual({
			authentication: 'default',
			resource: 'talent',
			operation: 'import',
			source: 'binary',
			binaryPropertyName: 'data',
			options: { output: 'everyRow', summary: true },
		});
		expect(whoz.onError).toBeUndefined();
	});

	it('reads the file where n8n in Docker may read', () => {
		const [reader] = node('n8n-nodes-base.readWriteFile');
		expect(reader.parameters.fileSelector).toBe('/home/node/.n8n-files/people.csv');
	});
});
