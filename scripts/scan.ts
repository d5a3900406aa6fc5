/**
 * `npm run scan`: what n8n's scanner of community packages says of the source and of the packed tarball,
 * and how large that is. Ends with code 0 only if nothing is found.
 *
 * `--built` takes `dist` as it is; a folder scans the package in it, which has to be built.
 */
import { resolve } from 'node:path';

import { ROOT } from './lib/paths';
import { endAll, run } from './lib/processes';
import { scanPackage, type Scan } from './lib/scan';
import { step } from './lib/progress';
import { table } from './lib/table';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

export const scanTable = ({ packed, counts }: Scan): string =>
	table([
		['findings in the source', counts.source],
		['findings in the tarball', counts.tarball],
		['packed and of no use', counts.useless],
		['tarball', `${kilobytes(packed.size)}, unpacked ${kilobytes(packed.unpackedSize)}`],
		['files', packed.files.length],
	]);

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

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => void endAll().finally(() => process.exit(130)));
}
main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
