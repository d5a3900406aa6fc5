/**
 * `npm run scan`: what n8n's scanner of community packages says of the source and of the packed tarball,
 * and how large that is. Ends with code 0 only if nothing is found.
 *
 * `--built` takes `dist` as it is; a folder scans the package in it, which has to be built.
 */
import { resolve } from 'node:path';

import { ROOT } from './lib/paths';
import { run } from './lib/processes';
import { step } from './lib/progress';
import { scanPackage, scanTable } from './lib/scan';
import { runToEnd } from './lib/runToEnd';

/** Answers with the exit code. */
async function main(): Promise<number> {
	const [folder] = process.argv.slice(2).filter((arg) => !['scan', '--built'].includes(arg));
	if (folder === undefined && !process.argv.includes('--built'))
		await step('Build the package', () => run('npm', ['run', 'build']));
	const scan = await scanPackage(folder === undefined ? ROOT : resolve(folder));
	console.log(`${scan.packed.name} ${scan.packed.version}\n${scanTable(scan)}`);
	if (scan.findings === '') return 0;
	console.error(scan.findings);
	return 1;
}

runToEnd(main);
