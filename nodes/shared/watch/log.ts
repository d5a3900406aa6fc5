import { Memory } from './memory';
import type { Cursor, Found, Happening, Log, Step } from './types';

interface LogRules {
	/** Milliseconds a window must lie in the past, and may be long. */
	delayMs: number;
	windowMs: number;
	/** Our own clock, in milliseconds. */
	now(): number;
}

interface StepRules extends LogRules {
	/** Records given in one step at most. */
	most: number;
}

/** Our clock and the vendor's drift apart between two answers; a window that ends too late is refused. */
const MARGIN_MS = 60_000;
/** A month without a poll is 30 windows of a day; more in one poll would keep the vendor busy. */
const MOST_WINDOWS = 35;
/** Logs are asked by whole seconds. */
const SECOND = 1000;

/** Asks a window long past, only to learn the vendor's clock: what happens from here on is given later. */
export async function startLog(log: Log, { delayMs, windowMs, now }: LogRules): Promise<Cursor> {
	const begun = now();
	const to = wholeSecond(begun - delayMs - windowMs);
	const { clock } = await log.ids(to - SECOND, to);
	// Against the time of the answer: asking may have taken a minute.
	const answered = now();
	const ahead = (clock ?? answered) - answered;
	return { floor: wholeSecond(begun + ahead), given: '', ahead };
}

const wholeSecond = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** The windows of a log since the cursor, until one holds something new. */
export async function stepLog(log: Log, cursor: Cursor, rules: StepRules): Promise<Step> {
	if (cursor.started !== undefined) {
		const fresh = await startLog(log, rules);
		const floor = wholeSecond(cursor.started + (fresh.ahead ?? 0));
		return await stepLog(log, { ...fresh, floor }, rules);
	}
	const { delayMs, windowMs, most, now } = rules;
	const memory = new Memory(cursor.given, cursor.floor - windowMs);
	let { floor, until, ahead = 0 } = cursor;
	for (let windows = 0; windows < MOST_WINDOWS; windows++) {
		const end =
			until ?? Math.min(floor + windowMs, wholeSecond(now() + ahead - delayMs - MARGIN_MS));
		if (end <= floor) break;
		const { ids, clock } = await log.ids(floor, end);
		if (clock !== undefined) ahead = clock - now();
		// Within a window an ID counts once, whatever its record says by now.
		const open = ids.filter((id) => !memory.has({ ...inWindow(id, end) })).sort();
		const batch = open.slice(0, most);
		const records = batch.length === 0 ? [] : await log.records(batch);
		const byId = new Map(records.map((found) => [found.id, found]));
		const happenings: Happening[] = [];
		for (const id of batch) {
			const found: Found = byId.get(id) ?? { record: { id }, id, version: `missing ${end}` };
			// A record is read as it is by now, so a window to come may name a change that is given here already.
			const version = {
				id: `record ${id}`,
				version: found.version,
				at: Math.max(end, found.at ?? now() + ahead),
			};
			if (!memory.has(version)) happenings.push({ event: 'changed', found });
			memory.add(version);
			memory.add(inWindow(id, end));
		}
		const more = open.length > batch.length;
		if (more) until = end;
		else {
			memory.forget(floor);
			floor = end;
			until = undefined;
		}
		if (happenings.length > 0 || more) {
			const next = { floor, ahead, ...(until === undefined ? {} : { until }) };
			return { happenings, more, cursor: { ...next, given: memory.toText(floor - windowMs) } };
		}
	}
	return {
		happenings: [],
		more: false,
		cursor: { floor, ahead, given: memory.toText(floor - windowMs) },
	};
}

const inWindow = (id: string, end: number) => ({
	id: `window ${id}`,
	version: String(end),
	at: end,
});
