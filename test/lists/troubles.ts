import { holds } from './encodings';
import { isPerson, known, type Cell, type Line, type List } from './list';
import type { Chance, FieldName } from './people';

/** Makes a list worse in one way, and puts right what is meant. False: it cannot have this trouble. */
export type Trouble = (list: List, chance: Chance) => boolean | void;

const people = (list: List) => list.lines.filter(isPerson);
const place = (list: List, field: FieldName) => list.columns.indexOf(field);
const textOf = (cell: Cell): string | undefined => (typeof cell === 'string' ? cell : undefined);

/** A cell of somebody that is still a text. */
function pick(list: List, chance: Chance, field: FieldName) {
	const at = place(list, field);
	const lines = people(list).filter(
		({ cells }) => textOf(cells[at]) !== undefined && cells[at] !== '',
	);
	if (lines.length === 0) return undefined;
	const line = chance.of(lines);
	return {
		line,
		text: line.cells[at] as string,
		put(cell: Cell) {
			line.cells[at] = cell;
		},
	};
}

const inserted = (list: List, at: number, ...lines: Line[]) =>
	void list.lines.splice(at, 0, ...lines);
const headerAt = (list: List) => list.lines.indexOf(list.header);
const textLine = (...cells: string[]): Line => ({ cells });
const change =
	(
		field: FieldName,
		make: (text: string, chance: Chance) => Cell | undefined,
		damaged = false,
	): Trouble =>
	(list, chance) => {
		const found = pick(list, chance, field);
		const cell = found && make(found.text, chance);
		if (found === undefined || cell === undefined) return false;
		found.put(cell);
		if (damaged) found.line.meant[field] = 'unknowable';
		return true;
	};
const only =
	(kind: List['kind'], trouble: Trouble): Trouble =>
	(list, chance) =>
		list.kind === kind ? trouble(list, chance) : false;
const anyText: readonly FieldName[] = ['externalId', 'firstName', 'lastName', 'email'];

/** By name, so that a result can say what was wrong with it. */
export const TROUBLES: Readonly<Record<string, Trouble>> = {
	'title above': (list) => inserted(list, headerAt(list), textLine('Employee directory 2026')),
	'report lines above': (list) =>
		inserted(
			list,
			headerAt(list),
			textLine('Report:', 'Active staff'),
			textLine('Run by', 'HR Operations'),
			textLine('Date', '31 March 2026'),
		),
	'total below': (list) =>
		inserted(list, list.lines.length, textLine('Total', String(people(list).length))),
	'notice below': (list) =>
		inserted(
			list,
			list.lines.length,
			textLine(''),
			textLine('Confidential - for internal use only'),
		),
	'page number below': (list) => inserted(list, list.lines.length, textLine('Page 1 of 1')),
	'count below': (list) =>
		inserted(list, list.lines.length, textLine(`${people(list).length} records`)),
	'header again': (list, chance) =>
		inserted(
			list,
			headerAt(list) + 1 + chance.below(list.lines.length - headerAt(list)),
			textLine(...(list.header.cells as string[])),
		),
	'dragged formulas': (list, chance) =>
		inserted(
			list,
			list.lines.length,
			...[1, 2].map(() => textLine(...list.columns.map(() => chance.of(['-', '0', '#N/A', ''])))),
		),
	'blank lines': (list, chance) =>
		inserted(list, headerAt(list) + 1 + chance.below(2), textLine(''), textLine(' ', '')),
	'marks in the header': (list, chance) => {
		list.header.cells = list.header.cells.map((cell) =>
			typeof cell === 'string' ? `${cell}${chance.of([' *', '*', ' (required)', '', ':'])}` : cell,
		);
	},
	'columns of nobody': (list, chance) => {
		const at = chance.below(list.columns.length + 1);
		list.columns.splice(at, 0, undefined);
		for (const line of list.lines) {
			if (line !== list.header && !isPerson(line)) continue;
			while (line.cells.length < at) line.cells.push('');
			line.cells.splice(
				at,
				0,
				line === list.header ? 'Parking Place' : chance.of(['A 12', '', '7']),
			);
		}
	},
	'lower case header': (list) => {
		list.header.cells = list.header.cells.map((cell) =>
			typeof cell === 'string' ? cell.toLowerCase() : cell,
		);
	},

	'number cut by the spreadsheet': change('externalId', () => '1.23457E+11', true),
	'number cut, with comma': change('externalId', () => '1,23457E+11', true),
	'zero behind an ID': change('externalId', (text) =>
		/^[1-9]\d*$/.test(text) ? `${text}.0` : undefined,
	),
	'error in a cell': (list, chance) =>
		change(
			chance.of(anyText),
			(_, by) => by.of(['#N/A', '#REF!', '#VALUE!', '#NAME?']),
			true,
		)(list, chance),
	'address with mailto': change('email', (text) => `mailto:${text}`),
	'address with a name': change('email', (text) => `Somebody <${text}>`),
	'two addresses': change('email', (text) => `${text}; other@acme.example`, true),
	'invisible characters': (list, chance) =>
		change(chance.of(['externalId', 'email']), (text, by) =>
			by.of([`\u200b${text}`, `${text}\u00a0`, `${text}\u200e`, `\u2060${text}`, `\u00ad${text}`]),
		)(list, chance),
	'a date that means none': change(
		'since',
		(_, by) => by.of(['9999-12-31', '1900-01-00', '0000-00-00', '31.02.2020']),
		true,
	),
	'date, day first': change('since', (text) => text.split('-').reverse().join('.')),
	'date, month first, clear': change('since', (text) => {
		const [year, month, day] = text.split('-');
		return Number(day) > 12 ? `${month}/${day}/${year}` : undefined;
	}),
	'date with time': change('since', (text) => `${text} 00:00:00`),
	'letters read in a wrong encoding': (list, chance) =>
		change(chance.of(['firstName', 'lastName']), (text) =>
			/[\u0080-\u00ff]/.test(text) ? Buffer.from(text).toString('latin1') : undefined,
		)(list, chance),
	'HTML entities': change('lastName', (text) =>
		text === 'Müller' ? 'M&uuml;ller' : text === "O'Brien" ? 'O&#39;Brien' : undefined,
	),
	'leading apostrophe': change('externalId', (text) => (/^0/.test(text) ? `'${text}` : undefined)),
	'blanks around': (list, chance) =>
		change(chance.of(anyText), (text) => `  ${text} `)(list, chance),
	'somebody twice': (list, chance) => {
		const line = chance.of(people(list));
		inserted(list, list.lines.length, { cells: [...line.cells], meant: { ...line.meant } });
	},
	'an ID is missing': (list, chance) => {
		const found = pick(list, chance, 'externalId');
		if (found === undefined) return false;
		found.put('');
		found.line.meant.externalId = 'nothing';
		return true;
	},
	'the word for nothing': (list, chance) => {
		const found = pick(list, chance, 'email');
		if (found === undefined) return false;
		found.put(chance.of(['NULL', '\\N', 'N/A', '-', 'none']));
		found.line.meant.email = 'nothing';
		return true;
	},

	'a row about the columns': (list, chance) =>
		inserted(
			list,
			headerAt(list) + 1,
			textLine(
				...list.columns.map(() =>
					chance.of(['text', 'required', '(optional)', 'max. 50 characters']),
				),
			),
		),
	'a word for an ID': change(
		'externalId',
		(_, by) => by.of(['TBD', '0', '?', 'unknown', 'TRUE']),
		true,
	),
	'two IDs in a cell': change(
		'externalId',
		(text, by) => `${text}${by.of(['; ', ' | ', '\n'])}E9`,
		true,
	),
	'an ID that became a date': change(
		'externalId',
		(_, by) => by.of(['01-Mar', '3-Dec', '2024-03-01 00:00:00']),
		true,
	),
	'zeros lost': (list, chance) => {
		const at = place(list, 'externalId');
		const lines = people(list);
		// Two more troubles may spoil two of the others; without any of them nobody could tell.
		if (lines.length < 4 || lines.some(({ cells }) => !textOf(cells[at]))) return false;
		lines.forEach((line, n) => {
			line.cells[at] = `00${300 + n}`;
			line.meant.externalId = known(`00${300 + n}`);
		});
		const line = chance.of(lines);
		line.cells[at] = (line.cells[at] as string).slice(2);
		line.meant.externalId = 'unknowable';
		return true;
	},
	'wide letters in an ID': change('externalId', (text) =>
		text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
	),
	'both names in one cell': change('lastName', (text) => `${text}, Ana Maria`, true),
	'an address for a name': change('firstName', () => 'ana@acme.example', true),
	'a code for a name': (list, chance) =>
		change(
			chance.of(['firstName', 'lastName']),
			(_, by) => by.of(['E77', '1042', 'EMP-3', '???']),
			true,
		)(list, chance),
	'signs of another encoding in a name': change(
		'lastName',
		(text) => (text === 'Wałęsa' ? 'Wa³êsa' : text === 'Dvořák' ? 'Dvo¿ák' : undefined),
		true,
	),
	'marks of a web page': (list, chance) =>
		change(
			chance.of(['firstName', 'lastName']),
			(text, by) => by.of([`${text}<br>`, `<b>${text}</b>`]),
			true,
		)(list, chance),
	'no name': (list, chance) => {
		const found = pick(list, chance, 'firstName');
		if (found === undefined) return false;
		found.put(chance.of(['n/a', 'N/A', 'n.a.']));
		found.line.meant.firstName = 'nothing';
		return true;
	},
	'a year that cannot be': change(
		'since',
		(text, by) =>
			by.of([
				`00${text.slice(2)}`,
				text
					.split('-')
					.reverse()
					.join('/')
					.replace(/\d\d(\d\d)$/, '$1'),
			]),
		true,
	),
	'a table below': (list) =>
		inserted(
			list,
			list.lines.length,
			textLine(''),
			textLine('Name', 'Phone', 'Team'),
			textLine('Cy Ng', '515 555 0100', 'Sales'),
		),
	'a list beside': (list) => {
		if (list.kind === 'json' || list.columns.includes(undefined)) return false;
		const { header } = list;
		const line = people(list)[0];
		if (list.lines.some((other) => other !== header && !isPerson(other))) return false;
		header.cells = [...header.cells, '', ...header.cells];
		line.cells = [...line.cells, '', ...line.cells];
		return true;
	},

	'other delimiter': only(
		'csv',
		(list, chance) => void (list.csv.delimiter = chance.of([';', '\t', '|'])),
	),
	'sep= line': only('csv', (list) => void (list.csv.before = `sep=${list.csv.delimiter}\r\n`)),
	'sep= line in quotes': only(
		'csv',
		(list) => void (list.csv.before = `"sep=${list.csv.delimiter}"\r\n`),
	),
	'blank before a quote': only('csv', (list) => {
		list.csv.wrap = (text, quoted) =>
			(text === '' ? '' : ` "${text.replaceAll('"', '""')}"`) || quoted;
	}),
	'equals before a quote': only('csv', (list) => {
		list.csv.wrap = (text, quoted) => (/^0\d+$/.test(text) ? `="${text}"` : quoted);
	}),
	'CR CR LF': only('csv', (list) => void (list.csv.lineEnd = '\r\r\n')),
	'CR alone': only('csv', (list) => void (list.csv.lineEnd = '\r')),
	'NUL behind the text': only('csv', (list) => {
		list.csv.whole = (text) => `${text}\0\0`;
	}),
	'Ctrl-Z at the end': only('csv', (list) => {
		list.csv.whole = (text) => `${text}\x1a`;
	}),
	'a mark amid the file': only('csv', (list) => {
		const { header } = list;
		inserted(
			list,
			list.lines.length,
			textLine(`\ufeff${header.cells[0] as string}`, ...(header.cells.slice(1) as string[])),
		);
	}),
	'other encoding': only('csv', (list, chance) => {
		const encoding = chance.of(['utf-8-mark', 'utf-16le', 'windows-1252', 'windows-1250'] as const);
		if (!list.lines.every(({ cells }) => cells.every((cell) => holds(encoding, String(cell)))))
			return false;
		list.csv.encoding = encoding;
		return true;
	}),
	'empty columns behind': only('csv', (list) => {
		const { lineEnd } = list.csv;
		list.csv.whole = (text) =>
			text.replaceAll(lineEnd, `${list.csv.delimiter.repeat(3)}${lineEnd}`);
	}),
	'rows in quotes': only('csv', (list) => {
		const { lineEnd } = list.csv;
		list.csv.whole = (text) =>
			text
				.split(lineEnd)
				.map((line) => (line === '' ? line : `"${line.replaceAll('"', '""')}"`))
				.join(lineEnd);
	}),
	'commas inside': (list, chance) => {
		const found = pick(list, chance, 'lastName');
		if (found === undefined) return false;
		const { lastName } = found.line.meant;
		if (typeof lastName !== 'object') return false;
		found.put(`${found.text.trim()}, PhD`);
		found.line.meant.lastName = { value: `${lastName.value}, PhD` };
		return true;
	},

	'zeros of a format': only(
		'xlsx',
		change('externalId', (text) =>
			/^0\d{4}$/.test(text) ? { number: Number(text), format: '00000' } : undefined,
		),
	),
	'an ID that is a number': only(
		'xlsx',
		change('externalId', (text) =>
			/^[1-9]\d*$/.test(text) ? { number: Number(text) } : undefined,
		),
	),
	'digits of a number lost': only(
		'xlsx',
		change('externalId', () => ({ number: 1234567890123456 }), true),
	),
	'dates that are dates': only('xlsx', (list, chance) => {
		const at = place(list, 'since');
		const days = list.xlsx.date1904 ? 24107 : 25569;
		const format = chance.of([
			'yyyy-mm-dd',
			'dd/mm/yyyy',
			'm/d/yy',
			'd-mmm-yy',
			'dd.mm.yyyy hh:mm',
		]);
		for (const { cells } of people(list)) {
			const ms = Date.parse(textOf(cells[at]) ?? '');
			if (!Number.isNaN(ms) && /^\d{4}-\d\d-\d\d$/.test(cells[at] as string))
				cells[at] = { number: ms / 86_400_000 + days, format };
		}
	}),
	'days counted from 1904': only('xlsx', (list) =>
		people(list).some(({ cells }) => cells.some((cell) => typeof cell === 'object'))
			? false
			: void (list.xlsx.date1904 = true),
	),
	'an error that is one': only('xlsx', (list, chance) =>
		change(
			chance.of(anyText),
			(_, by) => ({ error: by.of(['#N/A', '#REF!']) }),
			true,
		)(list, chance),
	),
	'a formula without result': only('xlsx', (list, chance) =>
		change(chance.of(anyText), () => ({ formula: 'A1' }), true)(list, chance),
	),
	'a table further in': only('xlsx', (list, chance) => {
		list.xlsx.left = 1 + chance.below(2);
		list.xlsx.above = chance.below(3);
	}),
	'other sheets': only(
		'xlsx',
		(list, chance) =>
			void list.xlsx.more.push({
				name: 'Notes',
				hidden: chance.is(0.5),
				cells: [['Please read'], ['The list is beside.']],
			}),
	),
	'a second list': only(
		'xlsx',
		(list) =>
			void list.xlsx.more.push({
				name: 'Leavers',
				hidden: false,
				cells: [list.header.cells as string[], list.columns.map(() => 'left')],
			}),
	),
	'a hidden list': only(
		'xlsx',
		(list) =>
			void list.xlsx.more.push({
				name: 'Old',
				hidden: true,
				cells: [list.header.cells as string[], list.columns.map(() => 'left')],
			}),
	),
	'cells merged over rows': only('xlsx', (list) => {
		const [first, second] = people(list);
		if (second === undefined || first.cells.some((cell) => typeof cell === 'object')) return false;
		second.meant.lastName = first.meant.lastName;
		second.cells[place(list, 'lastName')] = first.cells[place(list, 'lastName')];
		list.xlsx.merged = [first, second];
		return true;
	}),
	'texts in the cells': only('xlsx', (list) => void (list.xlsx.inlineStrings = true)),

	'a list inside': only(
		'json',
		(list, chance) => void (list.json.wrapper = chance.of(['data', 'employees', 'value'])),
	),
	'another list in the file': only('json', (list, chance) => {
		list.json.wrapper ??= 'employees';
		list.json.other = chance.of(['contractors', 'leavers']);
	}),
	'a record a line': only('json', (list) => void (list.json.lines = true)),
};
