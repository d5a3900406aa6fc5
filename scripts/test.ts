/** `npm test`: builds, then checks types, style and tests, everything even if something fails. */
import { availableParallelism } from 'node:os';
import { dirname, parse } from 'node:path';

import { ROOT } from './lib/paths';
import { endAll, run } from './lib/processes';
import { secondsSince, step } from './lib/progress';

/** `--built`: the tests read `dist` meanwhile, so nobody else may build. */
const CHECKS = ['typecheck', 'lint:n8n', 'lint:project', 'format:check', 'scan -- --built'];

async function main(): Promise<void> {
	const start = Date.now();
	const failed: string[] = [];
	const attempt = async (name: string, work: () => Promise<unknown>) => {
		try {
			await step(name, work);
		} catch (error) {
			failed.push(name);
			console.error(error instanceof Error ? error.message : error);
		}
	};

	await attempt('build', () => run('npm', ['run', 'build']));
	// jest alone does not fill two cores from start to end; the checks use what it leaves.
	await Promise.all([
		attempt('tests', () =>
			run('npx', ['jest', `--maxWorkers=${availableParallelism()}`], { show: true }),
		),
		(async () => {
			for (const name of CHECKS)
				await attempt(name, () => run('npm', ['run', '--silent', ...name.split(' ')]));
		})(),
	]);

	if (failed.includes('lint:n8n') && dirname(ROOT) === parse(ROOT).root)
		console.error(
			`n8n's linter finds no package.json in a folder directly below ${parse(ROOT).root}: move this one into another folder.`,
		);
	const verdict = failed.length === 0 ? 'Everything passed' : `Failed: ${failed.join(', ')}`;
	console.log(`${verdict} (${secondsSince(start)}).`);
	process.exitCode = failed.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => void endAll().finally(() => process.exit(130)));
}
void main();
