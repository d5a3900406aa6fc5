import { request as send } from 'http';

import type { FakeAnswer, FakeService } from './fakeContext';

/** Time an attempt may take; the faults that never answer must not hold up a measurement. */
const TIMEOUT_MS = 1_000;

/** Answers a fake node's requests with what a real server on this machine says; errors carry the codes n8n's do. */
export const realService =
	(signature: Readonly<Record<string, string>>): FakeService =>
	async ({ method, url, body, headers }) =>
		await new Promise<FakeAnswer | Error>((resolve) => {
			const failed = (code: string) => resolve(Object.assign(new Error(code), { code }));
			const outgoing = send(
				url,
				{ method, headers: { ...headers, ...signature }, timeout: TIMEOUT_MS },
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
			outgoing.end(body === undefined ? undefined : JSON.stringify(body));
		});
