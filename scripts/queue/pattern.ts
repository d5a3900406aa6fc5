import { workflowOf, type Node } from '../lib/workflow';
import type { Bench } from './bench';
import { PROCESS_NAME } from './cluster';
import { publish, trigger, until, webhook } from './driving';
import { seconds, unless } from './report';

const PARTS = 6;
/** Long enough that a part is still under way when the next is called. */
const PART_SECONDS = 1;

/** Every part takes a second, and says in which process it ran. */
const WORK: Node[] = [
	{
		name: 'Take a second',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		webhookId: 'wait',
		parameters: { amount: PART_SECONDS, unit: 'seconds' },
	},
	process('Part process'),
];

function process(name: string): Node {
	const value = `={{ $env.${PROCESS_NAME} }}`;
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: { assignments: [{ id: name, name: 'process', type: 'string', value }] },
			options: {},
		},
	};
}

/** Which ways of calling another workflow spread its executions over the workers. */
export async function provePattern({ cluster, report }: Bench): Promise<void> {
	await cluster.haveWorkers(2);
	const { client, main } = cluster;
	const called = await publish(
		client,
		workflowOf('Pattern: called', [
			{
				name: 'Called',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
			},
			...WORK,
		]),
	);
	const asked = await publish(
		client,
		workflowOf('Pattern: asked', [webhook('pattern', { responseMode: 'lastNode' }), ...WORK]),
	);
	const execute = (wait: boolean): Node => ({
		name: 'Each part',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: {
			workflowId: { __rl: true, mode: 'id', value: called.id },
			mode: 'each',
			workflowInputs: { mappingMode: 'defineBelow', value: {} },
			options: { waitForSubWorkflow: wait },
		},
	});
	const http: Node = {
		name: 'Each part',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { method: 'POST', url: `${main.url}/webhook/pattern`, options: {} },
	};

	const run = async (name: string, path: string, node: Node, target: { id: string }) => {
		const parts: Node = {
			name: 'Parts',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `return Array.from({ length: ${PARTS} }, (_, part) => ({ json: { part } }));`,
			},
		};
		const workflow = await publish(
			client,
			workflowOf(name, [
				webhook(path, { responseMode: 'onReceived' }),
				process('Own process'),
				parts,
				node,
			]),
		);
		const id = await trigger(cluster, workflow, path);
		const whole = await client.finished(id);
		const own = String(whole.runs['Own process'][0].data?.main[0]?.[0].json.process);
		let ids: string[] = [];
		await until(`the parts of ${name} run`, async () => {
			ids = (await client.executionsOf(target)).filter((part) => Number(part) > Number(id));
			return ids.length === PARTS;
		});
		const ran = await Promise.all(ids.map((part) => client.finished(part)));
		const places = ran.map(({ runs }) =>
			String(runs['Part process'][0].data?.main[0]?.[0].json.process),
		);
		return { own, places, took: whole.runs['Each part'][0].executionTime };
	};

	const waiting = await run('Execute Workflow, waiting', 'waiting', execute(true), called);
	const leaving = await run('Execute Workflow, not waiting', 'leaving', execute(false), called);
	const asking = await run('HTTP Request', 'asking', http, asked);

	const stays = ({ own, places }: typeof waiting) => places.every((place) => place === own);
	report.proof(
		'Execute Workflow keeps all parts in its own worker, whether it waits or not',
		`${PARTS} parts of ${PART_SECONDS} s in 1 worker; waiting, one after the other in ${seconds(waiting.took)}`,
		unless({
			'a part of the waiting one ran elsewhere': stays(waiting),
			'a part of the one that does not wait ran elsewhere': stays(leaving),
		}),
	);
	const workers = cluster.workers.map(({ name }) => name);
	const counts = workers.map((name) => asking.places.filter((place) => place === name).length);
	report.proof(
		'HTTP Request to the webhook of the other workflow spreads the parts over the workers',
		`${PARTS} parts of ${PART_SECONDS} s: ${counts.join(' and ')}, in ${seconds(asking.took)}`,
		unless({
			'a part ran in neither worker': counts.reduce((sum, count) => sum + count) === PARTS,
			'a worker had none': counts.every((count) => count > 0),
		}),
	);
}
