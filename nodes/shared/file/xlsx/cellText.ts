import { FileFault } from '../fault';

/** Characters a cell can hold. */
export const MAX_CELL = 32_767;

const tooLong = (): FileFault =>
	new FileFault(
		`A cell is longer than ${MAX_CELL.toLocaleString('en')} characters, more than Excel allows. Shorten it, or save the list as CSV.`,
	);

/** Characters XML cannot hold are written by number; an underscore that would begin such a number as well. */
const CODED = /_x([0-9A-Fa-f]{4})_/g;

/** Collects the texts between the start and the end of one value, and holds no more than a cell can. */
export class Collector {
	private buffer = '';

	add(piece: string): void {
		this.buffer = this.buffer === '' ? piece : this.buffer + piece;
		// What is written as a code is seven characters long here, and one in the cell.
		if (this.buffer.length > MAX_CELL * 7) throw tooLong();
	}

	/** Gives the value back and begins anew. */
	take(): string {
		const { buffer } = this;
		this.buffer = '';
		return buffer;
	}
}

export function decoded(text: string): string {
	const plain = text.includes('_x')
		? text.replace(CODED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
		: text;
	if (plain.length > MAX_CELL) throw tooLong();
	return plain;
}

/**
 * The text of an element that holds rich text: all its runs, without the readings that Japanese programs add to them.
 */
export class TextOf {
	listening = false;
	private readonly buffer = new Collector();
	private inside = false;
	/** Depth of phonetic runs, which are no part of the text. */
	private readings = 0;

	/** @param element the one that holds the text: `si` or `is`. */
	constructor(private readonly element: string) {}

	open(name: string): void {
		if (name === this.element) this.inside = true;
		else if (name === 'rPh') this.readings++;
		else if (name === 't') this.listening = this.inside && this.readings === 0;
	}

	/** Whether the element has ended. */
	close(name: string): boolean {
		if (name === 't') this.listening = false;
		else if (name === 'rPh') this.readings--;
		else if (name === this.element) {
			this.inside = false;
			return true;
		}
		return false;
	}

	text(piece: string): void {
		this.buffer.add(piece);
	}

	take(): string {
		return decoded(this.buffer.take());
	}
}
