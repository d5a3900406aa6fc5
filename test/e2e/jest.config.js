const base = require('../../jest.config');

/**
 * Against a real n8n that `npm run e2e` has started; of no use alone.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// All tests share one n8n and one sandbox, whose ledger would mix what they send.
	maxWorkers: 1,
	// A run in n8n takes half a second; a busy machine and n8n's own waits between tries are allowed for.
	testTimeout: 120_000,
};
