import { disagreements, type Outcome } from '../lib/account';
import type { N8nClient } from '../lib/n8nClient';
import type { Bench } from './bench';
import type { Worker } from './cluster';
import { until, workerOf } from './driving';
import { PartedJob } from './partedJob';
import { vendorNode, whozPeople, wrongAmong } from './people';
import { seconds, unless } from './report';

const PEOPLE = 1500;
const PARTS = 6;
const ROWS_PER_REQUEST = 10;
const PARALLEL = 2;
/** Time the vendor takes for a request: a part of 25 requests lasts some seconds. */
const VENDOR_MS = 300;
/** n8n's words for an execution whose worker is gone. */
const GONE = 'failed to be processed too many times';

/**
 * A worker is killed in the middle of an import, then the one that collects its parts in the middle of the second run.
 * The third run finishes the list.
 */
export async function proveDeath({ cluster, sandbox, report }: Bench): Promise<void> {
	await cluster.haveWorkers(2);
	const { client } = cluster;
	sandbox.faults.add({ kind: 'slow', ms: VENDOR_MS, vendor: 'whoz', times: 'always' });
	const node = await vendorNode(client, sandbox, 'Death', 'whozTalentApi', {
		chunkSize: ROWS_PER_REQUEST,
		concurrency: PARALLEL,
		skipUnchanged: 'skip',
	});
	// What rows were saved is remembered by node, so every part has its own.
	const nodes = Array.from({ length: PARTS }, () => node);
	const job = await PartedJob.provide(cluster, 'Death', PARTS, nodes);
	const truth = () => sandbox.truth('whoz');
	const csv = whozPeople('DEATH', PEOPLE);

	/** Runs the import, and kills a worker as soon as so many people are there. */
	const interrupted = async (people: number, choose: (collecting: Worker) => Worker) => {
		const id = await job.start(csv);
		await until(`${people} people are there`, () => truth().created >= people);
		const victim = choose(await workerOf(cluster.workers, id));
		await cluster.kill(victim);
		const killed = Date.now();
		const there = truth().created;
		const [result] = await Promise.all([job.result(id, PEOPLE), cluster.addWorker()]);
		const its = await victim.taken(result.parts.map((part) => part.id));
		const gone = result.parts.filter(({ status }) => status !== 'success').map((part) => part.id);
		return { result, its, gone, there, noticed: Date.now() - killed };
	};

	const other = (worker: Worker) => cluster.workers.find((candidate) => candidate !== worker)!;
	const first = await interrupted(PEOPLE / 3, other);
	const { outcomes, lost, parts, execution } = first.result;
	const keysLost = lost.flatMap(({ keys }) => keys);
	const keysTold = [...outcomes.map(({ key }) => String(key)), ...keysLost];
	report.proof(
		'A killed worker: n8n fails its executions and does not repeat them; the error output names their rows',
		`killed with ${first.there} of ${PEOPLE} people saved; after ${seconds(first.noticed)} ${lost.length} of ${PARTS} parts came back as failed, with their ${keysLost.length} rows`,
		[
			...unless({
				'the worker had no part under way': first.gone.length > 0,
				'the workflow failed': execution.status === 'success',
				'a part of another worker failed': first.gone.every((id) => first.its.includes(id)),
				'a part was repeated': parts.length === PARTS,
				'a row is in no output': new Set(keysTold).size === PEOPLE,
				'a row is in both outputs': keysTold.length === new Set(keysTold).size,
				'the error output has other parts': lost.length === first.gone.length,
			}),
			...(await otherWords(client, first.gone)),
			...accusations(outcomes, truth()),
		],
	);

	const second = await interrupted(truth().created + ROWS_PER_REQUEST, (collecting) => collecting);
	const third = await job.run(csv, PEOPLE);
	const { records } = truth();
	const again = records.filter(({ saved }) => saved > 1).length;
	const skipped = third.outcomes.filter(isUnchanged).length;
	report.proof(
		'The worker that collects is killed too: the parts of the others go on, and the next run finishes the list',
		`second run ended with ${second.result.execution.status}, ${PARTS - second.gone.length} of ${PARTS} parts went on; third run skipped ${skipped} rows and saved the rest; ${records.length} people, each created once; ${again} rows sent twice`,
		[
			...unless({
				'the second run is called a success': second.result.execution.status === 'error',
				'a part of another worker failed': second.gone.every((id) => second.its.includes(id)),
				'somebody is missing': records.length === PEOPLE - wrongAmong(PEOPLE),
				'a part of the third run was lost': third.lost.length === 0,
				'nothing was skipped': skipped > 0,
				// Per part what was in flight, and what n8n had not stored yet, twice killed.
				'more was sent twice than could be under way':
					again <= 2 * PARTS * PARALLEL * ROWS_PER_REQUEST,
			}),
			...(await otherWords(client, second.gone)),
			// A row that was skipped is one that an earlier run saved.
			...disagreements(
				PEOPLE,
				third.outcomes.map((outcome) =>
					isUnchanged(outcome) ? { ...outcome, status: 'saved' } : outcome,
				),
				truth(),
			),
		],
	);
}

/** What n8n says of killed executions, if it is not what it should. */
async function otherWords(client: N8nClient, executions: string[]): Promise<string[]> {
	const ended = await Promise.all(executions.map((id) => client.finished(id)));
	return ended
		.filter(({ status, error }) => status !== 'error' || !error?.message.includes(GONE))
		.map(({ status, error }) => `n8n calls a killed execution ${status}: ${error?.message}`);
}

const isUnchanged = ({ status, reason }: Outcome): boolean =>
	status === 'skipped' && reason.includes('has not changed');

/** Rows that are called saved and are not there. */
const accusations = (outcomes: Outcome[], truth: { savesOf(key: string): number }): string[] =>
	outcomes
		.filter(({ key, status }) => status === 'saved' && truth.savesOf(String(key)) !== 1)
		.map(({ row }) => `row ${row} is called saved, and the vendor saved it not once`);
