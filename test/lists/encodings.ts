import type { Encoding } from './list';

/** Node reads these encodings and writes none of them. */
const tableOf = (label: string): ReadonlyMap<string, number> => {
	const decoder = new TextDecoder(label);
	const bytes = Array.from({ length: 128 }, (_, at) => at + 128);
	return new Map(bytes.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
};
const TABLES = { 'windows-1250': tableOf('windows-1250'), 'windows-1252': tableOf('windows-1252') };

const tableFor = (encoding: Encoding) =>
	encoding in TABLES ? TABLES[encoding as keyof typeof TABLES] : undefined;

/** Has every letter its place in the encoding? */
export const holds = (encoding: Encoding, text: string): boolean => {
	const table = tableFor(encoding);
	return table === undefined || [...text].every((letter) => letter < '\x80' || table.has(letter));
};

export function encoded(text: string, encoding: Encoding): Buffer {
	if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
	const table = tableFor(encoding);
	if (table === undefined) return Buffer.from(encoding === 'utf-8-mark' ? `\ufeff${text}` : text);
	return Buffer.from([...text].map((letter) => table.get(letter) ?? letter.charCodeAt(0)));
}
