import { crcOf } from './crc';
import { deflate } from './inflate';

export interface Part {
	name: string;
	content: Iterable<string>;
}

/** Version of the format that a reader must know: deflated parts, nothing more. */
const VERSION = 20;
const UTF_8 = 0x0800;
const DEFLATED = 8;
/** 1 January 1980, the first day ZIP knows: the same rows give the same bytes. */
const DATE = 0x0021;

interface Packed {
	name: Buffer;
	crc: number;
	size: number;
	data: Buffer;
}

async function packed({ name, content }: Part): Promise<Packed> {
	let crc = 0;
	let size = 0;
	function* counted() {
		for (const text of content) {
			const piece = Buffer.from(text);
			crc = crcOf(piece, crc);
			size += piece.length;
			yield piece;
		}
	}
	const data = await deflate(counted());
	return { name: Buffer.from(name), crc, size, data };
}

/** What the header before a part and its record in the directory have in common. */
function described({ crc, size, data, name }: Packed): Buffer {
	const fields = Buffer.alloc(26);
	fields.writeUInt16LE(VERSION, 0);
	fields.writeUInt16LE(UTF_8, 2);
	fields.writeUInt16LE(DEFLATED, 4);
	fields.writeUInt16LE(DATE, 8);
	fields.writeUInt32LE(crc, 10);
	fields.writeUInt32LE(data.length, 14);
	fields.writeUInt32LE(size, 18);
	fields.writeUInt16LE(name.length, 22);
	return fields;
}

const bytes = (...values: ReadonlyArray<readonly [value: number, size: number]>): Buffer => {
	const held = Buffer.alloc(values.reduce((sum, [, size]) => sum + size, 0));
	let at = 0;
	for (const [value, size] of values) at = held.writeUIntLE(value, at, size);
	return held;
};

/** A ZIP archive of these parts. They are read once, and held only compressed. */
export async function zipOf(parts: readonly Part[]): Promise<Buffer> {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const part of parts) {
		const held = await packed(part);
		const fields = described(held);
		const local = [bytes([0x04034b50, 4]), fields, held.name, held.data];
		pieces.push(...local);
		directory.push(
			bytes([0x02014b50, 4], [VERSION, 2]),
			fields,
			bytes([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
			held.name,
		);
		offset += local.reduce((sum, { length }) => sum + length, 0);
	}
	const records = Buffer.concat(directory);
	const count = parts.length;
	const end = bytes(
		...([
			[0x06054b50, 4],
			[0, 2],
			[0, 2],
			[count, 2],
			[count, 2],
			[records.length, 4],
			[offset, 4],
			[0, 2],
		] as const),
	);
	return Buffer.concat([...pieces, records, end]);
}
