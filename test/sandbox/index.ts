import { serve, type Sandbox, type SandboxOptions } from './server';
import type { SandboxVendor } from './vendor';
import * as registry from './vendors';

export type { FaultHandle, FaultKind, FaultSpec } from './faults';
export type { LedgerEntry } from './ledger';
export type { Sandbox, SandboxOptions } from './server';
export type { Truth, TruthRecord } from './truth';
export type { Happening } from './vendor';

/**
 * Starts local vendors that enforce their documented rules, keep the truth about every write, and
 * misbehave on demand.
 *
 * @throws Error if a vendor is unknown or the port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const known: SandboxVendor[] = Object.values(registry);
	const wanted = options.vendors ?? known.map(({ name }) => name);
	const vendors = wanted.map((name) => {
		const vendor = known.find((candidate) => candidate.name === name);
		if (!vendor) throw new Error(`The sandbox has no vendor named ${name}`);
		return vendor;
	});
	return await serve(vendors, options);
}
