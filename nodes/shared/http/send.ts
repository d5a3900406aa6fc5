import type { Budget } from './budget';
import { vendorMessage } from './errors';
import type { Fault, FaultCode } from './fault';
import { TransportFault, type HttpRequest, type HttpResponse, type Port } from './port';
import { backoffMs, retryAfterMs } from './retry';
import { sameHost } from './urls';

/** Five attempts with their back-off outlast a restart of a service (about 8 seconds) and no more. */
const MAX_ATTEMPTS = 5;
/** A longer chain is a loop. */
const MAX_REDIRECTS = 3;

export interface Traffic {
	requests: number;
	retries: number;
	/** Milliseconds the service made us wait. */
	waitedMs: number;
}

export interface SenderSettings {
	baseUrl: string;
	budget: Budget;
	/** Requests a minute; undefined: no limit is known. */
	perMinute?: number;
	/** Milliseconds the whole run may wait at the service's wish or between attempts. */
	maxWaitMs: number;
	/** Milliseconds an attempt may take. */
	timeoutMs: number;
	errorMessages: readonly string[];
	redact(text: string): string;
}

export interface Outgoing {
	method: HttpRequest['method'];
	/** Complete and encoded. */
	url: string;
	/** Serialised JSON. */
	body?: string;
	headers?: Readonly<Record<string, string>>;
	/** May be sent again when its fate is unknown. */
	repeatable: boolean;
	/** `json`: an answer that is not JSON is no answer. `jsonOrNothing`: an empty one is. */
	expects: 'json' | 'jsonOrNothing' | 'anything';
	/** False: a time-out is given back at once, since the caller has something better than the same request again. */
	retryTimeouts?: boolean;
	/** Called when the budget lets the request go, just before it leaves. */
	leaving?(): Promise<void>;
}

export type Sent =
	| {
			ok: true;
			status: number;
			headers: HttpResponse['headers'];
			body: unknown;
			/** An earlier attempt of the same request may have been applied, so the answer may speak of the second time. */
			repeated: boolean;
	  }
	| { ok: false; fault: Fault };

type Passing = { code: FaultCode; message: string; status?: number; applied: 'no' | 'unknown' };

/** Sends the requests of one run: paces, retries and explains. Cancelled passes through. */
export class Sender {
	readonly traffic: Traffic = { requests: 0, retries: 0, waitedMs: 0 };

	constructor(
		private readonly port: Port,
		private readonly settings: SenderSettings,
	) {}

	async send(outgoing: Outgoing): Promise<Sent> {
		let doubt = false;
		for (let attempt = 1; ; attempt++) {
			const result = await this.attempt(outgoing);
			if ('answer' in result) return { ok: true, ...result.answer, repeated: doubt };
			if ('refused' in result)
				return { ok: false, fault: doubt ? inDoubt(result.refused) : result.refused };

			const { passing } = result;
			doubt ||= passing.applied === 'unknown';
			const safe = outgoing.repeatable || !doubt;
			const wanted =
				passing.code === 'RATE_LIMITED' ||
				(attempt < MAX_ATTEMPTS &&
					!(passing.code === 'TIMEOUT' && outgoing.retryTimeouts === false));
			if (safe && wanted && (await this.wait(attempt, result.waitMs, passing.code))) {
				this.traffic.retries++;
				continue;
			}
			return { ok: false, fault: this.explain(passing, doubt, result.waitMs) };
		}
	}

	private async attempt(
		outgoing: Outgoing,
	): Promise<
		| { answer: { status: number; headers: HttpResponse['headers']; body: unknown } }
		| { refused: Fault }
		| { passing: Passing; waitMs?: number }
	> {
		let { url } = outgoing;
		for (let redirects = 0; ; redirects++) {
			let response: HttpResponse;
			try {
				response = await this.deliver(outgoing, url);
			} catch (error) {
				if (!(error instanceof TransportFault)) throw error as Error;
				return error.kind === 'signIn'
					? { refused: { code: 'AUTHENTICATION', message: error.message, applied: 'no' } }
					: { passing: transportFault(error) };
			}
			const { status } = response;
			if (status >= 300 && status < 400) {
				const target = sameHost(this.settings.baseUrl, url, response.headers.location ?? '');
				// 307 and 308 keep method and body; the older ones only promise that for reads.
				const follows = outgoing.method === 'GET' || status === 307 || status === 308;
				if (target !== undefined && follows && redirects < MAX_REDIRECTS) {
					url = target;
					continue;
				}
				return { refused: redirected(status) };
			}
			return this.judge(outgoing, response);
		}
	}

	private async deliver(outgoing: Outgoing, url: string): Promise<HttpResponse> {
		await this.settings.budget.enter(this.port, this.settings.perMinute);
		await outgoing.leaving?.();
		this.traffic.requests++;
		return await this.port.send({
			method: outgoing.method,
			url,
			headers: outgoing.headers,
			body: outgoing.body,
			timeoutMs: this.settings.timeoutMs,
		});
	}

	private judge(outgoing: Outgoing, response: HttpResponse) {
		const { status, headers, body } = response;
		if (status >= 200 && status < 300) {
			const readable =
				outgoing.expects === 'anything' ||
				(typeof body === 'object' && body !== null) ||
				(body === undefined && outgoing.expects === 'jsonOrNothing');
			if (readable) return { answer: { status, headers, body } };
			return {
				passing: {
					code: 'UNREADABLE_ANSWER' as const,
					message: 'The service answered with something that is not JSON.',
					status,
					applied: 'unknown' as const,
				},
			};
		}
		const said = vendorMessage(body, this.settings.errorMessages);
		const words = said === undefined ? `HTTP status ${status}` : this.settings.redact(said);
		if (status === 429)
			return {
				passing: { code: 'RATE_LIMITED' as const, message: words, status, applied: 'no' as const },
				waitMs: retryAfterMs(response, this.port.now()),
			};
		if (status === 408)
			return {
				passing: { code: 'TIMEOUT' as const, message: words, status, applied: 'unknown' as const },
			};
		if (status >= 500)
			return {
				passing: {
					code: 'SERVICE_FAILED' as const,
					message: words,
					status,
					applied: 'unknown' as const,
				},
				waitMs: retryAfterMs(response, this.port.now()),
			};
		return { refused: refusal(status, words) };
	}

	/** False when the run may not wait that long. */
	private async wait(
		attempt: number,
		asked: number | undefined,
		code: FaultCode,
	): Promise<boolean> {
		const ms = asked ?? backoffMs(attempt, this.port.random());
		const { budget, maxWaitMs } = this.settings;
		if (code === 'RATE_LIMITED') {
			if (this.traffic.waitedMs + ms > maxWaitMs) return false;
			// The gate holds every other request of this credential back as well, so the wait is counted once.
			this.traffic.waitedMs += budget.pause(this.port.now(), ms);
			return true;
		}
		if (this.traffic.waitedMs + ms > maxWaitMs) return false;
		this.traffic.waitedMs += ms;
		await this.port.sleep(ms);
		return true;
	}

	private explain(passing: Passing, doubt: boolean, asked: number | undefined): Fault {
		const applied = doubt ? 'unknown' : passing.applied;
		if (passing.code !== 'RATE_LIMITED') return { ...passing, applied };
		const allowed = Math.round(this.settings.maxWaitMs / 1000);
		const wish =
			asked === undefined
				? 'The service keeps asking to slow down.'
				: `The service asks to wait ${Math.ceil(asked / 1000)} seconds.`;
		return {
			...passing,
			applied,
			message: `${passing.message}. ${wish} This run may wait ${allowed} seconds in all. Run it again later, or raise "Max Wait (Seconds)".`,
		};
	}
}

/**
 * An earlier attempt may have been applied. That the same content is invalid settles it (only repeatable requests come
 * here); that the credential or the address stopped working does not.
 */
const inDoubt = (fault: Fault): Fault =>
	fault.code === 'REFUSED' ? fault : { ...fault, applied: 'unknown' };

function transportFault(error: TransportFault): Passing {
	if (error.kind === 'notSent')
		return { code: 'HOST_UNREACHABLE', message: error.message, applied: 'no' };
	return {
		code: error.kind === 'timeout' ? 'TIMEOUT' : 'CONNECTION_LOST',
		message: error.message,
		applied: 'unknown',
	};
}

const redirected = (status: number): Fault => ({
	code: 'REDIRECTED',
	message:
		'The service redirects to another address, which is not followed because your key would go there. Check the base URL in the credential.',
	status,
	applied: 'no',
});

function refusal(status: number, words: string): Fault {
	const fault = (code: FaultCode, advice: string): Fault => ({
		code,
		message: `${words}. ${advice}`.replace(/([.!?])\. /, '$1 '),
		status,
		applied: 'no',
	});
	switch (status) {
		case 401:
			return fault(
				'AUTHENTICATION',
				'The service does not accept the credential. Open it and check the key, or make a new one.',
			);
		case 403:
			return fault(
				'PERMISSION',
				'The credential has no permission for this. Ask the administrator of your account for it.',
			);
		case 404:
		case 410:
			return fault('NOT_FOUND', 'Check the ID, and the base URL in the credential.');
		case 413:
			return fault('TOO_LARGE', 'The request is too large for the service.');
		default:
			return fault('REFUSED', 'Check the values and try again.');
	}
}
