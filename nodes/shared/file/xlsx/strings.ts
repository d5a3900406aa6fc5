import { FileFault } from '../fault';
import { MAX_CELL, TextOf } from './cellText';
import type { Archive } from './zip';
import { readWholeXml, type XmlListener } from './xml';

/** Bytes taken at a time. A text lies in one page, so some bytes at a page's end stay free. */
const PAGE = 1024 * 1024;
/** What the texts of a workbook may take; more of it does not fit beside n8n on a small server. */
const MAX_BYTES = 160 * 1024 * 1024;
/** No text of a cell takes more bytes than this, with what stands before it. */
const MAX_TEXT_BYTES = MAX_CELL * 3 + 5;
const OFFSETS = 64 * 1024;

/**
 * The texts that cells name by number, packed into buffers: as strings of JavaScript they would take several times as much,
 * and of the process's own memory limit.
 */
export class SharedStrings implements XmlListener {
	count = 0;
	private readonly pages: Buffer[] = [];
	private used = PAGE;
	private readonly offsets: Uint32Array[] = [];
	private readonly item = new TextOf('si');

	static async read(archive: Archive, part: string | undefined): Promise<SharedStrings> {
		const strings = new SharedStrings();
		if (part !== undefined && archive.has(part)) await readWholeXml(archive.part(part), strings);
		return strings;
	}

	get listening(): boolean {
		return this.item.listening;
	}

	open(name: string): void {
		this.item.open(name);
	}

	close(name: string): void {
		if (this.item.close(name)) this.add(this.item.take());
	}

	text(piece: string): void {
		this.item.text(piece);
	}

	/** Undefined for a number that no text has. */
	at(index: number): string | undefined {
		if (!(index >= 0 && index < this.count) || !Number.isInteger(index)) return undefined;
		const offset = this.offsets[Math.floor(index / OFFSETS)][index % OFFSETS];
		const page = this.pages[Math.floor(offset / PAGE)];
		let at = offset % PAGE;
		let length = page[at] & 0x7f;
		for (let shift = 7; page[at++] & 0x80; shift += 7) length |= (page[at] & 0x7f) << shift;
		return page.toString('utf8', at, at + length);
	}

	private add(text: string): void {
		if (this.used + MAX_TEXT_BYTES > PAGE && this.used + text.length * 3 + 5 > PAGE) this.turn();
		const { count, pages, offsets } = this;
		if (count % OFFSETS === 0) offsets.push(new Uint32Array(OFFSETS));
		const page = pages[pages.length - 1];
		offsets[offsets.length - 1][count % OFFSETS] = (pages.length - 1) * PAGE + this.used;
		// Its length goes before it, seven bits a byte.
		let length = Buffer.byteLength(text);
		while (length > 0x7f) {
			page[this.used++] = (length & 0x7f) | 0x80;
			length >>>= 7;
		}
		page[this.used++] = length;
		this.used += page.write(text, this.used);
		this.count++;
	}

	private turn(): void {
		if (this.pages.length * PAGE >= MAX_BYTES)
			throw new FileFault(
				`The Excel file holds more than ${MAX_BYTES / PAGE} MB of text. Save the list as CSV, or in several files.`,
			);
		// The first page of a small workbook need not be larger than its texts, but allocating it costs nothing until it is written.
		this.pages.push(Buffer.allocUnsafe(PAGE));
		this.used = 0;
	}
}
