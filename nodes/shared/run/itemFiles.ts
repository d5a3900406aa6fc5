import type { IExecuteFunctions } from 'n8n-workflow';

import { clipped } from '../definition';
import { FileFault, openRows, type FileHead, type ReadOptions } from '../file';
import { quotedHeaders } from './fileHeaders';
import type { NodeParameters } from './parameters';

/**
 * Opens the files of items, each as often as it is asked for. A workbook is in memory while it is read, so the last one stays:
 * to have it twice, until the first is collected, is what would cost.
 */
export function fileOpener(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	options: ReadOptions,
) {
	let last: { index: number; again: NonNullable<FileHead['again']> } | undefined;
	return async (index: number) => {
		const field = fileField(context, parameters, index);
		const { id, fileName, mimeType } = context.helpers.assertBinaryData(index, field);
		const name = clipped(fileName ?? 'the file');
		if (last?.index === index) return { ...(await last.again()), name };
		last = undefined;
		const chunks =
			id === undefined
				? whole(await context.helpers.getBinaryDataBuffer(index, field))
				: ((await context.helpers.getBinaryStream(id)) as AsyncIterable<Uint8Array>);
		const opened = await openRows(chunks, { fileName, mimeType, ...options });
		if (opened.again !== undefined) last = { index, again: opened.again };
		return { ...opened, name };
	};
}

/** The field that holds the file of an item: the one that was named, or the only one there is. */
function fileField(context: IExecuteFunctions, parameters: NodeParameters, index: number): string {
	const items = context.getInputData();
	const named = parameters.get('binaryPropertyName', index, 'data');
	const fields = Object.keys(items[index].binary ?? {});
	if (fields.includes(named)) return named;
	if (fields.length === 1) return fields[0];
	if (fields.length > 1)
		throw new FileFault(
			`The item has no file in "${named}". It has files in ${quotedHeaders(fields)}: enter one of these under "Input Data Field Name".`,
		);
	const rows = items.filter(({ json }) => Object.keys(json).length > 0).length;
	if (rows > 0 && items.every(({ binary = {} }) => Object.keys(binary).length === 0))
		throw new FileFault(
			`There is no file, but ${rows} ${rows === 1 ? 'row' : 'rows'}. Set "Source" to "Input Items".`,
		);
	const which = items.length === 1 ? 'The item' : `Item ${index + 1}`;
	throw new FileFault(`${which} has no file. Connect a node that gives a file.`);
}

async function* whole(buffer: Buffer): AsyncGenerator<Uint8Array> {
	yield buffer;
}
