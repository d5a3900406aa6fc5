/**
 * `npm run model [seconds] [seed]`: looks for stories in which a node calls saved what the vendor does not hold, for so many
 * seconds each vendor (default 300), with a seed of its own each time. What it finds is shrunk and printed with the seed that
 * finds it again. `npm test` does the same for a minute, always with the same seed.
 */
import { spawnSync } from 'node:child_process';

import { ROOT } from './lib/paths';

const [seconds = '300', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
if (![seconds, seed].every((text) => /^\d+$/.test(text))) {
	console.error('Give whole numbers: npm run model -- <seconds> <seed>');
	process.exit(1);
}
console.log(`${seconds} s for each vendor, seed ${seed}`);
const { status } = spawnSync('npx', ['jest', 'test/model', '--runInBand'], {
	cwd: ROOT,
	stdio: 'inherit',
	env: { ...process.env, MODEL_SECONDS: seconds, MODEL_SEED: seed },
});
process.exitCode = status ?? 1;
