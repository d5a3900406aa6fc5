import { FileFault } from '../fault';
import { damaged } from './fault';
import { builtInCode, formatOf, type Format } from './numberFormat';
import { readWholeXml, type XmlListener, type XmlTag } from './xml';
import type { Archive } from './zip';

export interface Sheet {
	name: string;
	part: string;
	hidden: boolean;
}

export interface Workbook {
	archive: Archive;
	/** Those with cells, in the order of their tabs. */
	sheets: readonly Sheet[];
	/** Days are counted from 1904, not from 1900. */
	date1904: boolean;
	strings: string | undefined;
	/** By the number cells name. */
	formats: readonly Format[];
}

/** More than Excel can hold; a longer list of any kind is there to fill the memory. */
const MAX_LISTED = 100_000;

/** Listens to elements only. */
const elements = (open: (name: string, tag: XmlTag) => void): XmlListener => ({
	open,
	close: () => undefined,
	text: () => undefined,
	listening: false,
});

interface Relation {
	id: string;
	/** Last word of its type: the one behind the address of the standard, of which there are two. */
	type: string;
	part: string;
}

/** The parts one part names; `from` is its name. */
async function relationsOf(archive: Archive, from: string): Promise<Relation[]> {
	const folder = from.slice(0, from.lastIndexOf('/') + 1);
	const list = `${folder}_rels/${from.slice(folder.length)}.rels`;
	const relations: Relation[] = [];
	if (!archive.has(list)) return relations;
	await readWholeXml(
		archive.part(list),
		elements((name, tag) => {
			const target = tag.attribute('Target');
			if (name !== 'Relationship' || target === undefined) return;
			if (relations.length > MAX_LISTED) throw damaged();
			relations.push({
				id: tag.attribute('Id') ?? '',
				type: (tag.attribute('Type') ?? '').split('/').pop() as string,
				part: joined(folder, target),
			});
		}),
	);
	return relations;
}

function joined(folder: string, target: string): string {
	const steps: string[] = [];
	const path = /^[/\\]/.test(target) ? target : folder + target;
	for (const step of path.split(/[/\\]/))
		if (step === '..') steps.pop();
		else if (step !== '.' && step !== '') steps.push(step);
	return steps.join('/');
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

const MAIN_PART = 'xl/workbook.xml';

export async function openWorkbook(archive: Archive): Promise<Workbook> {
	const main =
		(await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.part ??
		MAIN_PART;
	const relations = await relationsOf(archive, main);
	const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
	const listed: Array<{ name: string; id: string; hidden: boolean }> = [];
	let date1904 = false;
	await readWholeXml(
		archive.part(main),
		elements((name, tag) => {
			if (name === 'workbookPr') date1904 = isTrue(tag.attribute('date1904'));
			if (name !== 'sheet') return;
			if (listed.length > MAX_LISTED) throw damaged();
			listed.push({
				name: tag.attribute('name') ?? '',
				id: tag.prefixed('id') ?? '',
				hidden: /hidden/i.test(tag.attribute('state') ?? ''),
			});
		}),
	);
	const sheets = listed.flatMap(({ name, id, hidden }) => {
		const relation = relations.find((other) => other.id === id);
		// Charts and dialogs have tabs, but no cells.
		return relation?.type === 'worksheet' ? [{ name, part: relation.part, hidden }] : [];
	});
	if (sheets.length === 0)
		throw new FileFault('The Excel file has no sheet with cells. Check the node that provides it.');
	const formats = await formatsOf(archive, partOf('styles'), date1904);
	return { archive, sheets, date1904, strings: partOf('sharedStrings'), formats };
}

/** A format for each style of cells. */
async function formatsOf(
	archive: Archive,
	part: string | undefined,
	date1904: boolean,
): Promise<Format[]> {
	const codes = new Map<number, string>();
	const ids: number[] = [];
	let inCells = false;
	if (part === undefined || !archive.has(part)) return [];
	await readWholeXml(archive.part(part), {
		...elements((name, tag) => {
			if (name === 'cellXfs') inCells = true;
			else if (name === 'numFmt' && codes.size < MAX_LISTED)
				codes.set(Number(tag.attribute('numFmtId')), tag.attribute('formatCode') ?? '');
			else if (name === 'xf' && inCells && ids.length < MAX_LISTED)
				ids.push(Number(tag.attribute('numFmtId') ?? 0));
		}),
		close(name) {
			if (name === 'cellXfs') inCells = false;
		},
	});
	const known = new Map<number, Format>();
	return ids.map((id) => {
		const format = known.get(id) ?? formatOf(codes.get(id) ?? builtInCode(id), date1904);
		known.set(id, format);
		return format;
	});
}
