import type { LedgerEntry } from '../../test/sandbox';
import { INGEDATA_SIGN_IN_PATH } from '../../test/sandbox/ingedata';
import type { Bench } from './bench';
import { PartedJob } from './partedJob';
import { ingedataPeople, vendorNode } from './people';
import { unless } from './report';

const PEOPLE = 160;
const PARTS = 8;
/** The vendor ends all sessions at this request. */
const ENDS_AT = 70;
/** Time the vendor takes for a request: every part lasts eight seconds, so that both workers are in the middle when it happens. */
const VENDOR_MS = 800;
const PERSON = /"first_name":"Person (\d+)"/;

/** Sessions of workers that sign in with the same credential, at a vendor where a create must not be repeated. */
export async function proveSessions({ cluster, sandbox, report }: Bench): Promise<void> {
	const { client, workers } = cluster;
	const vendor = 'ingedata';
	const node = await vendorNode(client, sandbox, 'Sessions', 'ingedataApi', {});
	const job = await PartedJob.provide(cluster, 'Sessions', PARTS, [node]);
	sandbox.faults.add({ kind: 'slow', ms: VENDOR_MS, vendor, times: 'always' });
	sandbox.faults.add({ kind: 'expiredToken', vendor, nth: ENDS_AT });
	const { parts, outcomes, lost } = await job.run(ingedataPeople(PEOPLE), PEOPLE);

	const requests = sandbox.ledger.requests.filter((request) => request.vendor === vendor);
	const signIns = requests.filter(({ path }) => path === INGEDATA_SIGN_IN_PATH);
	const refused = requests.filter(({ status }) => status === 401);

	/** Numbers of the parts that a worker had. */
	const partsOf = async (executions: string[]) =>
		await Promise.all(
			executions.map(async (id) => {
				const { Webhook } = (await client.finished(id)).runs;
				return (Webhook[0].data?.main[0]?.[0].json.body as { part: number }).part;
			}),
		);
	const refusedFor = await Promise.all(
		workers.map(async (worker) => {
			const its = await partsOf(await worker.taken(parts.map(({ id }) => id)));
			return refused.filter((request) => its.includes(partOf(request))).length;
		}),
	);
	const names = sandbox
		.truth(vendor)
		.records.map(({ value }) => PERSON.exec(JSON.stringify(value))?.[1]);
	report.proof(
		'Each worker signs in anew when the session has ended, and nobody loses a row by it',
		`${PEOPLE} people in ${PARTS} parts: ${refusedFor.join(' and ')} requests of the workers refused, ${signIns.length} sign-ins in all, ${new Set(names).size} people created once`,
		unless({
			'a worker was not refused': refusedFor.every((count) => count > 0),
			'a part was lost': lost.length === 0,
			'a row is not called saved':
				outcomes.length === PEOPLE && outcomes.every(({ status }) => status === 'saved'),
			'somebody is missing': new Set(names).size === PEOPLE,
			'somebody was created twice': new Set(names).size === names.length,
		}),
	);
}

/** Number of the part that a request came from. */
const partOf = ({ body }: LedgerEntry): number =>
	Math.floor((Number(PERSON.exec(JSON.stringify(body))?.[1]) - 1) / (PEOPLE / PARTS));
