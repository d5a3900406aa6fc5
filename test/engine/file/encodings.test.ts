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

describe('a file that is neither UTF-8 nor UTF-16', () => {
	const NOT_WESTERN =
		'The file is not saved as UTF-8, and its letters make no words in Windows-1252 (Western European) either. Choose its encoding under "Encoding", or save it as "CSV UTF-8".';

	/** By the decoder's own table, for encodings of one byte a letter. */
	function encode(text: string, label: string): Buffer {
		const decoder = new TextDecoder(label);
		const bytes = new Map<string, number>();
		for (let byte = 255; byte >= 0; byte--) bytes.set(decoder.decode(Uint8Array.of(byte)), byte);
		return Buffer.from([...text].map((letter) => bytes.get(letter) as number));
	}
	/** Node decodes it as Latin-1 in some versions, so the letters of this test have one place in both. */
	const western = (text: string) => Buffer.from(text, 'latin1');

	it.each([
		['Czech', 'windows-1250', 'Jiří Dvořák', 'Čapek', 'Růžička', 'Němec', 'Kučera'],
		['Polish', 'windows-1250', 'Łukasz Wałęsa', 'Dąbrowski', 'Kamiński', 'Woźniak', 'Żaneta'],
		['Hungarian', 'windows-1250', 'Németh Győző'],
		['Croatian', 'windows-1250', 'Kovačić', 'Milošević', 'Đurić'],
		['Romanian', 'windows-1250', 'Ştefan', 'Ionuţ', 'Brătianu'],
		['Russian', 'windows-1251', 'Иван', 'Петров'],
		['Greek', 'windows-1253', 'Γιώργος'],
		['Turkish', 'windows-1254', 'Yılmaz', 'Şahin', 'Doğan', 'Gülşen'],
		['Latvian and Lithuanian', 'windows-1257', 'Bērziņš', 'Žukauskas', 'Šimonis'],
		['Russian of DOS', 'ibm866', 'Иван'],
		['Macintosh', 'macintosh', 'José', 'Müller', 'Søren', 'Françoise'],
	])(
		'%s is not taken for Western European, whichever its only name',
		async (_, label, ...names) => {
			for (const name of names) {
				const bytes = encode(`A\n${name}\n`, label);
				expect(await faultOf(bytes)).toBe(NOT_WESTERN);
				expect(await valuesOf(bytes, { encoding: label })).toEqual([{ A: name }]);
			}
		},
	);

	it.each([
		['Japanese', 'shift_jis', [0x94, 0xfc, 0x8d, 0xe7], '美咲'],
		['Chinese', 'gb18030', [0xd5, 0xc5, 0xce, 0xb0], '张伟'],
		['Taiwanese', 'big5', [0xb3, 0xaf, 0xa4, 0xa4, 0xa4, 0xe5], '陳中文'],
		['Korean', 'euc-kr', [0xb1, 0xe8, 0xc0, 0xcc], '김이'],
	])('%s is none, and read where it was chosen', async (_, encoding, letters, name) => {
		const bytes = Buffer.from([0x41, 0x0a, ...letters, 0x0a]);
		expect(await faultOf(bytes)).toBe(NOT_WESTERN);
		expect(await valuesOf(bytes, { encoding })).toEqual([{ A: name }]);
	});

	it.each([
		['French', "Anaïs Lefèvre, Zoë, François, Noël, Août, L'Haÿ, Aïcha, Évêque, Règles générales"],
		['German', 'Jürgen Groß, Müller, Schäfer, Größe, STRAßE, Übel'],
		['Spanish', 'José Núñez, Íñigo, Agüero, Mª José, 1º, ¿Qué?, Begoña, MUÑOZ, NÚÑEZ'],
		['Portuguese', 'João Guimarães, Conceição, Simões, Irmã, CONCEIÇÃO, Inês, Antônio'],
		['Italian', 'Nicolò, Forlì, Gesù, Cioè, Città, Perché'],
		['Danish and Norwegian', 'Søren Kærgård, Øyvind, Åse, Bjørn André, Ærø'],
		['Swedish and Finnish', 'Åke Sjöström, Linnéa, Päivi Hämäläinen'],
		['Icelandic', 'Þórður Ægisson, Sigríður, Guðrún'],
		['Dutch', 'Daniël, Brontë, Coöperatie'],
		['Catalan', 'Mònica, Núria, Òscar, Raül'],
		['Estonian', 'Tõnu Põder, Märt'],
		['Irish', 'Seán Ó Súilleabháin, Gráinne'],
		['several', 'Jürgen, José, Søren, François, João, 5 m², 20 °C, § 5, ½'],
	])('%s is', async (_, text) => {
		expect(await valuesOf(western(`A;B\n${text};x\n`))).toEqual([{ A: text, B: 'x' }]);
	});

	it('is judged to its end', async () => {
		const plain = `A\n${'Zoë\n'.repeat(60_000)}`;
		const bytes = Buffer.concat([western(plain), encode('Dvořák\n', 'windows-1250')]);
		expect(await faultOf(bytes)).toBe(NOT_WESTERN);
	});
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
			[
				undefined,
				// What makes no words in it is refused, wherever it is cut.
				(text: string) => Buffer.from(text.replace(/[^a\n"]+/gu, 'é '), 'latin1'),
			] as const,
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
