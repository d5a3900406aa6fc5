import { Cancelled, type HttpRequest, type HttpResponse, type Port } from '../../nodes/shared/http';

export type Handler = (
	request: HttpRequest,
	/** From 1. */
	attempt: number,
) => HttpResponse | Error | Promise<HttpResponse | Error>;

export const answer = (
	body: unknown,
	status = 200,
	headers: Record<string, string> = {},
): HttpResponse => ({ status, headers, body });

/** A port whose clock moves only by sleeping, with a service in place of the network. */
export class VirtualPort implements Port {
	readonly requests: HttpRequest[] = [];
	readonly sleeps: number[] = [];
	clock = Date.parse('2026-01-01T00:00:00Z');
	cancelled = false;
	/** The most requests that were under way at the same time. */
	busiest = 0;
	private busy = 0;

	constructor(private readonly handler: Handler) {}

	async send(request: HttpRequest): Promise<HttpResponse> {
		this.checkCancelled();
		this.requests.push(request);
		this.busiest = Math.max(this.busiest, ++this.busy);
		try {
			const result = await this.handler(request, this.requests.length);
			// Others get their turn, as they would while a real request travels.
			await new Promise((resolve) => setImmediate(resolve));
			if (result instanceof Error) throw result;
			return result;
		} finally {
			this.busy--;
		}
	}

	async sleep(ms: number): Promise<void> {
		this.checkCancelled();
		if (ms > 0) this.sleeps.push(ms);
		this.clock += ms;
		await new Promise((resolve) => setImmediate(resolve));
		this.checkCancelled();
	}

	now(): number {
		return this.clock;
	}

	random(): number {
		return 0.5;
	}

	checkCancelled(): void {
		if (this.cancelled) throw new Cancelled();
	}
}
