import { Memory } from './memory';
import type { Cursor, Found, Happening, Look, Source, Step } from './types';

interface ListRules {
	/** How far back each look goes behind the newest time that was given, in milliseconds. */
	overlapMs: number;
	/** Our own clock, in milliseconds. */
	now(): number;
}

interface StepRules extends ListRules {
	/** Records given in one step at most. */
	most: number;
}

/** A vendor's clock that differs by more from ours has put the first look at the wrong place. */
const TOLERATED_MS = 60_000;

/** Remembers what is there, and gives nothing of it. Fails like any look; `startedAt` keeps the place then. */
export async function start(source: Source, rules: ListRules): Promise<Cursor> {
	const { floor, look } = await lookFromStart(source, rules, rules.now());
	const memory = new Memory();
	for (const found of look.found) if (isFrom(floor, found)) memory.add(found);
	return { floor, given: memory.toText(floor) };
}

/** For who could not look when the watch was switched on: what happens from here on is not lost. */
export const startedAt = (now: number): Cursor => ({ floor: 0, given: '', started: now });

async function lookFromStart(
	source: Source,
	{ overlapMs, now }: ListRules,
	started: number,
): Promise<{ floor: number; begin: number; look: Look }> {
	let look = await source.look(started - overlapMs);
	// Against the time of the answer: the look itself may have waited for a minute.
	const answered = now();
	const ahead = (look.clock ?? answered) - answered;
	// Many services keep whole seconds: what happened in this very second must not seem to have been before.
	const begin = Math.floor((started + ahead) / 1000) * 1000;
	const floor = begin - overlapMs;
	if (Math.abs(ahead) > TOLERATED_MS) look = await source.look(floor);
	return { floor, begin, look };
}

const isFrom = (floor: number, { at }: Found): boolean => at === undefined || at >= floor;

/** What has happened since the cursor, oldest first, and where it stands then. */
export async function step(source: Source, cursor: Cursor, rules: StepRules): Promise<Step> {
	if (cursor.started === undefined) {
		const memory = new Memory(cursor.given, cursor.floor);
		return taken(await source.look(cursor.floor), memory, cursor.floor, rules);
	}
	const { floor, begin, look } = await lookFromStart(source, rules, cursor.started);
	const memory = new Memory();
	for (const found of look.found)
		if (isFrom(floor, found) && (found.at === undefined || found.at < begin)) memory.add(found);
	return taken(look, memory, floor, rules);
}

function taken(
	{ found, clock, settled }: Look,
	memory: Memory,
	floor: number,
	{ overlapMs, most, now }: StepRules,
): Step {
	const seen = found.filter((each) => isFrom(floor, each));
	const fresh = seen.filter((each) => !memory.has(each)).sort(byTime);
	const batch = fresh.slice(0, most);
	const more = fresh.length > batch.length;
	const happenings = batch.map((each): Happening => {
		const happening: Happening = { event: eventOf(each, memory, floor), found: each };
		memory.add(each);
		return happening;
	});
	// A time in the vendor's future must not carry the floor past what happens until then.
	const latest = clock ?? now();
	const times = (more ? batch : seen).flatMap(({ at }) =>
		at === undefined ? [] : [Math.min(at, latest)],
	);
	const newest = times.reduce((a, b) => Math.max(a, b), 0);
	const next = settled ? Math.max(floor, newest - overlapMs) : floor;
	memory.forget(next);
	return { happenings, cursor: { floor: next, given: memory.toText(next) }, more };
}

const byTime = (one: Found, other: Found): number =>
	(one.at ?? 0) - (other.at ?? 0) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** A record that was made before the floor, or has been given before, can only have changed. */
function eventOf(found: Found, memory: Memory, floor: number): Happening['event'] {
	if (found.removed) return 'removed';
	if (memory.knows(found.id)) return 'changed';
	const made = found.createdAt ?? found.at;
	return made === undefined || made >= floor ? 'created' : 'changed';
}
