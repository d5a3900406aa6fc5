import * as fc from 'fast-check';

import { decode } from '../../../nodes/shared/file/text';
import { collect, cut, faultOf, readFile, stream, utf16be, valuesOf } from './reading';

const TEXT = 'Prénom;Nom\nAnaïs;Lefèvre\nZoë;Œuvré–€\n';
const ROWS = [
	{ Prénom: 'Anaïs', Nom: 'Lefèvre' },
	{ Prénom: 'Zoë', Nom: 'Œuvré–€' },
];
/** The same in Windows-1252, where Latin-1 has nothing for Œ, – and €. */
const WINDOWS = Buffer.from(
	TEXT.replace('Œ', '\x8c').replace('–', '\x96').replace('€', '\x80'),
	'latin1',
);
const FALLBACK =
	'The file is not saved as UTF-8, so it was read as Windows-1252 (Western European). If letters with accents look wrong, choose its encoding or save it as "CSV UTF-8".';
const UNREADABLE =
	'A character cannot be read (shown as \ufffd). Correct it and save the file as UTF-8, or choose the encoding of the file.';

const FILES: Record<string, Buffer> = {
	'UTF-8': Buffer.from(TEXT),
	'UTF-8 with a mark': Buffer.from(`\ufeff${TEXT}`),
	'UTF-16 LE with a mark': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
	'UTF-16 BE with a mark': utf16be(`\ufeff${TEXT}`),
	'UTF-16 LE': Buffer.from(TEXT, 'utf16le'),
	'UTF-16 BE': utf16be(TEXT),
	'Windows-1252': WINDOWS,
};

it.each(Object.entries(FILES))('reads %s', async (_, bytes) => {
	expect(await valuesOf(bytes)).toEqual(ROWS);
});

it('reads UTF-16 of letters without zero bytes by its separators', async () => {
	const text = 'Имя;Фамилия\nАнна;Āболиня\n';
	const rows = [{ Имя: 'Анна', Фамилия: 'Āболиня' }];
	expect(await valuesOf(Buffer.from(text, 'utf16le'))).toEqual(rows);
	expect(await valuesOf(utf16be(text))).toEqual(rows);
});

it('says so only where it fell back to Windows-1252', async () => {
	expect((await readFile([WINDOWS])).notices).toEqual([FALLBACK]);
	expect((await readFile(TEXT)).notices).toEqual([]);
	expect((await readFile([WINDOWS], { encoding: 'windows-1252' })).notices).toEqual([]);
});

it.each([10, 70_000, 200_000])(
	'finds Windows-1252 and UTF-8 after %i plain characters',
	async (length) => {
		const plain = `A\n${'x\n'.repeat(length / 2)}`;
		for (const encoding of ['latin1', 'utf8'] as const) {
			const rows = await valuesOf(Buffer.from(`${plain}Zoë\nAnaïs\n`, encoding));
			expect(rows.length).toBe(length / 2 + 2);
			expect(rows.slice(-2)).toEqual([{ A: 'Zoë' }, { A: 'Anaïs' }]);
		}
	},
);

it('reports the row with a damaged character, and reads the rest as UTF-8', async () => {
	const bytes = Buffer.concat([
		Buffer.from('A,B\nZoë,1\nLefè'),
		Buffer.from([0xe8]),
		Buffer.from('vre,2\nAnaïs,3\n'),
	]);
	expect((await readFile([bytes])).rows).toEqual([
		{ row: 2, values: { A: 'Zoë', B: '1' } },
		{ row: 3, values: { A: 'Lefè\ufffdvre', B: '2' }, problem: UNREADABLE },
		{ row: 4, values: { A: 'Anaïs', B: '3' } },
	]);
});

it('reads Windows-1252 that ends in its only accent', async () => {
	expect(await valuesOf(Buffer.from('A\nOdé', 'latin1'))).toEqual([{ A: 'Odé' }]);
});

it('reports a character the file ends in the middle of', async () => {
	const bytes = Buffer.from('A\nZoë\nOdé');
	expect((await readFile([bytes.subarray(0, -1)])).rows[1]).toEqual({
		row: 3,
		values: { A: 'Od\ufffd' },
		problem: UNREADABLE,
	});
});

it('reports a character Windows-1252 does not have: the file is in another encoding', async () => {
	const cp1250 = Buffer.from([0x41, 0x0a, 0x8f, 0x72, 0xf3, 0x64, 0x6c, 0x6f, 0x0a]);
	expect((await readFile([cp1250])).rows).toEqual([
		{ row: 2, values: { A: '\ufffdródlo' }, problem: UNREADABLE },
	]);
	expect(await valuesOf(cp1250, { encoding: 'windows-1250' })).toEqual([{ A: 'Źródlo' }]);
});

it('reports it in JSON, too', async () => {
	const bytes = Buffer.concat([
		Buffer.from('[{"a":"ëë'),
		Buffer.from([0xff]),
		Buffer.from('"},{"a":"é"}]'),
	]);
	expect((await readFile([bytes])).rows).toEqual([
		{ row: 2, values: { a: 'ëë\ufffd' }, problem: UNREADABLE },
		{ row: 3, values: { a: 'é' } },
	]);
});

it('lets a mark in the file win over the chosen encoding, which wins over all else', async () => {
	expect(await valuesOf(FILES['UTF-8 with a mark'], { encoding: 'windows-1252' })).toEqual(ROWS);
	expect(await valuesOf(Buffer.from('A\né\n'), { encoding: 'latin1' })).toEqual([{ A: 'Ã©' }]);
});

it('refuses an encoding nobody knows', async () => {
	expect(await faultOf('A\n1\n', { encoding: 'utf-9' })).toBe(
		'The encoding "utf-9" is not known. Use for example utf-8, utf-16le, windows-1250 or windows-1252.',
	);
});

describe('wherever the stream is cut', () => {
	it.each(Object.entries(FILES))('gives the same rows for %s, at every byte', async (_, bytes) => {
		for (let at = 0; at <= bytes.length; at++)
			expect((await readFile(cut(bytes, [at]))).rows.map((row) => row.values)).toEqual(ROWS);
	});

	it('decodes the same text from pieces of any length', async () => {
		const texts = fc.stringOf(fc.constantFrom('a', '\n', 'é', '€', '😀', '"'), { maxLength: 40 });
		const encoders = fc.constantFrom(
			['utf-8', (text: string) => Buffer.from(text)] as const,
			['utf-16le', (text: string) => Buffer.from(text, 'utf16le')] as const,
			['utf-16be', utf16be] as const,
			[undefined, (text: string) => Buffer.from(text)] as const,
			[undefined, (text: string) => Buffer.from(text, 'latin1')] as const,
		);
		await fc.assert(
			fc.asyncProperty(
				texts,
				encoders,
				fc.array(fc.nat(), { maxLength: 8 }),
				async (text, [encoding, encode], positions) => {
					const bytes = encode(text);
					const read = async (parts: Uint8Array[]) =>
						(await collect(decode(stream(...parts), encoding, () => undefined))).join('');
					const whole = await read([bytes]);
					expect(await read(cut(bytes, positions))).toBe(whole);
					if (encode(whole).equals(bytes) && encoding) expect(whole).toBe(text);
				},
			),
		);
	});
});
