import type { LedgerEntry } from '../../test/sandbox';
import { WHOZ_SAVE_PATH } from '../../test/sandbox/whoz';
import type { Bench } from './bench';
import { spread } from './driving';
import { PartedJob } from './partedJob';
import { vendorNode, whozPeople } from './people';
import { unless } from './report';

const MINUTE_MS = 60_000;
/** What the vendor allows in a minute, all workers together. */
const BUDGET = 30;
/** More than a minute's budget, and so little that both workers end soon after the first minute. */
const PEOPLE = 40;
const PARTS = 8;

/** The budget of a vendor, divided by the number of workers. */
export async function proveBudget({ cluster, sandbox, report }: Bench): Promise<void> {
	const { workers } = cluster;
	const most = async (name: string, perMinute: number) => {
		const node = await vendorNode(cluster.client, sandbox, name, 'whozTalentApi', {
			chunkSize: 1,
			requestsPerMinute: perMinute,
		});
		const job = await PartedJob.provide(cluster, name, PARTS, [node]);
		const before = sandbox.ledger.requests.length;
		const { parts, lost } = await job.run(whozPeople(name.replace(/ /g, '-'), PEOPLE), PEOPLE);
		const requests = sandbox.ledger.requests
			.slice(before)
			.filter(({ path }) => path === WHOZ_SAVE_PATH);
		const counts = await spread(
			workers,
			parts.map(({ id }) => id),
		);
		return {
			most: mostInAMinute(requests),
			all: requests.length,
			both: counts.every((count) => count > 0),
			lost: lost.length,
		};
	};

	const divided = await most('Divided budget', BUDGET / workers.length);
	const whole = await most('Undivided budget', BUDGET);
	report.proof(
		'Requests per Minute divided by the number of workers keeps the budget',
		`${workers.length} workers with ${BUDGET / workers.length} each: at most ${divided.most} requests in any minute, of ${divided.all}; with ${BUDGET} each, ${whole.most}`,
		unless({
			'a worker had no part': divided.both,
			'a part was lost': divided.lost + whole.lost === 0,
			'the vendor saw more than it allows': divided.most <= BUDGET,
			'the list was too short to reach the budget': divided.all > BUDGET,
			'nothing would have kept the undivided one': whole.most > BUDGET,
		}),
	);
}

/** The most requests that came within 60 seconds, whenever they began. */
function mostInAMinute(requests: LedgerEntry[]): number {
	const times = requests.map(({ time }) => time);
	const within = (start: number) =>
		times.filter((time) => time >= start && time < start + MINUTE_MS).length;
	return Math.max(0, ...times.map(within));
}
