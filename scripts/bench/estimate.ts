import { WHOZ_MAX_ROWS } from '../../test/sandbox/whoz';
import { RATE_LIMIT, type Plan, type Where } from './cells';
import { CONCURRENCY, type RivalId } from './rivals';

/** What a request costs beside the vendor's delay, and a row in reading it; both seen on a machine with two cores. */
const REQUEST_MS = 12;
const ROW_MS = 0.05;
/** Starting an execution, asking the vendor, the pause after it. */
const AROUND_MS = 400;
/** A fresh n8n, its first rows, and the wait until it is idle. */
const RESTART_MS = 14_000;
const LISTED_MS = 0.07;

/** Milliseconds of one run, so roughly that only their sum is of use. */
function expected(id: RivalId, { rows, delay, condition }: Where): number {
	const chunks = Math.ceil(rows / WHOZ_MAX_ROWS);
	const limited = (requests: number) =>
		condition === 'rateLimited' ? (requests / RATE_LIMIT) * 1000 : 0;
	const poisoned = condition === 'poison';
	const request = delay + REQUEST_MS;
	const around = AROUND_MS + rows * ROW_MS;
	switch (id) {
		case 'N':
		case 'E1':
		case 'E2':
			return around + (chunks / CONCURRENCY) * request;
		case 'A': {
			// Halving a request with three bad rows takes some forty more.
			const requests = poisoned ? chunks * 45 : chunks;
			return around + (requests / CONCURRENCY) * request + limited(requests);
		}
		case 'D':
			// Two waits of a second for each refused batch.
			return around + chunks * (request + 20) + (poisoned ? chunks * 2000 : limited(chunks));
		case 'B':
			return around + delay + rows * 5;
		case 'C':
			// Pauses of a second after every fifty rows, and where something fails all of it three times.
			return around + (condition === 'clean' || condition === 'refused' ? 1 : 3) * rows * 20;
		case 'F':
			return around + rows * 3 + limited(rows);
		case 'F4':
			return around + (rows / CONCURRENCY) * request + limited(rows);
	}
}

export function estimateOf({ counted, timed, memory, listed }: Plan): string {
	const sum = (figures: number[]) => figures.reduce((total, figure) => total + figure, 0);
	const counting = counted.conditions.flatMap((condition) =>
		counted.rivals.map((id) => expected(id, { ...counted, condition })),
	);
	const timing = timed.map((cell) => cell.runs * sum(cell.rivals.map((id) => expected(id, cell))));
	const peaks = memory.rows.flatMap((rows) =>
		memory.rivals.map(
			(id) =>
				memory.runs *
				(RESTART_MS + expected(id, { rows, delay: memory.delay, condition: 'clean' })),
		),
	);
	const listing = (listed.runs === 0 ? 0 : listed.runs + 1) * 4 * listed.talents * LISTED_MS;
	return `${Math.ceil((sum(counting) + sum(timing) + sum(peaks) + listing) / 60_000)} minutes`;
}
