/**
 * `npm run mutation -- http write`: breaks these folders of `nodes/shared` in one place at a time, and sees whether the
 * folder's own tests in `test/engine` notice. Without names: every folder that has such tests. A folder takes minutes, `mapping`
 * an hour. Prints what nobody noticed; `coverage/mutation/<folder>.json` holds everything.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Stryker } from '@stryker-mutator/core';

import jestConfig from '../jest.config.js';

/** Tests of other time zones run in environments of their own, which cannot be watched from outside. */
const TIME_ZONE = 'America/St_Johns';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.env.TZ = TIME_ZONE;
const asked = process.argv.slice(2);
for (const folder of asked.length === 0 ? readdirSync('test/engine') : asked)
	await new Stryker({
		mutate: [`nodes/shared/${folder}/**/*.ts`],
		testRunner: 'jest',
		jest: {
			projectType: 'custom',
			enableFindRelatedTests: false,
			config: {
				...jestConfig,
				testMatch: [
					`<rootDir>/test/engine/${folder}/*.test.ts`,
					`<rootDir>/test/engine/${folder}/suites/index.ts`,
				],
				testPathIgnorePatterns: ['mapping\\.\\w+\\.test\\.ts$'],
				globals: { expectedTimeZone: TIME_ZONE },
			},
		},
		coverageAnalysis: 'perTest',
		// One process of at most 2 GB: a developer's machine stays usable meanwhile.
		concurrency: 1,
		testRunnerNodeArgs: ['--max-old-space-size=2048'],
		maxTestRunnerReuse: 100,
		ignorePatterns: ['.n8n', 'coverage', 'dist', 'examples', '*.tgz'],
		reporters: ['clear-text', 'json'],
		clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
		jsonReporter: { fileName: `coverage/mutation/${folder}.json` },
		tempDirName: 'coverage/mutation/sandbox',
	}).runMutationTest();
