import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Vendor } from '../../nodes/shared/definition';
import { checkVendor } from '../../nodes/shared/definition/check';

const NODES = resolve(__dirname, '../../nodes');

const isVendor = (value: unknown): value is Vendor =>
	typeof value === 'object' && value !== null && 'signIns' in value && 'resources' in value;

/** Every vendor of the package: what the files `*.vendor.ts` below `nodes` export. A new one is listed nowhere. */
export const vendors: readonly Vendor[] = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.vendor.ts'))
	.sort()
	.flatMap((path) =>
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are only known at run time
		Object.values(require(join(NODES, path)) as Record<string, unknown>).filter(isVendor),
	);

/** Those with nothing wrong in their definition. The others cannot be run; `unfinished` says what they lack. */
export const wholeVendors = vendors.filter((vendor) => checkVendor(vendor).length === 0);
