import {
	openRows,
	type FileHead,
	type FileRow,
	type ReadOptions,
} from '../../../nodes/shared/file';

export async function* stream<T>(...parts: T[]): AsyncGenerator<T> {
	yield* parts;
}

/** `parts` in pieces cut at the given positions. */
export function cut<T extends { slice(from: number, to?: number): T; length: number }>(
	whole: T,
	positions: readonly number[],
): T[] {
	const edges = [0, ...positions.map((at) => at % (whole.length + 1)), whole.length];
	edges.sort((a, b) => a - b);
	return edges.slice(1).map((to, index) => whole.slice(edges[index], to));
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
	const found: T[] = [];
	for await (const item of source) found.push(item);
	return found;
}

/** Everything there is to know of a file, given as text (UTF-8) or as the pieces a stream would bring. */
export async function readFile(
	file: string | readonly Uint8Array[],
	options: ReadOptions = {},
): Promise<FileHead & { rows: FileRow[] }> {
	const parts = typeof file === 'string' ? [Buffer.from(file)] : file;
	const { rows, reread, ...head } = await openRows(stream(...parts), options);
	const found = (await collect(rows)).flat().map(({ source, ...row }) => {
		// Where a row can be read again, it is the same.
		if (source !== undefined && JSON.stringify(reread?.(source)) !== JSON.stringify(row.values))
			throw new Error(`Row ${row.row} is another when it is read again.`);
		return row;
	});
	return { rows: found, ...head };
}

/** The values of all rows. */
export const valuesOf = async (file: string | Uint8Array, options: ReadOptions = {}) =>
	(await readFile(typeof file === 'string' ? file : [file], options)).rows.map((row) => row.values);

/** The message of the fault a file ends in; fails when it is read. */
export async function faultOf(
	file: string | Uint8Array,
	options: ReadOptions = {},
): Promise<string> {
	const { FileFault } = await import('../../../nodes/shared/file');
	const outcome: unknown = await readFile(typeof file === 'string' ? file : [file], options).catch(
		(error: unknown) => error,
	);
	if (!(outcome instanceof FileFault)) throw new Error(`no fault: ${JSON.stringify(outcome)}`);
	return outcome.message;
}

/** UTF-16 with the high byte first; Node has a name for the other order only. */
export const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
