import { BinaryDataService } from 'n8n-core';
import { BINARY_ENCODING, type IBinaryData } from 'n8n-workflow';

import { Container } from './logs';

/** A file inside its item, as n8n keeps it in memory. */
export const inlineFile = (
	content: string | Buffer,
	fileName: string,
	mimeType = 'text/csv',
): IBinaryData => ({
	data: Buffer.from(content).toString(BINARY_ENCODING),
	fileName,
	fileExtension: fileName.split('.').at(-1),
	mimeType,
});

/**
 * A file on disk that its item only points to, as n8n keeps it by default; nodes may read it as a stream. From the first
 * one on, binary data that nodes make is kept on disk as well.
 */
export async function storedFile(
	content: string | Buffer,
	fileName: string,
	mimeType = 'text/csv',
): Promise<IBinaryData> {
	const service = Container.get(BinaryDataService);
	await service.init();
	const place = { type: 'execution', workflowId: 'workflow', executionId: '0' } as const;
	const file = { data: '', fileName, mimeType };
	return await service.store(place, Buffer.from(content), file);
}

/** The content of a file, wherever it is kept. */
export const contentOf = async (file: IBinaryData): Promise<Buffer> =>
	await Container.get(BinaryDataService).getAsBuffer(file);
