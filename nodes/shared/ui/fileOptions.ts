import type { INodeProperties } from 'n8n-workflow';

import { sortedOptions } from './parameter';

/** Options of how a file is read; without them it shows in the file itself. */
const ofFile = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { '/source': ['binary'] } },
});

/** What a choice without an answer is stored as. */
const AUTOMATIC = { name: 'Automatic', value: 'auto' };

/** Labels of the WHATWG Encoding Standard: what spreadsheets and HR systems save where UTF-8 is not the rule. */
const ENCODINGS = [
	{ name: 'Arabic (Windows-1256)', value: 'windows-1256' },
	{ name: 'Baltic (Windows-1257)', value: 'windows-1257' },
	{ name: 'Central European (ISO 8859-2)', value: 'iso-8859-2' },
	{ name: 'Central European (Windows-1250)', value: 'windows-1250' },
	{ name: 'Chinese, Simplified (GB 18030)', value: 'gb18030' },
	{ name: 'Chinese, Traditional (Big5)', value: 'big5' },
	{ name: 'Cyrillic (KOI8-R)', value: 'koi8-r' },
	{ name: 'Cyrillic (Windows-1251)', value: 'windows-1251' },
	{ name: 'Greek (Windows-1253)', value: 'windows-1253' },
	{ name: 'Hebrew (Windows-1255)', value: 'windows-1255' },
	{ name: 'Japanese (EUC-JP)', value: 'euc-jp' },
	{ name: 'Japanese (Shift JIS)', value: 'shift_jis' },
	{ name: 'Korean (EUC-KR)', value: 'euc-kr' },
	{ name: 'Macintosh', value: 'macintosh' },
	{ name: 'Turkish (Windows-1254)', value: 'windows-1254' },
	{ name: 'UTF-16 BE', value: 'utf-16be' },
	{ name: 'UTF-16 LE', value: 'utf-16le' },
	{ name: 'UTF-8', value: 'utf-8' },
	{ name: 'Vietnamese (Windows-1258)', value: 'windows-1258' },
	{ name: 'Western European (ISO 8859-15)', value: 'iso-8859-15' },
	{ name: 'Western European (Windows-1252)', value: 'windows-1252' },
];

export const fileOptions = (): INodeProperties[] =>
	[
		{
			displayName: 'Delimiter',
			name: 'delimiter',
			type: 'options' as const,
			default: 'auto',
			description: 'What separates the columns of a CSV file',
			options: sortedOptions([
				AUTOMATIC,
				{ name: 'Bar (|)', value: '|' },
				{ name: 'Comma', value: ',' },
				{ name: 'Semicolon', value: ';' },
				{ name: 'Tab', value: 'tab' },
			]),
		},
		{
			displayName: 'Encoding',
			name: 'encoding',
			type: 'options' as const,
			default: 'auto',
			description:
				'How letters are stored in a text file. Choose it where the file is not UTF-8 and letters come out wrong.',
			options: sortedOptions([AUTOMATIC, ...ENCODINGS]),
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'options' as const,
			default: 'auto',
			description:
				'What kind of text file it is, whatever its name says. Excel files show it themselves.',
			options: sortedOptions([
				AUTOMATIC,
				{ name: 'CSV', value: 'csv' },
				{ name: 'JSON or NDJSON', value: 'json' },
			]),
		},
		{
			displayName: 'Header Row',
			name: 'headerRow',
			type: 'number' as const,
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'The row that holds the column names, as a spreadsheet counts. Without this option it is found among the first 20.',
		},
		{
			displayName: 'Sheet',
			name: 'sheet',
			type: 'string' as const,
			default: '',
			placeholder: 'e.g. Employees',
			description:
				'The name of the sheet in an Excel file. Without this option it is the only one in sight that holds a list.',
		},
	].map(ofFile);
