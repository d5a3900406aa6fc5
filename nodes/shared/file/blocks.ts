/**
 * Bytes and characters are handled in blocks of this size: big enough that the work for each block disappears in the work
 * for each row, small enough that memory stays flat.
 */
export const BLOCK = 64 * 1024;

/**
 * The longest record kept in memory, in characters. A spreadsheet cell holds 32,767 characters at most, so this is 128 full
 * cells; a longer "record" is a quote or bracket that was never closed.
 */
export const MAX_RECORD = 4 * 1024 * 1024;

/** The same bytes in blocks of exactly `BLOCK` (the last one shorter), however the source cuts them: no result depends on its cuts. */
export async function* inBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let pieces: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; ) {
			const piece = chunk.subarray(at, at + BLOCK - length);
			pieces.push(piece);
			length += piece.length;
			at += piece.length;
			if (length < BLOCK) continue;
			yield pieces.length === 1 ? piece : Buffer.concat(pieces);
			pieces = [];
			length = 0;
		}
	}
	if (length > 0) yield Buffer.concat(pieces);
}

/** Puts back what was read ahead. */
export async function* withFirst<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
	yield first;
	yield* rest;
}
