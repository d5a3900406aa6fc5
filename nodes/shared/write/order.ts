import type { Field, Fields } from '../definition';
import { valueAt } from '../definition';

/** A row's own name and the name of the row it needs first, both as people write them. */
export interface Kinship {
	name: string | undefined;
	parent: string | undefined;
}

/** Names are compared as people mean them: without case, and with single spaces. */
const same = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Field whose records must exist before they are named; undefined when the resource has none. */
export function parentField(fields: Fields): [key: string, field: Field] | undefined {
	return Object.entries(fields).find(([, field]) => field.relation?.order === 'parentsFirst');
}

export function kinshipOf(
	fields: Fields,
	[key, field]: [string, Field],
	record: Readonly<Record<string, unknown>>,
): Kinship {
	const textAt = (name: string): string => {
		const value = valueAt(record, fields[name]?.path ?? name);
		return typeof value === 'string' ? value : '';
	};
	const name = (field.relation?.refersTo ?? '').split(' ').map(textAt).join(' ');
	const parent = textAt(key);
	return { name: same(name) || undefined, parent: same(parent) || undefined };
}

/** Rows of one name. Who names them means one of them, and nobody can tell which. */
interface Namesakes {
	rows: number[];
	/** Rows that name them. */
	children: number[];
	/** How many of `rows` have no place yet. */
	left: number;
}

/** Rows by when they may be sent. */
export interface Order {
	/** Everybody comes after whom they name; rows of one level do not need each other. */
	levels: number[][];
	/** Rows that wait for each other, each circle by itself. None of its rows can be first. */
	circles: number[][];
	/** Rows that name somebody who is not among the rows, or in a circle. */
	elsewhere: number[];
}

function namesakesOf(rows: readonly Kinship[]): Map<string, Namesakes> {
	const byName = new Map<string, Namesakes>();
	rows.forEach(({ name }, at) => {
		if (name === undefined) return;
		const namesakes = byName.get(name) ?? { rows: [], children: [], left: 0 };
		namesakes.rows.push(at);
		namesakes.left++;
		byName.set(name, namesakes);
	});
	return byName;
}

/**
 * Sorts rows so that everybody comes after the row they name. Of several rows with that name all come first; where that
 * would be a circle, one is enough. Who names themselves needs nobody.
 */
export function orderOf(rows: readonly Kinship[]): Order {
	const byName = namesakesOf(rows);
	const order: Order = { levels: [], circles: [], elsewhere: [] };
	const waiting = new Map<number, Namesakes>();
	let level: number[] = [];
	rows.forEach(({ name, parent }, at) => {
		const needsNobody = parent === undefined || parent === name;
		const parents = needsNobody ? undefined : byName.get(parent);
		parents?.children.push(at);
		if (parents === undefined) level.push(at);
		else waiting.set(at, parents);
		if (!needsNobody && parents === undefined) order.elsewhere.push(at);
	});

	/** Namesakes of whom some have their place, and others wait themselves. */
	const begun = new Set<Namesakes>();
	const childrenOf = (groups: Iterable<Namesakes>): number[] => {
		const children: number[] = [];
		for (const group of groups) {
			begun.delete(group);
			for (const at of group.children) if (waiting.delete(at)) children.push(at);
		}
		return children.sort((a, b) => a - b);
	};
	/** Whom it frees that these rows have their place. */
	const freedBy = (placed: readonly number[]): number[] => {
		const whole: Namesakes[] = [];
		for (const at of placed) {
			const { name } = rows[at];
			const namesakes = name === undefined ? undefined : byName.get(name);
			if (namesakes === undefined) continue;
			begun.add(namesakes);
			if (--namesakes.left === 0) whole.push(namesakes);
		}
		return childrenOf(whole);
	};

	for (;;) {
		while (level.length > 0) {
			order.levels.push(level);
			level = freedBy(level);
			if (level.length === 0) level = childrenOf([...begun]);
		}
		if (waiting.size === 0) return order;
		const circles = circlesAmong(waiting);
		for (const circle of circles) {
			order.circles.push(circle);
			for (const at of circle) waiting.delete(at);
		}
		level = freedBy(circles.flat());
		for (const at of level) order.elsewhere.push(at);
	}
}

/** A step of the walk from namesakes to those whom they name. */
interface Step {
	from: Namesakes;
	names: readonly Namesakes[];
	/** Those of `names` that are still to be looked at. */
	left: Namesakes[];
	/** When it was reached; the earliest step that can be reached from it. */
	reached: number;
	earliest: number;
}

/**
 * The rows that wait for each other and for nobody else. Tarjan's walk, with a list instead of recursion: a chain may be as
 * long as the input.
 */
function circlesAmong(waiting: ReadonlyMap<number, Namesakes>): number[][] {
	const named = (group: Namesakes): Namesakes[] =>
		group.rows.flatMap((at) => waiting.get(at) ?? []);
	const circles: number[][] = [];
	const steps = new Map<Namesakes, Step>();
	/** Reached, and in no finished circle. */
	const open: Step[] = [];
	const finished = new Set<Namesakes>();
	const path: Step[] = [];
	const enter = (from: Namesakes): void => {
		const at = steps.size;
		const names = named(from);
		const step = { from, names, left: [...names], reached: at, earliest: at };
		steps.set(from, step);
		open.push(step);
		path.push(step);
	};
	for (const start of waiting.values()) {
		if (!steps.has(start)) enter(start);
		while (path.length > 0) {
			const step = path[path.length - 1];
			const next = step.left.pop();
			if (next !== undefined) {
				if (!steps.has(next)) enter(next);
				continue;
			}
			path.pop();
			for (const group of step.names)
				if (!finished.has(group))
					step.earliest = Math.min(step.earliest, steps.get(group)!.earliest);
			if (step.earliest < step.reached) continue;
			const members = open.splice(open.lastIndexOf(step)).map(({ from }) => from);
			const inside = new Set(members);
			for (const member of members) finished.add(member);
			if (members.every((member) => named(member).every((group) => inside.has(group))))
				circles.push(members.flatMap((member) => member.rows).sort((a, b) => a - b));
		}
	}
	return circles;
}
