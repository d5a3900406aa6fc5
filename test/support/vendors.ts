import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Vendor } from '../../nodes/shared/definition';

const NODES = resolve(__dirname, '../../nodes');

const isVendor = (value: unknown): value is Vendor =>
	typeof value === 'object' && value !== null && 'signIns' in value && 'resources' in value;

/** Every vendor of the package: what the files `*.vendor.ts` below `nodes` export. */
export const allVendors = (): Vendor[] =>
	readdirSync(NODES, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.vendor.ts'))
		.sort()
		.flatMap((path) =>
			Object.values(jest.requireActual<Record<string, unknown>>(join(NODES, path))).filter(
				isVendor,
			),
		);
