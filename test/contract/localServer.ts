import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface LocalServer {
	/** `http://127.0.0.1:<port>` */
	url: string;
	/** In order of arrival. */
	requests: Received[];
	/** Cuts every open connection. */
	close(): Promise<void>;
}

/** A server of a few lines. Every answer is by `answer`; one that does nothing leaves the client waiting. */
export async function localServer(
	answer: (response: ServerResponse, request: Received) => void,
): Promise<LocalServer> {
	const requests: Received[] = [];
	const server = createServer((incoming, response) => {
		let body = '';
		incoming.setEncoding('utf8');
		incoming.on('data', (chunk: string) => (body += chunk));
		incoming.on('end', () => {
			const { method = '', url = '', headers } = incoming;
			const received = { method, url, headers, body };
			requests.push(received);
			answer(response, received);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
