import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { CredentialData, Vendor } from '../definition';
import {
	baseUrlProblem,
	budgetOf,
	redactor,
	Sender,
	SetupFault,
	TransportFault,
	type HttpRequest,
	type Port,
} from '../http';
import { n8nPort } from './port';

/** Fields of credentials that are no secret; everything else is blanked out of texts from outside. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set([
	'apiVersion',
	'authHeader',
	'baseUrl',
	'environment',
	'region',
]);

/** A save of several hundred records makes accounts and rights on the vendor's side; that takes its time. */
const TIMEOUT_MS = 120_000;

export interface Limits {
	requestsPerMinute?: number;
	maxWaitSeconds: number;
	timeoutSeconds?: number;
}

export interface Connection {
	/** Credential and host: what is true of one account need not be true of another. */
	account: string;
	baseUrl: string;
	port: Port;
	sender: Sender;
	redact(text: string): string;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** The credential chosen by the node's `authentication`, ready to send with. */
export async function connect(
	context: Context,
	vendor: Vendor,
	authentication: string,
	limits: Limits,
): Promise<Connection> {
	const signIn =
		vendor.signIns.find((candidate) => candidate.authentication === authentication) ??
		vendor.signIns[0];
	const credential = await context.getCredentials<Record<string, unknown>>(signIn.credential);
	const baseUrl = vendor.baseUrl(credential);
	const problem = baseUrlProblem(baseUrl);
	if (problem !== undefined)
		throw new SetupFault({ code: 'HOST_UNREACHABLE', message: problem, applied: 'no' });

	const id = context.getNode().credentials?.[signIn.credential]?.id ?? '';
	const account = `${signIn.credential} ${id} ${baseUrl}`;
	const budget = budgetOf(account);
	const perMinute = limits.requestsPerMinute ?? vendor.requestsPerMinute;
	const known = redactor(secretsOf(credential));
	let oneTime = '';
	const redact = (text: string) => redactor([oneTime])(known(text));

	const plain = n8nPort(context, signIn.credential);
	const port = signedPort(plain, vendor, baseUrl, {
		// The token's request is one more that the service counts.
		before: async () => {
			await budget.enter(plain, perMinute);
			sender.traffic.requests++;
		},
		after: (token) => void (oneTime = token),
	});
	const sender = new Sender(port, {
		baseUrl,
		budget,
		perMinute,
		maxWaitMs: limits.maxWaitSeconds * 1000,
		timeoutMs: limits.timeoutSeconds === undefined ? TIMEOUT_MS : limits.timeoutSeconds * 1000,
		errorMessages: vendor.errorMessages,
		redact,
	});
	return { account, baseUrl, port, sender, redact };
}

const secretsOf = (credential: CredentialData): string[] =>
	Object.entries(credential)
		.filter(([name]) => !PUBLIC_FIELDS.has(name))
		.map(([, value]) => value)
		.filter((value): value is string => typeof value === 'string')
		// A sealed session token is kept behind a hash; a service would repeat it without.
		.flatMap((value) => [value, value.replace(/^[0-9a-f]{64}\./, '')]);

/** Where the vendor wants a fresh token for each call, fetches one before it. */
function signedPort(
	port: Port,
	vendor: Vendor,
	baseUrl: string,
	notify: { before(): Promise<void>; after(token: string): void },
): Port {
	const { oneTimeToken } = vendor;
	if (oneTimeToken === undefined) return port;
	return {
		...port,
		async send(request: HttpRequest) {
			await notify.before();
			const answer = await port
				.send({
					method: oneTimeToken.request.method,
					url: baseUrl + oneTimeToken.request.path,
					body: '{}',
					timeoutMs: request.timeoutMs,
				})
				.catch((error: unknown) => {
					// No token, no call: whatever happened to this request, the write has not left.
					if (error instanceof TransportFault) throw new TransportFault('notSent', error.message);
					throw error;
				});
			const token =
				typeof answer.body === 'object' && answer.body !== null
					? (answer.body as Record<string, unknown>)[oneTimeToken.at]
					: undefined;
			if (answer.status >= 300) return answer;
			if (typeof token !== 'string' || token === '')
				return { status: 401, headers: {}, body: undefined };
			notify.after(token);
			return await port.send({
				...request,
				headers: { ...request.headers, [oneTimeToken.handOver]: token },
			});
		},
	};
}
