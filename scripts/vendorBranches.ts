/**
 * `npm run vendor-branches`: commits the packages that `npm run vendor-packages` has written, each to a branch of its own,
 * and says which. n8n's scanner reads the source of a package where it was committed. Pushes nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { wholeVendors } from '../test/support/vendors';
import { ROOT } from './lib/paths';
import { run } from './lib/processes';
import { runToEnd } from './lib/runToEnd';
import { packageBranch, packageFolder } from './lib/vendorPackage';
import { commitFolder } from './lib/vendorPackage/branch';

/** Answers with the exit code. */
async function main(): Promise<number> {
	const source = (await run('git', ['rev-parse', 'HEAD'], { cwd: ROOT })).trim();
	for (const vendor of wholeVendors) {
		const folder = packageFolder(vendor);
		const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
			name: string;
			version: string;
		};
		const branch = packageBranch(vendor);
		await commitFolder(ROOT, folder, branch, `${name} ${version}\n\nMade from ${source}.`);
		console.log(branch);
	}
	return 0;
}

runToEnd(main);
