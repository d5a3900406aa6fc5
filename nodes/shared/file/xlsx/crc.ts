const POLYNOMIAL = 0xedb88320;
/** Tables for four bytes at once: byte by byte takes as long as unpacking. */
const LANES = 4;

const TABLES: readonly Int32Array[] = (() => {
	const first = Int32Array.from({ length: 256 }, (_, byte) => {
		let value = byte;
		for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
		return value;
	});
	const tables = [first];
	while (tables.length < LANES) {
		const before = tables[tables.length - 1];
		tables.push(before.map((value) => (value >>> 8) ^ first[value & 0xff]));
	}
	return tables;
})();

/** CRC-32 of bytes behind those that gave `before`, as ZIP wants it. */
export function crcOf(bytes: Uint8Array, before = 0): number {
	const [t0, t1, t2, t3] = TABLES;
	let crc = ~before;
	let at = 0;
	for (const end = bytes.length - (bytes.length % LANES); at < end; at += LANES) {
		crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
		crc = t3[crc & 0xff] ^ t2[(crc >>> 8) & 0xff] ^ t1[(crc >>> 16) & 0xff] ^ t0[crc >>> 24];
	}
	for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]) & 0xff];
	return ~crc >>> 0;
}
