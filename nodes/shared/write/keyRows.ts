/** Slots to begin with; doubled whenever half of them are taken. */
const FIRST_SLOTS = 1024;

/**
 * Key -> row, for a million keys in 32 MB: of a key only 64 bits of hash are held, outside of the garbage collector's sight. The chance
 * that any two of a million keys share them is one in thirty million.
 */
export class KeyRows {
	private slots = new Uint32Array(FIRST_SLOTS * 3);
	private taken = 0;

	/** The row held for the key; when there is none, holds this one. Rows count from 1. */
	add(key: string, row: number): number | undefined {
		const [high, low] = hashOf(key);
		const at = this.find(high, low);
		if (this.slots[at + 2] !== 0) return this.slots[at + 2];
		this.put(at, high, low, row);
		if (++this.taken * 6 > this.slots.length) this.grow();
		return undefined;
	}

	clear(): void {
		this.slots = new Uint32Array(FIRST_SLOTS * 3);
		this.taken = 0;
	}

	/** Where the hash stands, or the free place where it would: the next one from its own on. */
	private find(high: number, low: number): number {
		const { slots } = this;
		let at = (low % (slots.length / 3)) * 3;
		while (slots[at + 2] !== 0 && (slots[at] !== high || slots[at + 1] !== low))
			at = (at + 3) % slots.length;
		return at;
	}

	private grow(): void {
		const held = this.slots;
		this.slots = new Uint32Array(held.length * 2);
		for (let at = 0; at < held.length; at += 3)
			if (held[at + 2] !== 0)
				this.put(this.find(held[at], held[at + 1]), held[at], held[at + 1], held[at + 2]);
	}

	/** One by one: making an array of three costs more than writing them. */
	private put(at: number, high: number, low: number, row: number): void {
		const { slots } = this;
		slots[at] = high;
		slots[at + 1] = low;
		slots[at + 2] = row;
	}
}

/** Two multiplicative hashes with odd multipliers of their own, each stirred at the end so that every bit tells. */
export function hashOf(key: string): [high: number, low: number] {
	let high = 0x9e3779b9;
	let low = 0x85ebca6b;
	for (let at = 0; at < key.length; at++) {
		const code = key.charCodeAt(at);
		high = Math.imul(high ^ code, 0x9e3779b1);
		low = Math.imul(low ^ code, 0x5f356495);
	}
	return [stirred(high ^ (low >>> 16)), stirred(low ^ (high >>> 15))];
}

function stirred(bits: number): number {
	let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}
