import type { IExecuteFunctions } from 'n8n-workflow';

import type { FileLimits } from '../definition';
import type { ColumnView } from '../mapping';
import type { Issue } from '../mapping/types';
import { sizeOf } from './contents';
import type { NodeParameters } from './parameters';

type Kind = NonNullable<FileLimits['kinds']>[number];

/** First bytes of the kinds of files that have them; a name or MIME type proves nothing. */
const SIGNATURES: ReadonlyArray<readonly [bytes: string, kinds: readonly Kind[]]> = [
	['25504446', ['pdf']],
	['504b0304', ['docx', 'odt']],
	['d0cf11e0', ['doc']],
	['7b5c727466', ['rtf']],
	['89504e47', ['png']],
	['ffd8ff', ['jpg']],
];

/** What a file is by its content; plain text is what has no signature and no zero byte. */
function kindsOf(content: Buffer): readonly Kind[] {
	const head = content.subarray(0, 8).toString('hex');
	const known = SIGNATURES.find(([bytes]) => head.startsWith(bytes));
	if (known !== undefined) return known[1];
	return content.subarray(0, 1024).includes(0) ? [] : ['txt'];
}

type Values = Readonly<Record<string, unknown>>;

interface Filled {
	values: Values;
	problem?: Issue;
}

export interface FileFiller {
	fill(index: number, values: Values): Promise<Filled>;
	/** Values with the name and size of each file that was filled in, instead of its bytes. */
	named(index: number, values: Values): Values;
}

/**
 * Puts the files of an item's binary data into its row as base64, where the user named the field that holds them.
 * Undefined when no column takes a file or none is named.
 */
export function fileFiller(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	columns: readonly ColumnView[],
): FileFiller | undefined {
	const takers = columns.filter(({ field }) => field.file !== undefined);
	const nameOf = (index: number, key: string) =>
		parameters.get<Record<string, unknown>>('options', index, {})[`${key}BinaryProperty`];
	if (!takers.some(({ key }) => nameOf(0, key) !== undefined || !parameters.isConstant('options')))
		return undefined;

	/** The row may bring its own text, or no file at all; what is needed is checked with the row. */
	const fileOf = (index: number, key: string) => {
		const name = nameOf(index, key);
		if (typeof name !== 'string' || name === '') return undefined;
		const file = context.getInputData()[index].binary?.[name];
		return file && { name, file };
	};
	return {
		async fill(index, values) {
			const filled: Record<string, unknown> = { ...values };
			for (const { key, label, field } of takers) {
				const { name, file } = fileOf(index, key) ?? {};
				if (name === undefined || file === undefined) continue;
				const content = await context.helpers.getBinaryDataBuffer(index, name);
				const problem = problemOf(content, label, field.file as FileLimits);
				if (problem !== undefined) return { values, problem };
				filled[key] = content.toString('base64');
				const dotted = /\.\w+$/.exec(file.fileName ?? '')?.[0] ?? `.${file.fileExtension ?? ''}`;
				const { extension } = field.file as FileLimits;
				if (extension !== undefined && dotted !== '.') filled[extension] = dotted;
			}
			return { values: filled };
		},
		named(index, values) {
			const shown: Record<string, unknown> = { ...values };
			for (const { key } of takers) {
				const content = values[key];
				// Where nothing was filled in, the name of the file may be what could not be worked out.
				if (typeof content !== 'string') continue;
				const { fileName } = fileOf(index, key)?.file ?? {};
				if (fileName === undefined) continue;
				shown[key] = `${fileName} (${sizeOf(Buffer.byteLength(content, 'base64'))})`;
			}
			return shown;
		},
	};
}

function problemOf(content: Buffer, label: string, limits: FileLimits): Issue | undefined {
	const issue = (rest: string): Issue => ({
		code: 'INVALID_VALUE',
		message: `"${label}" ${rest}`,
		field: label,
	});
	if (content.length === 0) return issue('is an empty file. Check the node that gives it.');
	const { maxBytes = Infinity } = limits;
	if (content.length > maxBytes)
		return issue(`is larger than ${Math.floor(maxBytes / 100_000) / 10} MB. Use a smaller file.`);
	const { kinds } = limits;
	if (kinds !== undefined && !kindsOf(content).some((kind) => kinds.includes(kind)))
		return issue(`is no ${kinds.join(', ').toUpperCase()} file. Use one of these kinds.`);
	return undefined;
}
