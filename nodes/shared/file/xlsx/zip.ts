import { BLOCK } from '../blocks';
import { FileFault } from '../fault';
import { crcOf } from './crc';
import { damaged, locked, oversized } from './fault';
import { inflate } from './inflate';

/** More than a sheet full to its last row weighs compressed; a larger one is read faster and safer as CSV. */
const MAX_FILE = 150 * 1024 * 1024;

/** A file in memory as it came, in blocks of one size: joining them would take its size twice. */
export class Bytes {
	private readonly blocks: Uint8Array[] = [];
	length = 0;

	static async collect(blocks: AsyncIterable<Uint8Array>): Promise<Bytes> {
		const bytes = new Bytes();
		for await (const block of blocks) {
			bytes.blocks.push(block);
			bytes.length += block.length;
			if (bytes.length > MAX_FILE)
				throw new FileFault(
					`The file is larger than ${MAX_FILE / 1024 / 1024} MB. Save the list as CSV, or in several files.`,
				);
		}
		return bytes;
	}

	/** The pieces that hold these bytes, not copied. */
	*pieces(from: number, to: number): Generator<Uint8Array> {
		for (let at = from; at < to; ) {
			const start = at % BLOCK;
			const piece = this.blocks[(at - start) / BLOCK]?.subarray(start, start + to - at);
			// Given back for a part that this one overlaps, or behind the end.
			if (piece === undefined || piece.length === 0) throw damaged();
			yield piece;
			at += piece.length;
		}
	}

	/** Gives back the memory of these bytes, as far as no others share their block. They cannot be read again. */
	drop(from: number, to: number): void {
		for (let at = Math.ceil(from / BLOCK); (at + 1) * BLOCK <= to; at++)
			this.blocks[at] = new Uint8Array();
	}

	read(from: number, to: number): Buffer {
		if (from < 0 || to > this.length || from > to) throw damaged();
		return Buffer.concat([...this.pieces(from, to)]);
	}
}

interface Entry {
	method: number;
	encrypted: boolean;
	crc: number;
	compressed: number;
	size: number;
	/** Of its local header. */
	offset: number;
}

const END = { signature: 0x06054b50, size: 22, maxComment: 0xffff };
const END_64 = { signature: 0x06064b50, locator: 0x07064b50, locatorSize: 20, size: 56 };
const RECORD = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
/** Stands for a number that does not fit; the real one is in a field of its own. */
const ELSEWHERE = 0xffffffff;
const ELSEWHERE_FIELD = 1;
const DEFLATED = 8;

/** No workbook has as many parts; a directory of more is not read for long. */
const MAX_ENTRIES = 100_000;

/** What a part may unpack to, in bytes: a sheet full to its last row, with 40 columns. Nothing of it is held, but time is spent. */
const MAX_PART = 4 * 1024 * 1024 * 1024;
/** Up to here any part is read in a moment. */
const SMALL_PART = 16 * 1024 * 1024;
/** How many times its packed size a part may have. Numbered rows that hold nothing make 13, a bomb 1,000. */
const MAX_RATIO = 200;

const isBomb = ({ size, compressed }: Entry): boolean =>
	size > MAX_PART || (size > SMALL_PART && size > compressed * MAX_RATIO);

/** Names are compared as Windows does; some programs write its slashes. */
const plainName = (name: string): string =>
	name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();

/**
 * The parts of a ZIP archive by its directory at the end, so their order does not matter. Sizes and checksums are held
 * against it: a part that is not what the directory says is damage or malice.
 */
export class Archive {
	private constructor(
		private readonly bytes: Bytes,
		private readonly entries: Map<string, Entry>,
	) {}

	static open(bytes: Bytes): Archive {
		const { from, to } = directoryOf(bytes);
		return new Archive(bytes, entriesOf(bytes.read(from, to)));
	}

	has(name: string): boolean {
		return this.entries.has(plainName(name));
	}

	names(): string[] {
		return [...this.entries.keys()];
	}

	/** For a part that is not needed any more. */
	drop(name: string): void {
		const entry = this.entries.get(plainName(name));
		if (entry === undefined) return;
		this.entries.delete(plainName(name));
		this.bytes.drop(entry.offset, entry.offset + entry.compressed);
	}

	/** The bytes of a part, unpacked. @throws FileFault when there is none. */
	async *part(name: string): AsyncGenerator<Uint8Array> {
		const entry = this.entries.get(plainName(name));
		if (entry === undefined) throw damaged();
		if (entry.encrypted) throw locked();
		if (isBomb(entry)) throw oversized();
		let size = 0;
		let crc = 0;
		for await (const piece of this.unpacked(entry)) {
			size += piece.length;
			if (size > entry.size) throw damaged();
			crc = crcOf(piece, crc);
			yield piece;
		}
		if (size !== entry.size || crc !== entry.crc) throw damaged();
	}

	private unpacked(entry: Entry): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
		const { offset, compressed, method } = entry;
		const local = this.bytes.read(offset, offset + LOCAL.size);
		if (local.readUInt32LE(0) !== LOCAL.signature) throw damaged();
		const start = offset + LOCAL.size + local.readUInt16LE(26) + local.readUInt16LE(28);
		if (start + compressed > this.bytes.length) throw damaged();
		const pieces = this.bytes.pieces(start, start + compressed);
		if (method === 0) return pieces;
		if (method === DEFLATED) return inflate(pieces);
		throw damaged();
	}
}

function directoryOf(bytes: Bytes): { from: number; to: number } {
	const tailAt = Math.max(0, bytes.length - END.size - END.maxComment);
	const tail = bytes.read(tailAt, bytes.length);
	let at = tail.length - END.size;
	while (at >= 0 && tail.readUInt32LE(at) !== END.signature) at--;
	if (at < 0) throw damaged();
	let size = tail.readUInt32LE(at + 12);
	let from = tail.readUInt32LE(at + 16);
	const locatorAt = tailAt + at - END_64.locatorSize;
	if (from === ELSEWHERE || size === ELSEWHERE) {
		const locator = bytes.read(locatorAt, locatorAt + END_64.locatorSize);
		if (locator.readUInt32LE(0) !== END_64.locator) throw damaged();
		const endAt = Number(locator.readBigUInt64LE(8));
		const end = bytes.read(endAt, endAt + END_64.size);
		if (end.readUInt32LE(0) !== END_64.signature) throw damaged();
		size = Number(end.readBigUInt64LE(40));
		from = Number(end.readBigUInt64LE(48));
	}
	return { from, to: from + size };
}

function entriesOf(directory: Buffer): Map<string, Entry> {
	const entries = new Map<string, Entry>();
	for (let at = 0; at + RECORD.size <= directory.length; ) {
		if (directory.readUInt32LE(at) !== RECORD.signature) break;
		const nameEnd = at + RECORD.size + directory.readUInt16LE(at + 28);
		const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
		if (extraEnd > directory.length) throw damaged();
		const name = plainName(directory.toString('utf8', at + RECORD.size, nameEnd));
		const entry: Entry = {
			method: directory.readUInt16LE(at + 10),
			encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
			crc: directory.readUInt32LE(at + 16),
			compressed: directory.readUInt32LE(at + 20),
			size: directory.readUInt32LE(at + 24),
			offset: directory.readUInt32LE(at + 42),
		};
		readLarge(entry, directory.subarray(nameEnd, extraEnd));
		// Two parts of one name: programs differ in which they show.
		if (entries.has(name) || entries.size > MAX_ENTRIES) throw damaged();
		entries.set(name, entry);
		at = extraEnd + directory.readUInt16LE(at + 32);
	}
	return entries;
}

/** Puts the numbers in place that are too large for their own fields; some programs always write them so. */
function readLarge(entry: Entry, extra: Buffer): void {
	for (let at = 0; at + 4 <= extra.length; ) {
		const length = extra.readUInt16LE(at + 2);
		const field = extra.subarray(at + 4, at + 4 + length);
		if (extra.readUInt16LE(at) === ELSEWHERE_FIELD) {
			let read = 0;
			for (const key of ['size', 'compressed', 'offset'] as const) {
				if (entry[key] !== ELSEWHERE) continue;
				if (read + 8 > field.length) throw damaged();
				entry[key] = Number(field.readBigUInt64LE(read));
				read += 8;
			}
		}
		at += 4 + length;
	}
}
