import type { Port } from '../http';
import type { RowSource, SourceRow } from './job';

/**
 * n8n serves all its users from this thread; it must get a turn while many rows are checked. After that time, because a row may
 * take microseconds or, with expressions, a millisecond; and not sooner, because giving way costs a millisecond itself.
 */
const TURN_MS = 25;
const ROWS_PER_LOOK = 20;

/** Visits row after row, and lets n8n serve others in between. */
export async function eachRow(
	port: Port,
	rows: ReturnType<RowSource>,
	visit: (row: SourceRow) => Promise<void> | void,
): Promise<void> {
	let count = 0;
	let turn = port.now();
	const visitAll = async (block: Iterable<SourceRow>) => {
		for (const row of block) {
			const visited = visit(row);
			if (visited !== undefined) await visited;
			if (++count % ROWS_PER_LOOK !== 0 || port.now() - turn < TURN_MS) continue;
			await port.sleep(0);
			turn = port.now();
		}
	};
	if (Symbol.asyncIterator in rows) for await (const block of rows) await visitAll(block);
	else await visitAll(rows);
}
