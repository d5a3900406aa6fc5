import type { Truth } from '../../test/sandbox';
import { disagreements } from '../lib/account';
import { workflowOf, type Node } from '../lib/workflow';
import type { Bench } from './bench';
import { PLACES } from './cluster';
import { ended, publish, spread, trigger, upload, webhook } from './driving';
import { PartedJob, type Result } from './partedJob';
import { vendorNode, whozPeople, wrongAmong } from './people';
import { seconds, unless } from './report';
import { placed } from '../../test/support/placedOptions';

const PEOPLE = 6000;
/** Two rounds of one worker, since the list itself takes a place too; one round of two. */
const PARTS = 2 * (PLACES - 1);
/** 17 requests for each part, one after the other. */
const ROWS_PER_REQUEST = 20;
/** Time the vendor takes for a request. */
const VENDOR_MS = 500;
const RUNS = 3;

/** The same import with one worker and with two. */
export async function proveSpeed(bench: Bench): Promise<void> {
	const { cluster, sandbox, report } = bench;
	const node = await vendorNode(cluster.client, sandbox, 'Speed', 'whozTalentApi', {
		chunkSize: ROWS_PER_REQUEST,
		concurrency: 1,
	});
	const job = await PartedJob.provide(cluster, 'Speed', PARTS, [node]);
	const problems: string[] = [];
	const runs = async (): Promise<Result[]> => {
		// A process is slower the first time.
		await job.run(whozPeople('WARM', PARTS), PARTS);
		const results: Result[] = [];
		for (let run = 0; run < RUNS; run++) {
			const truth = freshVendor(bench);
			const result = await job.run(whozPeople('SPEED', PEOPLE), PEOPLE);
			problems.push(
				...disagreements(PEOPLE, result.outcomes, truth),
				...unless({
					'a part was lost': result.lost.length === 0,
					'a row was sent twice': truth.records.every(({ saved }) => saved === 1),
					'wrong rows were saved': truth.created === PEOPLE - wrongAmong(PEOPLE),
				}),
			);
			results.push(result);
		}
		return results;
	};

	const one = await runs();
	await cluster.haveWorkers(2);
	const two = await runs();
	const alone = await withoutParts(bench, node);

	const ids = two.at(-1)!.parts.map(({ id }) => id);
	const counts = await spread(cluster.workers, ids);
	report.proof(
		'An import in parts, each an execution of its own: nobody lost, nobody doubled, every row accounted for',
		`${2 * RUNS} runs of ${PEOPLE} people in ${PARTS} parts: each time ${PEOPLE - wrongAmong(PEOPLE)} created once, ${wrongAmong(PEOPLE)} wrong ones refused`,
		problems,
	);
	const [slow, fast] = [one, two].map((results) => results.map(({ took }) => took));
	report.proof(
		'Two workers are faster than one, while the time goes into waiting for the vendor',
		`one worker ${range(slow)}, two ${range(fast)}, ratio ${(median(slow) / median(fast)).toFixed(2)} of at most 2; parts ${counts.join(' and ')}; one execution with ${PARTS} Requests in Parallel ${seconds(alone)}`,
		unless({
			'two took as long as one': median(fast) < median(slow),
			'a worker had no part': counts.every((count) => count > 0),
		}),
	);
}

/** A vendor that has nobody of ours yet, and takes its time. */
function freshVendor({ sandbox }: Bench): Truth {
	sandbox.reset();
	sandbox.faults.add({ kind: 'slow', ms: VENDOR_MS, vendor: 'whoz', times: 'always' });
	return sandbox.truth('whoz');
}

/** Milliseconds that the same list takes in one node, which sends as many requests at once as all parts together. */
async function withoutParts(bench: Bench, node: Node): Promise<number> {
	const { cluster } = bench;
	const path = 'speed-without-parts';
	const workflow = await publish(
		cluster.client,
		workflowOf('Speed: without parts', [
			webhook(path, { responseMode: 'onReceived' }),
			{
				...node,
				parameters: {
					...node.parameters,
					operation: 'import',
					source: 'binary',
					binaryPropertyName: 'data',
					...placed({ chunkSize: ROWS_PER_REQUEST, concurrency: PARTS }),
				},
			},
		]),
	);
	const truth = freshVendor(bench);
	const started = Date.now();
	const id = await trigger(cluster, workflow, path, upload(whozPeople('SPEED', PEOPLE)));
	const { stoppedAt } = await ended(cluster.client, workflow, id);
	if (truth.created !== PEOPLE - wrongAmong(PEOPLE))
		throw new Error(`One execution saved ${truth.created} people of ${PEOPLE}`);
	return Date.parse(stoppedAt ?? '') - started;
}

const sorted = (times: number[]): number[] => [...times].sort((one, other) => one - other);
const median = (times: number[]): number => sorted(times)[Math.floor(times.length / 2)];
const range = (times: number[]): string =>
	`${seconds(median(times))} (${seconds(sorted(times)[0])} to ${seconds(sorted(times).at(-1)!)})`;
