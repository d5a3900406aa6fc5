import { Agent, request } from 'node:http';
import { once } from 'node:events';
import axios from 'axios';

/*
 * HTTP with as little as possible around it, for comparisons: connections are kept, nothing is tried twice.
 */

export interface BareSettings {
	baseUrl: string;
	headers: Record<string, string>;
	/** Connections at most. */
	concurrency: number;
}

export interface BareClient {
	/** Sends a request and reads the JSON of its answer. @throws Error if the answer is no success, or does not come */
	ask(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown>;
	close(): void;
}

export type BareKind = 'http' | 'axios';

const JSON_TYPE = { 'content-type': 'application/json' };

function nodeHttp({ baseUrl, headers, concurrency }: BareSettings): BareClient {
	const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
	return {
		async ask(method, path, body) {
			const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
			const outgoing = request(`${baseUrl}${path}`, {
				method,
				agent,
				headers: { ...headers, ...(body === undefined ? {} : JSON_TYPE), ...length },
			});
			outgoing.end(body);
			const [incoming] = (await once(outgoing, 'response')) as [
				NodeJS.ReadableStream & { statusCode: number },
			];
			const chunks: Buffer[] = [];
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
			const text = Buffer.concat(chunks).toString();
			if (incoming.statusCode >= 300) throw new Error(`Status ${incoming.statusCode}: ${text}`);
			return JSON.parse(text) as unknown;
		},
		close: () => agent.destroy(),
	};
}

function withAxios({ baseUrl, headers, concurrency }: BareSettings): BareClient {
	const httpAgent = new Agent({ keepAlive: true, maxSockets: concurrency });
	const client = axios.create({ baseURL: baseUrl, headers, httpAgent, proxy: false });
	return {
		async ask(method, url, data) {
			const { data: body } = await client.request<unknown>({
				method,
				url,
				data,
				headers: data === undefined ? {} : JSON_TYPE,
			});
			return body;
		},
		close: () => httpAgent.destroy(),
	};
}

export const bareClient = (kind: BareKind, settings: BareSettings): BareClient =>
	kind === 'http' ? nodeHttp(settings) : withAxios(settings);

/** Runs tasks side by side, at most `limit` at once. */
export class SideBySide {
	private readonly running = new Set<Promise<void>>();
	private failure: { error: unknown } | undefined;

	constructor(private readonly limit: number) {}

	/** Ends as soon as there is room for another task; rejects with the first error of any. */
	async add(task: () => Promise<void>): Promise<void> {
		const running: Promise<void> = task()
			.catch((error: unknown) => {
				this.failure ??= { error };
			})
			.finally(() => this.running.delete(running));
		this.running.add(running);
		if (this.running.size >= this.limit) await Promise.race(this.running);
		if (this.failure !== undefined) throw this.failure.error;
	}

	async end(): Promise<void> {
		await Promise.all(this.running);
		if (this.failure !== undefined) throw this.failure.error;
	}
}
