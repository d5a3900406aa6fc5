import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Fingerprint } from '../write';

/** Fingerprints are of one length, so that a book is one text: n8n stores it faster than a list. */
export const FINGERPRINT_LENGTH = 12;

const MEMBER = 'skipUnchanged';

/** As n8n keeps it with the workflow. */
interface Stored extends IDataObject {
	/** The execution that wrote it. */
	by: string;
	/** Writer of the book it was made from. */
	from: string;
	/** Name of the journal whose entries it holds already. */
	journal: string;
	/** How many marks there were when it was written. */
	marks: number;
	rows: string;
	open: string;
}

/**
 * The last saved state of each record, in the static data of the node. n8n stores that at the end of an execution, unless
 * it was started by hand, and reads it at the next start; what happened since the last stored book is in the journal.
 */
export class Book {
	readonly states = new Map<string, string>();
	/** Rows whose request left, and of which nobody knows how it ended: key and state. */
	readonly open = new Set<string>();
	private readonly data: IDataObject | undefined;
	private readonly stored: Stored | undefined;
	/** The execution that reads it. */
	readonly reader: string;
	/** Started by hand: n8n would not store it. */
	private readonly byHand: boolean;

	constructor(context: IExecuteFunctions) {
		this.data = context.getWorkflowStaticData?.('node');
		this.stored = this.data?.[MEMBER] as Stored | undefined;
		this.reader = context.getExecutionId?.() ?? '';
		this.byHand = context.getMode?.() === 'manual';
		const { rows = '', open = '' } = this.stored ?? {};
		for (const row of pieces(rows, 2 * FINGERPRINT_LENGTH))
			this.states.set(row.slice(0, FINGERPRINT_LENGTH), row.slice(FINGERPRINT_LENGTH));
		for (const row of pieces(open, 2 * FINGERPRINT_LENGTH)) this.open.add(row);
	}

	get by(): string {
		return this.stored?.by ?? '';
	}

	get from(): string {
		return this.stored?.from ?? '';
	}

	get journal(): string {
		return this.stored?.journal ?? '';
	}

	get marks(): number {
		return this.stored?.marks ?? 0;
	}

	/** Written by this very execution, in an earlier run of the node, and not stored yet. */
	get isOwn(): boolean {
		return this.stored !== undefined && this.reader !== '' && this.by === this.reader;
	}

	get canBeWritten(): boolean {
		return this.data !== undefined && this.reader !== '' && !this.byHand;
	}

	get size(): number {
		return this.states.size + this.open.size;
	}

	drop({ key, state }: Fingerprint): void {
		this.states.delete(key);
		this.open.delete(key + state);
	}

	clear(): void {
		this.states.clear();
		this.open.clear();
	}

	write(from: string, journal: string, marks: number): void {
		let rows = '';
		for (const [key, state] of this.states) rows += key + state;
		const open = [...this.open].join('');
		const written: Stored = { by: this.reader, from, journal, marks, rows, open };
		this.data![MEMBER] = written;
	}
}

function* pieces(text: string, length: number): Generator<string> {
	for (let at = 0; at + length <= text.length; at += length) yield text.slice(at, at + length);
}
