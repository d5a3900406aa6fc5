import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import * as XLSX from 'xlsx';

import { workbookOf } from '../../../../nodes/shared/file/xlsx/write';
import { readWholeXml } from '../../../../nodes/shared/file/xlsx/xml';
import { RejectFile } from '../../../../nodes/shared/file';
import { readFile, stream } from '../reading';
import { linesOf } from './make';

/** Another program's reader and writer: what it writes is read as it was meant, what we write it reads. */
describe('against another program', () => {
	const text = fc.oneof(
		fc.fullUnicodeString({ maxLength: 8 }),
		fc.constantFrom(
			'00123',
			'+33 1',
			'=1+1',
			' a ',
			'a\nb',
			'<b>&amp;</b>',
			'_x0041_',
			"O'Brien",
			'1/2',
			'TRUE',
		),
	);
	/** What the other program cannot write, or reads otherwise. */
	const writable = (value: string) =>
		!/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ufffd]|_x[0-9A-F]{4}_/i.test(value) &&
		value.isWellFormed();
	const cell = fc.oneof(
		text.filter(writable).map((value) => ({ t: 's' as const, v: value, is: value })),
		fc.integer({ min: -1e9, max: 1e9 }).map((value) => ({ t: 'n' as const, v: value, is: value })),
		fc
			.double({ noNaN: true, min: -1e9, max: 1e9 })
			.map((value) => Number(value.toPrecision(12)) + 0)
			.map((value) => ({ t: 'n' as const, v: value, is: value })),
		fc.boolean().map((value) => ({ t: 'b' as const, v: value, is: value ? 'TRUE' : 'FALSE' })),
		fc.integer({ min: 0, max: 99999 }).map((value) => ({
			t: 'n' as const,
			v: value,
			z: '00000',
			is: String(value).padStart(5, '0'),
		})),
		fc.integer({ min: 61, max: 73000 }).map((value) => ({
			t: 'n' as const,
			v: value,
			z: 'yyyy-mm-dd',
			is: new Date((value - 25569) * 86_400_000).toISOString().slice(0, 10),
		})),
		fc.constant(undefined),
	);

	it('reads what it writes', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
				fc.boolean(),
				fc.boolean(),
				async (grid, bookSST, compression) => {
					const header = ['A', 'B', 'C', 'D'].map((v) => ({ t: 's', v }));
					const sheet = XLSX.utils.aoa_to_sheet([
						header,
						...grid.map((row) => row.map((c) => c && { ...c })),
					] as never);
					const book = XLSX.utils.book_new();
					XLSX.utils.book_append_sheet(book, sheet, 'People');
					const file = XLSX.write(book, { type: 'buffer', bookSST, compression }) as Buffer;
					const expected = grid
						.map((row, at) => ({ row: at + 2, cells: row.map((given) => given?.is ?? '') }))
						.filter(({ cells }) => cells.some((is) => typeof is === 'number' || is.trim() !== ''));
					const [, ...lines] = await linesOf(file);
					const filled = ({ row, cells }: (typeof lines)[number]) => ({
						row,
						cells: header.map((_, at) => cells[at] ?? ''),
					});
					expect(lines.map(filled)).toEqual(expected);
				},
			),
			{ numRuns: 150 },
		);
	});

	it('writes what it reads', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(text.filter(writable), { minLength: 3, maxLength: 3 }), {
					minLength: 1,
					maxLength: 8,
				}),
				async (grid) => {
					const file = await workbookOf([
						{ name: 'A & B', rows: grid.map((row) => row.map((value) => ({ text: value }))) },
					]);
					const sheet = XLSX.read(file).Sheets['A & B'];
					const read = grid.map((row, r) =>
						row.map(
							(_, c) => (sheet[XLSX.utils.encode_cell({ r, c })] as XLSX.CellObject)?.v ?? '',
						),
					);
					expect(read).toEqual(grid.map((row) => row.map((is) => is.replace(/\r\n?/g, '\n'))));
				},
			),
			{ numRuns: 60 },
		);
	});

	it('writes a reject file that it reads, and that keeps what it holds after it was saved by it', async () => {
		const values = { Phone: '+33 1', Zip: '00123', Note: "'=1", Name: 'Zoë\n<b>', Size: 1.234 };
		const file = new RejectFile(Object.keys(values));
		file.add({ row: 9, values, reason: '=wrong' });
		const { data, name } = await file.toFile('xlsx');
		expect(name).toBe('rejects.xlsx');
		const saved = XLSX.write(XLSX.read(data), { type: 'buffer', bookType: 'xlsx' }) as Buffer;
		for (const bytes of [data, saved]) {
			const { headers, rows } = await readFile([bytes]);
			expect(headers).toEqual(Object.keys(values));
			expect(rows).toEqual([{ row: 2, values: { ...values, Size: '1.2340' } }]);
		}
		expect(XLSX.utils.sheet_to_json(XLSX.read(data).Sheets.Rejects)).toEqual([
			{ ...values, Note: "''=1", Size: '1.2340', 'Reject Reason': '=wrong', 'Reject Row': '9' },
		]);
	});
});

describe('XML', () => {
	const name = fc.constantFrom('a', 'row', 'c', 'x:v', 't');
	const plain = fc.stringOf(
		fc.constantFrom(
			'a',
			'é',
			'😀',
			'>',
			' ',
			'\n',
			'"',
			"'",
			'&lt;',
			'&amp;',
			'&#65;',
			'&#x1F600;',
		),
		{ maxLength: 8 },
	);
	const attribute = fc.tuple(
		fc.constantFrom('r', 's', 'q:id'),
		fc.constantFrom('"', "'"),
		plain,
		fc.constantFrom('=', ' = ', '=\n'),
	);
	const { node } = fc.letrec<{ node: string }>((tie) => ({
		node: fc.oneof(
			{ depthSize: 'small' },
			plain,
			fc.constantFrom('<!-- <c> -->', '<![CDATA[<a>&amp;]]>', '<?pi <a>?>'),
			fc
				.tuple(
					name,
					fc.uniqueArray(attribute, { maxLength: 3, selector: ([key]) => key }),
					fc.array(tie('node'), { maxLength: 4 }),
				)
				.map(([tag, attributes, children]) => {
					const written = attributes
						.map(
							([key, quote, value, equals]) =>
								` ${key}${equals}${quote}${value.replaceAll(quote, '')}${quote}`,
						)
						.join('');
					return children.length === 0
						? `<${tag}${written}/>`
						: `<${tag}${written}>${children.join('')}</${tag} >`;
				}),
		),
	}));

	it('is read as a parser reads it, however it is cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(node, { maxLength: 5 }),
				fc.integer({ min: 1, max: 40 }),
				async (nodes, size) => {
					const xml = `<?xml version="1.0"?><root>${nodes.join('')}</root>`;
					const expected: string[] = [];
					const said = (events: string[], event: string) => {
						const last = events.length - 1;
						if (event.startsWith('#') && events[last]?.startsWith('#'))
							events[last] += event.slice(1);
						else if (event !== '#') events.push(event);
					};
					const local = (given: string) => given.slice(given.indexOf(':') + 1);
					const parser = new SaxesParser();
					parser.on('opentag', (tag) => {
						const { r = '', s = '' } = tag.attributes as Record<string, string>;
						said(
							expected,
							`<${local(tag.name)} ${r}|${s}|${(tag.attributes as Record<string, string>)['q:id'] ?? ''}`,
						);
					});
					parser.on('closetag', (tag) => said(expected, `>${local(tag.name)}`));
					parser.on('text', (piece) => said(expected, `#${piece}`));
					parser.on('cdata', (piece) => said(expected, `#${piece}`));
					parser.write(xml).close();

					const events: string[] = [];
					const bytes = Buffer.from(xml);
					const pieces: Buffer[] = [];
					for (let at = 0; at < bytes.length; at += size)
						pieces.push(bytes.subarray(at, at + size));
					// The declaration decides about the encoding, so it comes whole.
					const first = Buffer.concat(pieces.splice(0, Math.ceil(30 / size)));
					await readWholeXml(stream<Uint8Array>(first, ...pieces), {
						listening: true,
						open: (given, tag) =>
							said(
								events,
								`<${given} ${tag.attribute('r') ?? ''}|${tag.attribute('s') ?? ''}|${tag.prefixed('id') ?? ''}`,
							),
						close: (given) => said(events, `>${given}`),
						text: (piece) => said(events, `#${piece}`),
					});
					expect(events).toEqual(expected);
				},
			),
			{ numRuns: 500 },
		);
	});
});
