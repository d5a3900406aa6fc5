import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Resource, SaveOperation, Vendor } from '../../../nodes/shared/definition';
import { columnsOf, prepareMapper } from '../../../nodes/shared/mapping';

/** Lists of people as products and templates head them: headings, what a careful person takes each for, and no people. */
interface Heading {
	h: string;
	/** A concept of the engine; `other`: a real column that belongs to none; `ambiguous`: a careful person would ask. */
	means: string;
	/** Right as well. */
	alt?: string;
	/** Doubtful: never counted as missed. */
	sure?: false;
}

export interface List {
	system: string;
	language: string;
	headings: readonly Heading[];
}

export const LISTS: readonly List[] = readFileSync(join(__dirname, 'lists.ndjson'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as List);

export interface Counts {
	right: number;
	missed: string[];
	wrong: string[];
	/** Headings in a clash, which ends the run. */
	blocked: string[];
	headings: number;
}

/** The resource of people that a vendor imports. */
export function peopleOf(vendor: Vendor): { resource: Resource; operation: SaveOperation } {
	const resource = vendor.resources.find(({ operations }) => 'import' in operations) as Resource;
	return { resource, operation: resource.operations.import as SaveOperation };
}

/** What becomes of the headings of lists, each list read whole. */
export function count(vendors: readonly Vendor[], lists: readonly List[]): Counts {
	const counts: Counts = { right: 0, missed: [], wrong: [], blocked: [], headings: 0 };
	for (const vendor of vendors) {
		const { resource, operation } = peopleOf(vendor);
		const columns = columnsOf(resource, operation);
		const concepts = new Map(columns.map(({ key, concept }) => [key, concept]));
		const offered = new Set(columns.map(({ concept }) => concept as string | undefined));
		const mapper = prepareMapper(resource, operation);
		for (const { system, headings } of lists) {
			const { matched, ambiguous } = mapper.match(headings.map(({ h }) => h));
			const clashing = new Set(ambiguous.flatMap((clash) => clash.headers));
			for (const { h, means, alt, sure = true } of headings) {
				const about = `${vendor.name} | ${system} | ${h} (${means}${alt === undefined ? '' : `, ${alt}`})`;
				counts.headings++;
				if (clashing.has(h)) counts.blocked.push(about);
				const key = matched[h] as string | undefined;
				if (key !== undefined) {
					const concept = concepts.get(key);
					if (concept === means || (alt !== undefined && concept === alt)) counts.right++;
					else counts.wrong.push(`${about} -> ${key}`);
				} else if (sure && offered.has(means)) counts.missed.push(about);
			}
		}
	}
	return counts;
}

export const rightShare = ({ right, missed }: Counts): number => right / (right + missed.length);
export const wrongShare = ({ right, wrong }: Counts): number =>
	wrong.length / (right + wrong.length);
