import type { Watch } from '../definition';
import type { ListReader, ParameterValues } from '../write';
import { start, startedAt, step } from './list';
import { startLog, stepLog } from './log';
import { comparedSource, logSource, timedSource } from './sources';
import type { Cursor, Step } from './types';

/** One list that is watched. */
export interface Watcher {
	/** Remembers what is there. */
	begin(): Promise<Cursor>;
	/** For when the vendor does not answer just now: what happens from here on is not lost. */
	beginLater(): Cursor;
	/** What has happened since, so many records at most. Fails without moving anything. */
	advance(cursor: Cursor, most: number): Promise<Step>;
}

/** @param now milliseconds by our own clock */
export function watcherOf(
	reader: ListReader,
	watch: Watch,
	values: ParameterValues,
	now: () => number,
): Watcher {
	const begun = now();
	const beginLater = () => startedAt(begun);
	if (watch.by === 'changelog') {
		const log = logSource(reader, watch, values);
		const rules = {
			now,
			delayMs: watch.delaySeconds * 1000,
			windowMs: watch.windowSeconds * 1000,
		};
		return {
			beginLater,
			begin: async () => await startLog(log, rules),
			advance: async (cursor, most) => await stepLog(log, cursor, { ...rules, most }),
		};
	}
	const source =
		watch.by === 'compare'
			? comparedSource(reader, watch, values)
			: timedSource(reader, watch, values);
	const rules = { now, overlapMs: watch.by === 'compare' ? 0 : watch.overlapSeconds * 1000 };
	return {
		beginLater,
		begin: async () => await start(source, rules),
		advance: async (cursor, most) => await step(source, cursor, { ...rules, most }),
	};
}
