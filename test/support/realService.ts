import { request as send } from 'http';

import type { FakeAnswer, FakeService } from './fakeContext';

/** Far more than an answer takes on a busy machine. */
const PATIENCE_MS = 30_000;

/** Answers a fake node's requests with what a real server on this machine says; errors carry the codes n8n's do. */
export const realService =
	(signature: Readonly<Record<string, string>>, timeoutMs = PATIENCE_MS): FakeService =>
	async ({ method, url, body, headers }) =>
		await new Promise<FakeAnswer | Error>((resolve) => {
			const text = body === undefined ? undefined : JSON.stringify(body);
			// Node.js leaves the length out for a DELETE, and its body is not read then.
			const length =
				text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
			const failed = (code: string) => resolve(Object.assign(new Error(code), { code }));
			const outgoing = send(
				url,
				{ method, headers: { ...headers, ...length, ...signature }, timeout: timeoutMs },
				(incoming) => {
					const chunks: Buffer[] = [];
					incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
					incoming.on('aborted', () => failed('ECONNRESET'));
					incoming.on('end', () =>
						resolve({
							status: incoming.statusCode ?? 0,
							headers: incoming.headers as Record<string, string>,
							body: Buffer.concat(chunks).toString('utf8'),
						}),
					);
				},
			);
			outgoing.on('timeout', () => {
				failed('ECONNABORTED');
				outgoing.destroy();
			});
			outgoing.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'ECONNRESET'));
			outgoing.end(text);
		});
