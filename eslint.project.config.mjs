import tseslint from 'typescript-eslint';
import dependencyRule from './scripts/dependencyRule.js';

// Ours, for what n8n's rules are not made for: tests, scripts, and the order of our own folders.
export default tseslint.config(
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		languageOptions: { parser: tseslint.parser },
		plugins: { project: { rules: { 'dependency-rule': dependencyRule } } },
		rules: { 'project/dependency-rule': 'error' },
	},
	{
		files: ['nodes/shared/**/*.ts'],
		// What is longer does not stand on one screen.
		rules: {
			'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
		},
	},
	{
		files: ['test/**/*.ts', 'scripts/**/*.ts'],
		extends: [tseslint.configs.recommended],
		languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', ignoreRestSiblings: true, varsIgnorePattern: '^_' },
			],
			// A promise nobody waits for is a test that cannot fail and a process that outlives its script.
			'@typescript-eslint/no-floating-promises': 'error',
		},
	},
);
