import { createHash } from 'crypto';

/** 48 bits tell the people of the largest list apart: among 100,000, two share one in 1 of 50,000 lists. */
const ID_BYTES = 6;
/** A change that falls on the fingerprint of the version before is missed: once in 4 billion changes. */
const VERSION_BYTES = 4;
const TIME_BYTES = 5;
/** 15 bytes are 20 characters of base64 without a rest, so entries can be cut from the text by counting. */
const ENTRY_BYTES = ID_BYTES + VERSION_BYTES + TIME_BYTES;
const ENTRY_LENGTH = (ENTRY_BYTES / 3) * 4;
/** Five bytes of milliseconds reach 34 years from the floor. */
const LATEST = 2 ** (8 * TIME_BYTES) - 2;
const NO_TIME = LATEST + 1;

/** Fingerprints have no way back to what they are of. */
function fingerprint(text: string, bytes: number): string {
	return createHash('sha256').update(text).digest().subarray(0, bytes).toString('latin1');
}

export interface Version {
	/** What tells two records apart. */
	id: string;
	/** What tells two states of a record apart. */
	version: string;
	/** Milliseconds since 1970 by the vendor's clock. Undefined: it has none, and is remembered for good. */
	at?: number;
}

/**
 * Which versions of which records have been given, by fingerprints: nothing of a record can be read from it. As text it
 * takes 20 characters for each.
 */
export class Memory {
	/** By fingerprint of the ID: fingerprint of the version and its time. */
	private readonly entries = new Map<string, Map<string, number | undefined>>();

	constructor(text = '', floor = 0) {
		for (let at = 0; at + ENTRY_LENGTH <= text.length; at += ENTRY_LENGTH) {
			const bytes = Buffer.from(text.slice(at, at + ENTRY_LENGTH), 'base64');
			const id = bytes.toString('latin1', 0, ID_BYTES);
			const version = bytes.toString('latin1', ID_BYTES, ID_BYTES + VERSION_BYTES);
			const since = bytes.readUIntBE(ID_BYTES + VERSION_BYTES, TIME_BYTES);
			this.set(id, version, since === NO_TIME ? undefined : floor + since);
		}
	}

	get size(): number {
		let size = 0;
		for (const versions of this.entries.values()) size += versions.size;
		return size;
	}

	knows(id: string): boolean {
		return this.entries.has(fingerprint(id, ID_BYTES));
	}

	has({ id, version }: Version): boolean {
		return (
			this.entries.get(fingerprint(id, ID_BYTES))?.has(fingerprint(version, VERSION_BYTES)) ?? false
		);
	}

	add({ id, version, at }: Version): void {
		const key = fingerprint(id, ID_BYTES);
		// Without times the latest state is all there is: one that comes back is a change again.
		if (at === undefined) this.entries.delete(key);
		this.set(key, fingerprint(version, VERSION_BYTES), at);
	}

	/** Forgets what is older than a time. */
	forget(before: number): void {
		for (const [id, versions] of this.entries) {
			for (const [version, at] of versions)
				if (at !== undefined && at < before) versions.delete(version);
			if (versions.size === 0) this.entries.delete(id);
		}
	}

	/** @param floor times are kept as distances from it, and none is older */
	toText(floor: number): string {
		const parts: string[] = [];
		for (const [id, versions] of this.entries)
			for (const [version, at] of versions) {
				const bytes = Buffer.alloc(ENTRY_BYTES);
				bytes.write(id, 0, 'latin1');
				bytes.write(version, ID_BYTES, 'latin1');
				const since =
					at === undefined ? NO_TIME : Math.min(LATEST, Math.max(0, Math.floor(at - floor)));
				bytes.writeUIntBE(since, ID_BYTES + VERSION_BYTES, TIME_BYTES);
				parts.push(bytes.toString('base64'));
			}
		return parts.join('');
	}

	private set(id: string, version: string, at: number | undefined): void {
		const versions = this.entries.get(id);
		if (versions === undefined) this.entries.set(id, new Map([[version, at]]));
		else versions.set(version, at);
	}
}
