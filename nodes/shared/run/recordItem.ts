import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { setAt, valueAt, type ReadEndpoint } from '../definition';

export type Item = Pick<INodeExecutionData, 'json' | 'binary'>;

interface Shown {
	helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData'>;
	present(record: unknown): unknown;
	/** Name of the output field that takes a file. */
	field: string;
}

/** A record as an item; a file inside it becomes binary data. */
export async function recordItem(
	{ file }: ReadEndpoint,
	record: unknown,
	{ helpers, present, field }: Shown,
): Promise<Item> {
	const content = file === undefined ? undefined : valueAt(record, file.content);
	if (file === undefined || typeof content !== 'string' || content === '')
		return { json: present(record) as IDataObject };
	const textAt = (path: string): string | undefined => {
		const value = valueAt(record, path);
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const binary = await helpers.prepareBinaryData(
		Buffer.from(content, 'base64'),
		textAt(file.name),
		textAt(file.type),
	);
	const rest = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
	setAt(rest, file.content, undefined);
	return { json: present(rest) as IDataObject, binary: { [field]: binary } };
}
