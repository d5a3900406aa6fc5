import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import { ROOT } from '../lib/paths';
import type { Report } from './report';

/** Pictures of the documentation. */
const IMAGES = join(ROOT, 'docs/images');

/** Everything that was looked at: ignored by git and made anew each time. */
export const LOOKED_AT = join(ROOT, 'test-results/editor');

/** A page with two or three pictures should load at once, and the canvas with its dots does not compress well. */
const MAX_BYTES = 100_000;

/** A part of the page. */
export type Clip = NonNullable<NonNullable<Parameters<Page['screenshot']>[0]>['clip']>;

/** Pixels around what a picture is about. */
const MARGIN = 16;

/** Below and beside a node on the canvas stand its name, what it does and the names of its outputs. */
export const ROUND_NODES = 90;

/** The part of the page that holds all of these. */
export async function around(...parts: Locator[]): Promise<Clip> {
	return await within(MARGIN, parts);
}

/** The same with another margin. */
export async function within(margin: number, parts: readonly Locator[]): Promise<Clip> {
	const found = await Promise.all(parts.map((part) => part.locator('visible=true').all()));
	const boxes = (await Promise.all(found.flat().map((part) => part.boundingBox()))).filter(
		(box) => box !== null,
	);
	const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	const bottom = Math.max(...boxes.map((box) => box.y + box.height));
	return {
		x: Math.max(0, x - margin),
		y: Math.max(0, y - margin),
		width: right - x + 2 * margin,
		height: bottom - y + 2 * margin,
	};
}

type Part = () => Promise<Clip>;

/** Takes pictures. Where things are only checked there are none, as they cost a third of the time. */
export class Pictures {
	private readonly kept = new Set<string>();

	private constructor(
		private readonly report: Report,
		private readonly taken: boolean,
	) {}

	static async into(report: Report, taken: boolean): Promise<Pictures> {
		await rm(LOOKED_AT, { recursive: true, force: true });
		await mkdir(LOOKED_AT, { recursive: true });
		if (taken) await mkdir(IMAGES, { recursive: true });
		return new Pictures(report, taken);
	}

	get count(): number {
		return this.kept.size;
	}

	/** For looking at. */
	async look(of: Page | Locator, name: string, part?: Part): Promise<void> {
		if (this.taken) await this.take(of, name, LOOKED_AT, part);
	}

	/** For the documentation. */
	async keep(of: Page | Locator, name: string, part?: Part): Promise<void> {
		if (!this.taken) return;
		const size = await this.take(of, name, IMAGES, part);
		this.report.check(size <= MAX_BYTES, `the picture ${name} has ${size} bytes`);
		this.report.check(!this.kept.has(name), `two pictures are called ${name}`);
		this.kept.add(name);
	}

	/** Of what the tour could not go on from. */
	async stopped(page: Page): Promise<void> {
		await this.take(page, 'where-it-stopped', LOOKED_AT);
	}

	private async take(
		of: Page | Locator,
		name: string,
		folder: string,
		part?: Part,
	): Promise<number> {
		const clip = await part?.();
		const picture = await of.screenshot({ clip, animations: 'disabled' } as object);
		await writeFile(join(folder, `${name}.png`), picture);
		return picture.length;
	}
}
