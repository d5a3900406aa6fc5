import type { Budget } from './budget';
import type { ErrorPointers, Rate, WaitHeader } from '../definition';
import { isPage, placesIn, vendorMessage } from './errors';
import type { Fault, FaultCode } from './fault';
import { TransportFault, type HttpRequest, type HttpResponse, type Port } from './port';
import { askedWaitMs, backoffMs } from './retry';
import { SignInFailed, type SignInProblem } from './signIn';
import { sameHost } from './urls';
import { Waits } from './waits';

/** Five attempts with their back-off outlast a restart of a service (about 8 seconds) and no more. */
const MAX_ATTEMPTS = 5;
/** A longer chain is a loop. */
const MAX_REDIRECTS = 3;
/** An attempt that fails sooner was answered; one that took longer has kept the run waiting. */
const SHORTEST_WAIT_MS = 1_000;

export interface Traffic {
	requests: number;
	retries: number;
	/** Milliseconds the run waited: at the service's wish, between attempts, and for answers that did not come. */
	waitedMs: number;
}

export interface SenderSettings {
	baseUrl: string;
	budget: Budget;
	/** Undefined: no limit is known. */
	rate?: Rate;
	/** Headers beside `Retry-After` by which the service says how long to wait. */
	waitHeaders?: readonly WaitHeader[];
	/** Milliseconds the whole run may wait at the service's wish, between attempts, and for answers that do not come. */
	maxWaitMs: number;
	/** Milliseconds an attempt may take. */
	timeoutMs: number;
	/** Sent with every request, unless that brings its own. */
	headers?: Readonly<Record<string, string>>;
	errorMessages: readonly string[];
	errorPointers?: ErrorPointers;
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

/** What one attempt brought. `passing`: the same request may fare better later; `waitMs` is how long the service asks to wait. */
type Attempt =
	| { is: 'answered'; status: number; headers: HttpResponse['headers']; body: unknown }
	| { is: 'refused'; fault: Fault }
	| { is: 'passing'; fault: Fault; waitMs?: number };

/** Another run of the same credential was asked to wait, longer than this one may. */
class PauseTooLong extends Error {
	constructor(readonly ms: number) {
		super('The service has asked another run to slow down');
	}
}

/** Sends the requests of one run: paces, retries and explains. Cancelled passes through. */
export class Sender {
	private readonly counted = { requests: 0, retries: 0 };
	private readonly waits: Waits;
	/** The credential was refused where it signs in: every further try may lock the account. */
	private refusedSignIn: Fault | undefined;

	constructor(
		private readonly port: Port,
		private readonly settings: SenderSettings,
	) {
		this.waits = new Waits(settings.maxWaitMs);
	}

	get traffic(): Traffic {
		return { ...this.counted, waitedMs: this.waits.totalMs };
	}

	/** Waits until a request may leave, and counts it: those that are sent here, and others that the service counts. */
	async leave(): Promise<void> {
		const { budget, rate } = this.settings;
		await budget.enter(this.port, rate, (pauseMs) => {
			const now = this.port.now();
			if (!this.waits.allows(now, now + pauseMs)) throw new PauseTooLong(pauseMs);
			this.waits.add(now, now + pauseMs);
		});
		this.counted.requests++;
	}

	async send(outgoing: Outgoing): Promise<Sent> {
		let doubt = false;
		for (let attempt = 1; ; attempt++) {
			const started = this.port.now();
			const result = await this.attempt(outgoing);
			switch (result.is) {
				case 'answered': {
					const { status, headers, body } = result;
					return { ok: true, status, headers, body, repeated: doubt };
				}
				case 'refused':
					return { ok: false, fault: doubt ? inDoubt(result.fault) : result.fault };
				case 'passing': {
					const { fault, waitMs } = result;
					const ended = this.port.now();
					if (ended - started >= SHORTEST_WAIT_MS) this.waits.add(started, ended);
					doubt ||= fault.applied === 'unknown';
					if (this.isWorthRepeating(outgoing, fault, attempt, doubt))
						if (await this.wait(attempt, waitMs, fault.code)) {
							this.counted.retries++;
							continue;
						}
					return { ok: false, fault: this.explain(fault, doubt, waitMs) };
				}
			}
		}
	}

	private isWorthRepeating(
		{ repeatable, retryTimeouts }: Outgoing,
		{ code }: Fault,
		attempt: number,
		doubt: boolean,
	): boolean {
		if (doubt && !repeatable) return false;
		if (code === 'RATE_LIMITED') return true;
		return attempt < MAX_ATTEMPTS && !(code === 'TIMEOUT' && retryTimeouts === false);
	}

	private async attempt(outgoing: Outgoing): Promise<Attempt> {
		if (this.refusedSignIn !== undefined) return { is: 'refused', fault: this.refusedSignIn };
		if (this.waits.spent) return { is: 'refused', fault: this.outOfTime() };
		let { url } = outgoing;
		for (let redirects = 0; ; redirects++) {
			let response: HttpResponse;
			try {
				response = await this.deliver(outgoing, url);
			} catch (error) {
				return this.undelivered(error);
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
				return { is: 'refused', fault: redirected(status) };
			}
			return this.judge(outgoing, response);
		}
	}

	private async deliver(outgoing: Outgoing, url: string): Promise<HttpResponse> {
		await this.leave();
		await outgoing.leaving?.();
		return await this.port.send({
			method: outgoing.method,
			url,
			headers: lowerCased(this.settings.headers, outgoing.headers),
			body: outgoing.body,
			timeoutMs: this.settings.timeoutMs,
		});
	}

	/** An attempt that ended without an answer. Throws what is none of its business. */
	private undelivered(error: unknown): Attempt {
		if (error instanceof SignInFailed) {
			const result = signInFault(error.problem);
			if (result.is === 'refused') this.refusedSignIn = result.fault;
			return result;
		}
		if (error instanceof PauseTooLong) {
			const { message, ms } = error;
			const fault: Fault = { code: 'RATE_LIMITED', message, applied: 'no', heldBack: true };
			return { is: 'passing', fault, waitMs: ms };
		}
		if (!(error instanceof TransportFault)) throw error as Error;
		return lostOnTheWay(error);
	}

	private judge(outgoing: Outgoing, response: HttpResponse): Attempt {
		const { status, headers, body } = response;
		if (status >= 200 && status < 300) {
			const readable =
				outgoing.expects === 'anything' ||
				(typeof body === 'object' && body !== null) ||
				(body === undefined && outgoing.expects === 'jsonOrNothing');
			if (readable) return { is: 'answered', status, headers, body };
			const message = 'The service answered with something that is not JSON.';
			return {
				is: 'passing',
				fault: { code: 'UNREADABLE_ANSWER', message, status, applied: 'unknown' },
			};
		}
		const said = vendorMessage(body, this.settings.errorMessages);
		const message = said === undefined ? `HTTP status ${status}` : this.settings.redact(said);
		const waitMs = askedWaitMs(response, this.port.now(), this.settings.waitHeaders);
		if (status === 429)
			return {
				is: 'passing',
				fault: { code: 'RATE_LIMITED', message, status, applied: 'no' },
				waitMs,
			};
		if (status === 408)
			return { is: 'passing', fault: { code: 'TIMEOUT', message, status, applied: 'unknown' } };
		if (status >= 500)
			return {
				is: 'passing',
				fault: { code: 'SERVICE_FAILED', message, status, applied: 'unknown' },
				waitMs,
			};
		return {
			is: 'refused',
			fault: stoppedOnTheWay(status, body, said) ?? {
				...refusal(status, message),
				...this.placesOf(body),
			},
		};
	}

	private placesOf(body: unknown): Pick<Fault, 'places'> {
		const places = placesIn(body, this.settings.errorPointers).map(({ pointer, message }) => ({
			pointer,
			message: this.settings.redact(message),
		}));
		return places.length === 0 ? {} : { places };
	}

	/** False when the run may not wait that long. */
	private async wait(
		attempt: number,
		asked: number | undefined,
		code: FaultCode,
	): Promise<boolean> {
		const ms = asked ?? backoffMs(attempt, this.port.random());
		const now = this.port.now();
		if (!this.waits.allows(now, now + ms)) return false;
		this.waits.add(now, now + ms);
		// The gate holds every other request of this credential back as well.
		if (code === 'RATE_LIMITED') this.settings.budget.pause(now, ms);
		else await this.port.sleep(ms);
		return true;
	}

	private explain(fault: Fault, doubt: boolean, asked: number | undefined): Fault {
		const applied = doubt ? 'unknown' : fault.applied;
		if (fault.code !== 'RATE_LIMITED') return { ...fault, applied };
		const wish =
			asked === undefined
				? 'The service keeps asking to slow down.'
				: `The service asks to wait ${Math.ceil(asked / 1000)} seconds.`;
		return { ...fault, applied, message: `${fault.message}. ${wish} ${this.allowance()}` };
	}

	private outOfTime(): Fault {
		const waited = Math.round(this.waits.totalMs / 1000);
		return {
			code: 'TIMEOUT',
			message: `This run has waited ${waited} seconds for the service. ${this.allowance()}`,
			applied: 'no',
			heldBack: true,
		};
	}

	private allowance(): string {
		const allowed = Math.round(this.waits.maxMs / 1000);
		return `This run may wait ${allowed} seconds in all. Run it again later, or raise "Max Wait (Seconds)".`;
	}
}

/**
 * An earlier attempt may have been applied. That the same content is invalid settles it (only repeatable requests come
 * here); that the credential or the address stopped working does not.
 */
const inDoubt = (fault: Fault): Fault =>
	fault.code === 'REFUSED' ? fault : { ...fault, applied: 'unknown' };

function lostOnTheWay({ kind, message }: TransportFault): Attempt {
	switch (kind) {
		case 'blocked':
			return {
				is: 'refused',
				fault: { code: 'HOST_UNREACHABLE', message, applied: 'no', heldBack: true },
			};
		case 'notSent':
			return {
				is: 'passing',
				fault: { code: 'HOST_UNREACHABLE', message, applied: 'no', heldBack: true },
			};
		case 'timeout':
			return { is: 'passing', fault: { code: 'TIMEOUT', message, applied: 'unknown' } };
		case 'cut':
			return { is: 'passing', fault: { code: 'CONNECTION_LOST', message, applied: 'unknown' } };
	}
}

function signInFault({ message, passing, status, waitMs }: SignInProblem): Attempt {
	const fault = (code: FaultCode): Fault => ({
		code,
		message,
		applied: 'no',
		heldBack: true,
		...(status === undefined ? {} : { status }),
	});
	if (status === undefined)
		return { is: passing ? 'passing' : 'refused', fault: fault('HOST_UNREACHABLE') };
	if (!passing) return { is: 'refused', fault: fault('AUTHENTICATION') };
	return {
		is: 'passing',
		fault: fault(status === 429 ? 'RATE_LIMITED' : 'SERVICE_FAILED'),
		waitMs,
	};
}

/** An answer of somebody between n8n and the service. */
function stoppedOnTheWay(status: number, body: unknown, title = ''): Fault | undefined {
	if (status === 407)
		return {
			code: 'HOST_UNREACHABLE',
			message:
				'The proxy between n8n and the service wants a sign-in of its own (HTTP 407). Ask whoever looks after n8n to check the proxy.',
			status,
			applied: 'no',
			heldBack: true,
		};
	if (status === 403 && isPage(body))
		return {
			code: 'HOST_UNREACHABLE',
			message: `A web page came back in place of an answer (HTTP 403${title === '' ? '' : `, "${title}"`}). A proxy or firewall between n8n and the service has most likely stopped the request. Ask whoever looks after your network.`,
			status,
			applied: 'no',
			heldBack: true,
		};
	return undefined;
}

/** Header names know no case: whoever comes later wins. */
const lowerCased = (...given: Array<Readonly<Record<string, string>> | undefined>) =>
	Object.fromEntries(
		given.flatMap((headers = {}) =>
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
		),
	);

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
