import { FileFault } from '../fault';
import { damaged } from './fault';

/** What is told of the elements of a part. Names come without the prefix of their namespace. */
export interface XmlListener {
	open(name: string, tag: XmlTag): void;
	close(name: string): void;
	/** Only while `listening` is set; one text may come in several pieces. */
	text(piece: string): void;
	/** Does anybody want the text that comes? */
	listening: boolean;
}

/** The attributes of the tag that was read last. */
export interface XmlTag {
	attribute(name: string): string | undefined;
	/** By name without prefix, for those that only exist with one. */
	prefixed(name: string): string | undefined;
}

/** A tag is longer only in files that are made to fill the memory. */
const MAX_TAG = 256 * 1024;
/** The longest entity is `&#x10FFFF;`. */
const MAX_ENTITY = 10;

const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const EQUALS = 61;
const CLOSE = 62;
const SPACE = 32;
const COLON = 58;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

const withEntities = (): FileFault =>
	new FileFault(
		'The Excel file holds XML entities, which no spreadsheet program writes. Open it in Excel, save it again as .xlsx, and provide that file.',
	);

const ENTITY = /&([^;&]*)(;?)/g;

/** Text as it was before it was written as XML. Entities of a file's own could stand for anything, a billion of them for a page. */
export function unescaped(text: string): string {
	const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
	return plain.includes('&') ? plain.replace(ENTITY, decodeEntity) : plain;
}

const TO_REWRITE = /[&\t\r\n]/;

/** In attributes a line end stands for a blank. */
const attributeText = (text: string): string =>
	TO_REWRITE.test(text) ? unescaped(text.replace(/\r\n|[\t\r\n]/g, ' ')) : text;

function decodeEntity(_: string, name: string, end: string): string {
	if (end === '') throw damaged();
	if (name[0] === '#') {
		const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
		if (!(code > 0 && code <= 0x10ffff)) throw damaged();
		return String.fromCodePoint(code);
	}
	if (!Object.hasOwn(ENTITIES, name)) throw withEntities();
	return ENTITIES[name];
}

const SPECIALS = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
] as const;
type Special = (typeof SPECIALS)[number];

/**
 * Reads XML as it comes and holds no more of it than one tag. It knows what workbooks are made of: elements, attributes, text and
 * the five entities of XML itself. Declarations of entities are refused.
 */
class XmlReader implements XmlTag {
	/** Not yet read; begins inside a text or at a tag. */
	private buffer = '';
	/** The comment, CDATA or instruction that is open. */
	private special: Special | undefined;
	private depth = 0;
	private opened = false;
	/** Of the present tag: start and end of each attribute's name, and of its value. The list only grows: it is made for each tag. */
	private readonly marks: number[] = [];
	private marked = 0;

	constructor(private readonly listener: XmlListener) {}

	push(text: string): void {
		this.buffer = this.buffer === '' ? text : this.buffer + text;
		this.read();
	}

	finish(): void {
		if (!this.opened || this.depth !== 0 || this.special !== undefined || this.buffer.trim() !== '')
			throw damaged();
	}

	attribute(name: string): string | undefined {
		const { buffer, marks } = this;
		for (let at = 0; at < this.marked; at += 4)
			if (marks[at + 1] - marks[at] === name.length && buffer.startsWith(name, marks[at]))
				return attributeText(buffer.slice(marks[at + 2], marks[at + 3]));
		return undefined;
	}

	prefixed(name: string): string | undefined {
		const { buffer, marks } = this;
		for (let at = 0; at < this.marked; at += 4) {
			const start = marks[at + 1] - name.length;
			if (
				start > marks[at] &&
				buffer.charCodeAt(start - 1) === COLON &&
				buffer.startsWith(name, start)
			)
				return attributeText(buffer.slice(marks[at + 2], marks[at + 3]));
		}
		return undefined;
	}

	private read(): void {
		let at = 0;
		for (;;) {
			if (this.special !== undefined) at = this.readSpecial(this.special, at);
			if (this.special !== undefined) break;
			const tag = this.buffer.indexOf('<', at);
			const end = tag < 0 ? this.buffer.length : tag;
			if (end > at) {
				const taken = this.readText(at, end, tag >= 0);
				at = taken;
				if (taken < end) break;
			}
			if (tag < 0) break;
			const next = this.readTag(tag);
			if (next < 0) {
				if (this.buffer.length - tag > MAX_TAG) throw damaged();
				break;
			}
			at = next;
		}
		this.buffer = this.buffer.slice(at);
	}

	/** Answers how far the text was read: an entity may be cut off. */
	private readText(at: number, end: number, complete: boolean): number {
		if (!this.listener.listening) return end;
		let until = end;
		if (!complete) {
			const entity = this.buffer.lastIndexOf('&');
			const cut = entity >= at && end - entity < MAX_ENTITY && this.buffer.indexOf(';', entity) < 0;
			if (cut) until = entity;
			// A line end of two characters is one.
			else if (this.buffer.endsWith('\r')) until = end - 1;
		}
		if (until > at) this.listener.text(unescaped(this.buffer.slice(at, until)));
		return until;
	}

	/** Answers where to go on; `special` stays set while its end has not come. */
	private readSpecial(special: Special, at: number): number {
		const [, closing] = special;
		const end = this.buffer.indexOf(closing, at);
		const until = end < 0 ? Math.max(at, this.buffer.length - closing.length + 1) : end;
		if (special === SPECIALS[1] && this.listener.listening && until > at)
			this.listener.text(this.buffer.slice(at, until));
		if (end < 0) return until;
		this.special = undefined;
		return end + closing.length;
	}

	/** Answers where the tag ends, -1 if it has not ended yet. */
	private readTag(start: number): number {
		const { buffer } = this;
		const second = buffer.charCodeAt(start + 1);
		if (second === SLASH) return this.readClosing(start);
		if (second === 33 || second === 63) return this.readDeclaration(start);
		const end = this.findEnd(start + 1);
		if (end < 0) return -1;
		const empty = buffer.charCodeAt(end - 1) === SLASH;
		const name = this.nameAt(start + 1, empty ? end - 1 : end);
		if (this.depth === 0 && this.opened) throw damaged();
		this.opened = true;
		this.depth++;
		this.listener.open(name, this);
		if (empty) this.leave(name);
		return end + 1;
	}

	private readClosing(start: number): number {
		const end = this.buffer.indexOf('>', start);
		if (end < 0) return -1;
		this.leave(this.nameAt(start + 2, end));
		return end + 1;
	}

	private leave(name: string): void {
		if (--this.depth < 0) throw damaged();
		this.listener.close(name);
	}

	private readDeclaration(start: number): number {
		const begins = this.buffer.slice(start, start + '<![CDATA['.length);
		const special = SPECIALS.find(([opening]) => begins.startsWith(opening));
		if (special !== undefined) {
			this.special = special;
			return this.readSpecial(special, start + special[0].length);
		}
		if (SPECIALS.some(([opening]) => opening.startsWith(begins))) return -1;
		throw withEntities();
	}

	/** The end of a tag; a `>` may stand in an attribute. Marks the attributes on its way. */
	private findEnd(from: number): number {
		const { buffer } = this;
		this.marked = 0;
		let nameAt = -1;
		let nameEnd = -1;
		for (let at = from; at < buffer.length; at++) {
			const code = buffer.charCodeAt(at);
			if (code === CLOSE) return at;
			if (code === QUOTE || code === APOSTROPHE) {
				const end = buffer.indexOf(code === QUOTE ? '"' : "'", at + 1);
				if (end < 0) return -1;
				if (this.marked % 4 !== 2) throw damaged();
				this.mark(at + 1, end);
				at = end;
				nameAt = -1;
			} else if (code <= SPACE) {
				if (nameEnd < 0) nameEnd = at;
			} else if (code === EQUALS) {
				if (nameAt < 0 || this.marked % 4 !== 0) throw damaged();
				this.mark(nameAt, nameEnd < 0 ? at : nameEnd);
			} else if (nameAt < 0 || nameEnd >= 0) {
				nameAt = at;
				nameEnd = -1;
			}
		}
		return -1;
	}

	private mark(start: number, end: number): void {
		this.marks[this.marked++] = start;
		this.marks[this.marked++] = end;
	}

	private nameAt(from: number, end: number): string {
		const { buffer } = this;
		let start = from;
		let at = from;
		for (; at < end; at++) {
			const code = buffer.charCodeAt(at);
			if (code <= SPACE) break;
			if (code === COLON) start = at + 1;
		}
		if (at === start) throw damaged();
		return buffer.slice(start, at);
	}
}

const ENCODING = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)/i;

/** XML is UTF-8 unless it says otherwise, and workbooks that do not are rare. */
function decoderOf(head: Uint8Array) {
	const marked = head[0] === 0xff || head[0] === 0xfe;
	const label = marked
		? head[0] === 0xff
			? 'utf-16le'
			: 'utf-16be'
		: (ENCODING.exec(Buffer.from(head.subarray(0, 200)).toString('latin1'))?.[1] ?? 'utf-8');
	try {
		return new TextDecoder(label);
	} catch {
		throw damaged();
	}
}

/** Tells the listener of one part; control comes back after each block, so that what was found can be handed on. */
export async function* readXml<L extends XmlListener>(
	blocks: AsyncIterable<Uint8Array>,
	listener: L,
): AsyncGenerator<L> {
	const reader = new XmlReader(listener);
	let decoder: ReturnType<typeof decoderOf> | undefined;
	for await (const block of blocks) {
		decoder ??= decoderOf(block);
		reader.push(decoder.decode(block, { stream: true }));
		yield listener;
	}
	reader.push(decoder?.decode() ?? '');
	yield listener;
	reader.finish();
}

export async function readWholeXml(
	blocks: AsyncIterable<Uint8Array>,
	listener: XmlListener,
): Promise<void> {
	const reading = readXml(blocks, listener);
	while (!(await reading.next()).done);
}
