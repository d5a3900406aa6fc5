import type { FaultSpec, LedgerEntry, TruthRecord } from '../../sandbox';

const URL = process.env.E2E_SANDBOX ?? '';

async function ask<T>(method: string, action: string, body?: unknown): Promise<T> {
	const response = await fetch(`${URL}/__sandbox/${action}`, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	if (!response.ok)
		throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
	const text = await response.text();
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The local vendors, which live in another process. */
export const sandbox = {
	baseUrl: (vendor: string): string => `${URL}/${vendor}`,
	reset: () => ask<void>('POST', 'reset'),
	/** `pathPattern` is the source of a regular expression. */
	fault: (spec: FaultSpec & { pathPattern?: string }) => ask<unknown>('POST', 'faults', spec),
	clearFaults: () => ask<void>('DELETE', 'faults'),
	ledger: async (vendor: string): Promise<LedgerEntry[]> =>
		(await ask<{ requests: LedgerEntry[] }>('GET', 'ledger')).requests.filter(
			(entry) => entry.vendor === vendor,
		),
	truth: async (vendor: string): Promise<TruthRecord[]> =>
		(await ask<{ records: TruthRecord[] }>('GET', `truth?vendor=${vendor}`)).records,
};
