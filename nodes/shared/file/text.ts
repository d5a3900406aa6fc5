import { BLOCK } from './blocks';
import { FileFault } from './fault';
import { WesternText } from './western';

interface Decoder {
	write(bytes: Uint8Array): string;
	end(): string;
}

/** Stands for bytes that are no character of the encoding. */
const UNREADABLE = '\ufffd';

/** What a writer puts where a letter has no place in its encoding: lost as well. */
const SUBSTITUTE = '\x1a';

export const isUnreadable = (text: string): boolean =>
	text.includes(UNREADABLE) || text.includes(SUBSTITUTE);

/** For a row that holds one: sending it would damage what the vendor knows better. */
export const UNREADABLE_PROBLEM =
	'A character cannot be read (shown as \ufffd). Correct it and save the file as UTF-8, or choose the encoding of the file.';

/**
 * The bytes 80 to 9F of Windows-1252. A table of our own, because Node 20.18.3 to 20.x and 22.13 to 24.x decode this encoding as
 * Latin-1. Five bytes have no character: they are the sign of another encoding, so they become unreadable, not invisible.
 */
const WINDOWS_1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

const windows1252: Decoder = {
	write: (bytes) =>
		Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
			.toString('latin1')
			.replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80]),
	end: () => '',
};

/** Windows-1252 as long as nothing speaks against it. */
function ifWestern(): Decoder {
	const found = new WesternText();
	return {
		write: (bytes) => {
			const text = windows1252.write(bytes);
			if (!found.accepts(text))
				throw new FileFault(
					'The file is not saved as UTF-8, and its letters make no words in Windows-1252 (Western European) either. Choose its encoding under "Encoding", or save it as "CSV UTF-8".',
				);
			return text;
		},
		end: () => '',
	};
}

/** Undefined for a label the standard does not know. */
function standardDecoder(label: string) {
	try {
		return new TextDecoder(label);
	} catch {
		return undefined;
	}
}

function decoderFor(label: string): Decoder {
	const decoder = standardDecoder(label);
	if (!decoder)
		throw new FileFault(
			`The encoding "${label}" is not known. Use for example utf-8, utf-16le, windows-1250 or windows-1252.`,
		);
	// Latin-1 and ASCII are names of it in the standard.
	if (decoder.encoding === 'windows-1252') return windows1252;
	return {
		write: (bytes) => decoder.decode(bytes, { stream: true }),
		end: () => decoder.decode(),
	};
}

const MARKS: ReadonlyArray<readonly [encoding: string, mark: readonly number[]]> = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/** Of a text file that holds some zero bytes by accident. */
const ZEROS_OF_TEXT = 0.1;
const isControl = (byte: number): boolean =>
	byte < 0x20 && byte !== 0 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1a;

/** Text of one byte a letter, with zero bytes that padding or a broken export left: no control characters, and not every line end has a zero beside it. */
function isTextWithZeros(head: Uint8Array, zeros: number): boolean {
	if (zeros > head.length * ZEROS_OF_TEXT || head.some(isControl)) return false;
	const ends = [...head.keys()].filter((at) => head[at] === 0x0a);
	return ends.some((at) => head[at - 1] !== 0 && head[at + 1] !== 0);
}

/**
 * UTF-16 without a mark shows by its zero bytes: separators and line ends have one, always on the same side. Text in any
 * other encoding has none, or a few by accident.
 */
function byZeroBytes(head: Uint8Array): string | undefined {
	const zeros = [0, 0];
	head.forEach((byte, index) => {
		if (byte === 0) zeros[index % 2]++;
	});
	const [even, odd] = zeros;
	if (even + odd === 0 || isTextWithZeros(head, even + odd)) return undefined;
	// Three to one: letters such as U+0100 have their zero on the other side, and numbers in binary files come near two to one.
	if (even * 3 <= odd) return 'utf-16le';
	if (odd * 3 <= even) return 'utf-16be';
	throw new FileFault('This is not a text file. Provide the data as Excel, CSV, JSON or NDJSON.');
}

/** @returns undefined where the first bytes leave UTF-8 and Windows-1252 open. @throws FileFault for binary files. */
export function detectEncoding(head: Uint8Array, chosen?: string): string | undefined {
	const marked = MARKS.find(([, mark]) => mark.every((byte, index) => head[index] === byte));
	return marked?.[0] ?? chosen ?? byZeroBytes(head);
}

/**
 * Either could hold a sequence of the other by chance, and one damaged byte must not turn a whole file: what prevails decides.
 * A sequence the bytes end amid says nothing.
 */
function prevailing(bytes: Uint8Array): 'utf-8' | 'windows-1252' {
	// A byte order mark may stand in the middle of a file that was joined; it speaks for UTF-8 as any other sequence.
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
	const beyondAscii = text.match(/[\u0080-\u{10ffff}]/gu) ?? [];
	const unreadable = beyondAscii.filter((character) => character === UNREADABLE).length;
	return unreadable * 2 < beyondAscii.length ? 'utf-8' : 'windows-1252';
}

const asUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Undefined where a byte beyond ASCII stands in it: each letter beyond takes several bytes, or is none. Looking at each byte costs more than decoding. */
function asciiText(bytes: Uint8Array): string | undefined {
	const text = asUtf8.decode(bytes);
	return text.length === bytes.length && !text.includes(UNREADABLE) ? text : undefined;
}

const firstBeyondAscii = (bytes: Uint8Array): number => {
	for (let at = 0; at < bytes.length; at++) if (bytes[at] > 0x7f) return at;
	return -1;
};

/**
 * Bytes to text, byte order mark removed. Without an encoding, plain ASCII passes until the first other byte; that and what
 * follows it (one block, or all there is) decide between UTF-8 and Windows-1252, so a file may be of any length before its first accent.
 */
export async function* decode(
	bytes: AsyncIterable<Uint8Array>,
	encoding: string | undefined,
	notice: (text: string) => void,
): AsyncGenerator<string> {
	let decoder = encoding === undefined ? undefined : decoderFor(encoding);
	let waiting: Uint8Array = new Uint8Array();

	const decide = (): Decoder => {
		const found = prevailing(waiting.subarray(firstBeyondAscii(waiting)));
		if (found === 'utf-8') return decoderFor(found);
		notice(
			'The file is not saved as UTF-8, so it was read as Windows-1252 (Western European). If letters with accents look wrong, choose its encoding or save it as "CSV UTF-8".',
		);
		return ifWestern();
	};

	for await (const block of bytes) {
		if (decoder) {
			yield decoder.write(block);
			continue;
		}
		const plain = waiting.length === 0 ? asciiText(block) : undefined;
		if (plain !== undefined) {
			yield plain;
			continue;
		}
		waiting = waiting.length === 0 ? block : Buffer.concat([waiting, block]);
		const open = firstBeyondAscii(waiting);
		if (waiting.length - open < BLOCK) continue;
		decoder = decide();
		yield decoder.write(waiting);
		waiting = new Uint8Array();
	}
	if (waiting.length > 0) {
		decoder = decide();
		yield decoder.write(waiting);
	}
	if (decoder) yield decoder.end();
}

/** Zero bytes mean nothing in a text, and Ctrl-Z at its end is how old systems ended one. */
export async function* withoutRemains(
	text: AsyncIterable<string>,
	notice: (text: string) => void,
): AsyncGenerator<string> {
	let told = false;
	let ends = '';
	for await (const piece of text) {
		let whole = ends + piece;
		if (whole.includes('\0')) {
			if (!told)
				notice('The file holds zero bytes, which mean nothing in a text: they were left out.');
			told = true;
			whole = whole.replaceAll('\0', '');
		}
		let end = whole.length;
		while (end > 0 && whole[end - 1] === SUBSTITUTE) end--;
		ends = whole.slice(end);
		whole = whole.slice(0, end);
		yield whole;
	}
}
