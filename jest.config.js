/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Not the whole repository: a real n8n in `.n8n/` has hundreds of thousands of files to crawl.
	roots: ['<rootDir>/credentials', '<rootDir>/nodes', '<rootDir>/scripts', '<rootDir>/test'],
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// Those need a real n8n: `npm run e2e`.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	setupFiles: ['<rootDir>/test/setup.js'],
	// Types are stripped here, file by file, and checked once for everything by `npm run typecheck`.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json' }] },
	// With `npm run coverage` only.
	collectCoverageFrom: ['<rootDir>/nodes/shared/**/*.ts'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { branches: 95 } },
};
