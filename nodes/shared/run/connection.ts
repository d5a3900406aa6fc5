import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { MAX_WAIT_SECONDS, type CredentialData, type Vendor } from '../definition';
import {
	askedWaitMs,
	baseUrlProblem,
	budgetOf,
	redactor,
	Sender,
	SetupFault,
	SignInFailed,
	tokenFrom,
	TransportFault,
	type HttpRequest,
	type HttpResponse,
	type Port,
} from '../http';
import { checkOneAccount } from './oneAccount';
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
	maxWaitSeconds?: number;
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

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The credential chosen by the node's `authentication`, ready to send with. */
export async function connect(
	context: Context,
	vendor: Vendor,
	authentication: string,
	{ requestsPerMinute, maxWaitSeconds = MAX_WAIT_SECONDS, timeoutSeconds }: Limits,
): Promise<Connection> {
	const signIn =
		vendor.signIns.find((candidate) => candidate.authentication === authentication) ??
		vendor.signIns[0];
	const credential = await context.getCredentials<Record<string, unknown>>(signIn.credential);
	if ('getInputData' in context) await checkOneAccount(context, signIn.credential, credential);
	const baseUrl = vendor.baseUrl(credential);
	const problem = baseUrlProblem(baseUrl, pathsOf(vendor));
	if (problem !== undefined)
		throw new SetupFault({ code: 'HOST_UNREACHABLE', message: problem, applied: 'no' });

	const id = context.getNode().credentials?.[signIn.credential]?.id ?? '';
	const account = `${signIn.credential} ${id} ${baseUrl}`;
	const budget = budgetOf(account);
	const rate =
		requestsPerMinute === undefined ? vendor.rate : { requests: requestsPerMinute, seconds: 60 };
	const plain = n8nPort(context, signIn.credential);
	let oneTime = '';
	const redact = (text: string) =>
		redactor([...secretsOf(credential), ...secretsOf(plain.signedWith()), oneTime])(text);

	const port = signedPort(plain, vendor, baseUrl, {
		// The token's request is one more that the service counts.
		before: async () => await sender.leave(),
		after: (token) => void (oneTime = token),
	});
	const sender = new Sender(port, {
		baseUrl,
		budget,
		rate,
		waitHeaders: vendor.waitHeaders,
		maxWaitMs: maxWaitSeconds * 1000,
		timeoutMs: timeoutSeconds === undefined ? TIMEOUT_MS : timeoutSeconds * 1000,
		headers: vendor.headers,
		errorMessages: vendor.errorMessages,
		errorPointers: vendor.errorPointers,
		redact,
	});
	return { account, baseUrl, port, sender, redact };
}

const pathsOf = ({ resources, oneTimeToken }: Vendor): string[] => [
	...resources.flatMap(({ endpoints }) =>
		Object.values(endpoints).map(({ request }) => request.path),
	),
	...(oneTimeToken === undefined ? [] : [oneTimeToken.request.path]),
];

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
			const answer = await tokenCall(port, baseUrl + oneTimeToken.request.path, request.timeoutMs);
			const token = tokenFrom(
				{ ...answer, waitMs: askedWaitMs(answer, port.now(), vendor.waitHeaders) },
				{
					service: vendor.displayName,
					host: new URL(baseUrl).origin,
					tokenAt: oneTimeToken.at,
					check: oneTimeToken.check,
					refusesWithoutToken: true,
				},
			);
			notify.after(token);
			return await port.send({
				...request,
				headers: { ...request.headers, [oneTimeToken.handOver]: token },
			});
		},
	};
}

/** Whatever becomes of the call for a token, the request it is for has not left. */
async function tokenCall(port: Port, url: string, timeoutMs: number): Promise<HttpResponse> {
	try {
		return await port.send({ method: 'POST', url, body: '{}', timeoutMs, signsIn: true });
	} catch (error) {
		throw error instanceof TransportFault ? withoutToken(error) : (error as Error);
	}
}

const withoutToken = ({ kind, message }: TransportFault): SignInFailed =>
	new SignInFailed({ message, passing: kind !== 'blocked' });
