import type { FaultSpec, Happening, LedgerEntry, TruthRecord } from '../../test/sandbox';

/** Numbers of what reached a vendor and what came of it. */
export interface Counts {
	requests: number;
	connections: number;
	created: number;
	updated: number;
	deleted: number;
}

export type SandboxControl = ReturnType<typeof sandboxControl>;

/** The local vendors, in another process. */
export function sandboxControl(url: string) {
	async function ask<T>(method: string, action: string, body?: unknown): Promise<T> {
		const response = await fetch(`${url}/__sandbox/${action}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok)
			throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
		const text = await response.text();
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}

	return {
		baseUrl: (vendor: string): string => `${url}/${vendor}`,
		reset: () => ask<void>('POST', 'reset'),
		/** `pathPattern` is the source of a regular expression. */
		fault: (spec: FaultSpec & { pathPattern?: string }) => ask<unknown>('POST', 'faults', spec),
		clearFaults: () => ask<void>('DELETE', 'faults'),
		/** Adds people as if they had been there from the start. */
		fill: (vendor: string, count: number) => ask<void>('POST', `fill?vendor=${vendor}`, { count }),
		/** Lets people at the vendor do something themselves, and answers with the records' IDs. */
		happen: (vendor: string, what: Happening, count = 1) =>
			ask<string[]>('POST', `happen?vendor=${vendor}`, { what, count }),
		counts: (vendor: string) => ask<Counts>('GET', `counts?vendor=${vendor}`),
		ledger: async (vendor: string): Promise<LedgerEntry[]> =>
			(await ask<{ requests: LedgerEntry[] }>('GET', 'ledger')).requests.filter(
				(entry) => entry.vendor === vendor,
			),
		truth: async (vendor: string): Promise<TruthRecord[]> =>
			(await ask<{ records: TruthRecord[] }>('GET', `truth?vendor=${vendor}`)).records,
	};
}
