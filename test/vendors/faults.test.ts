import { startSandbox } from '../sandbox';
import { countUnder, FAULTS, SUBJECTS, WAYS } from '../support/faultMatrix';

/*
 * Every fault, for every vendor, in both ways of sending many: nobody lost, nobody doubled, nobody misreported. Most of the
 * time is spent waiting, so several cases run at once, each with a sandbox of its own.
 */

/** Far above what a case takes alone, which is up to 5 s of waiting. */
const TIMEOUT_MS = 60_000;

const SENDERS = SUBJECTS.flatMap((subject) =>
	WAYS.map((way) => [subject.vendor.name, way, subject] as const),
);
const CASES = SENDERS.flatMap(([vendor, way, subject]) =>
	FAULTS.map(([name, fault]) => [vendor, way, name, subject, fault] as const),
);

async function counted(
	subject: (typeof SUBJECTS)[number],
	way: (typeof WAYS)[number],
	fault: (typeof FAULTS)[number][1] | undefined,
) {
	const sandbox = await startSandbox();
	try {
		const figures = await countUnder(sandbox, subject, way, fault);
		const struck = sandbox.ledger.requests.some(({ faults }) => faults.length > 0);
		return { ...figures, struck };
	} finally {
		await sandbox.close();
	}
}

describe('where nothing goes wrong', () => {
	it.concurrent.each(SENDERS)(
		'%s %s saves every row',
		async (_vendor, way, subject) => {
			const { statuses, ...figures } = await counted(subject, way, undefined);
			expect(statuses).toEqual({ saved: subject.rows });
			expect(figures).toMatchObject({ lost: 0, doubled: 0, misreported: 0, struck: false });
		},
		TIMEOUT_MS,
	);
});

describe('under a fault', () => {
	it.concurrent.each(CASES)(
		'%s %s: %s',
		async (_vendor, way, _name, subject, fault) => {
			expect(await counted(subject, way, fault)).toMatchObject({
				outcomes: subject.rows,
				lost: 0,
				doubled: 0,
				misreported: 0,
				struck: true,
			});
		},
		TIMEOUT_MS,
	);
});
