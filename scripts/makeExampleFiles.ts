/**
 * Makes the files that examples read and nobody would write by hand: `tsx scripts/makeExampleFiles.ts` writes
 * `talents.csv`, `candidates.xlsx` and `cv.pdf` into `examples/data`. Everybody is made up, and the same call gives the same
 * bytes. For the spreadsheet it needs the n8n that `npm start` installs, whose tree has the library that n8n itself uses.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { seededRandom } from '../test/sandbox/random';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { ROOT } from './lib/paths';
import { NAMES } from './peopleNames';

const SEED = 20260301;
/** Three parts of a large import. */
const TALENTS = 600;
/** These have neither a LinkedIn URL nor a résumé, so Collective cannot take them: two in each part. */
const WITHOUT_LINK = [7, 151, 260, 399, 402, 598];

const CITIES = ['Lyon', 'Porto', 'Gdańsk', 'Leeds', 'Turin', 'Bergen'];

export function talentsCsv(): string {
	const random = seededRandom(SEED);
	const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
	const lines = Array.from({ length: TALENTS }, (_, at) => {
		const number = String(at + 1).padStart(4, '0');
		const names = pick(NAMES);
		const [first, firstLatin] = pick(names.first);
		const [last, lastLatin] = pick(names.last);
		return [
			`T-${number}`,
			first,
			last,
			`${firstLatin}.${lastLatin}.${number}@example.com`,
			WITHOUT_LINK.includes(at + 1) ? '' : `https://linkedin.example.com/in/talent-${number}`,
			pick(CITIES),
			String(300 + 10 * Math.floor(random() * 60)),
		];
	});
	const headers = [
		...['Internal User ID', 'First Name', 'Last Name', 'Email', 'LinkedIn URL', 'Location'],
		'Daily Rate',
	];
	return [headers, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** Dates are Excel's own, IDs are texts with zeros before them: the two that careless readers spoil. */
const CANDIDATES = [
	['Candidate ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Title', 'Date of Birth'],
	['00417', 'Hana', 'Kovář', 'hana.kovar@example.com', '555-0151', 'Tester', '1990-01-02'],
	['00418', 'Ivo', 'Marin', 'ivo.marin@example.com', '555-0152', 'Welder', '1985-12-24'],
	['C-EXIST-003', 'Jana', 'Horvat', 'jana.horvat@example.com', '', 'Team Lead', ''],
	['00419', 'Kim', '', 'kim.example.com', '', 'Planner', '2001-06-30'],
	['00420', 'Léa', 'Moreau', 'lea.moreau@example.com', '555-0153', 'Nurse', '1979-03-15'],
];

interface Cell {
	t: 's' | 'n';
	v: string | number;
	z?: string;
}

interface Xlsx {
	write(book: object, options: object): Buffer;
	utils: { encode_cell(place: { r: number; c: number }): string };
}

/** Days since Excel's day 0. */
const serial = (day: string): number => Date.parse(day) / 86_400_000 + 25_569;

function candidatesXlsx(xlsx: Xlsx): Buffer {
	const cells: Record<string, Cell | string> = { '!ref': `A1:G${CANDIDATES.length}` };
	for (const [r, row] of CANDIDATES.entries())
		for (const [c, text] of row.entries())
			if (text !== '')
				cells[xlsx.utils.encode_cell({ r, c })] = /^\d{4}-\d\d-\d\d$/.test(text)
					? { t: 'n', v: serial(text), z: 'yyyy-mm-dd' }
					: { t: 's', v: text };
	const book = { SheetNames: ['Candidates'], Sheets: { Candidates: cells } };
	return xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
}

/** One page with two lines, as small as a PDF can be. */
function cvPdf(): string {
	const text = 'BT /F1 24 Tf 72 740 Td (Ada Example) Tj 0 -36 Td (Ten years of practice) Tj ET';
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	let pdf = '%PDF-1.4\n';
	const places = objects.map((object, at) => {
		const place = pdf.length;
		pdf += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(place).padStart(10, '0')} 00000 n \n`;
	});
	const size = objects.length + 1;
	return `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
}

async function main(): Promise<void> {
	const { modules } = await installN8n(N8N_CURRENT);
	const xlsx = createRequire(join(modules, 'n8n-nodes-base/package.json'))('@e965/xlsx') as Xlsx;
	const write = (name: string, content: string | Buffer) =>
		writeFileSync(join(ROOT, 'examples/data', name), content);
	write('talents.csv', talentsCsv());
	write('candidates.xlsx', candidatesXlsx(xlsx));
	write('cv.pdf', cvPdf());
}

if (require.main === module) void main();
