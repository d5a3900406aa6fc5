import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

import dependencyRule from '../../scripts/dependencyRule';

const ROOT = resolve(__dirname, '../..');
const linter = new Linter({ cwd: ROOT });

function problems(filename: string, code: string): string[] {
	const messages = linter.verify(
		code,
		{
			files: ['**/*.ts'],
			languageOptions: { parser: parser as Linter.Parser },
			plugins: { project: { rules: { 'dependency-rule': dependencyRule } } },
			rules: { 'project/dependency-rule': 'error' },
		},
		{ filename: resolve(ROOT, filename) },
	);
	return messages.map(({ message }) => message);
}

describe('allowed', () => {
	test.each([
		['nodes/shared/definition/field.ts', "import { z } from './zod';"],
		['nodes/shared/definition/zod.ts', "export { z } from 'zod';"],
		['nodes/shared/mapping/row.ts', "import { isoDate } from '../definition';"],
		['nodes/shared/paging/pages.ts', "import { send } from '../http';"],
		['nodes/shared/write/save.ts', "import { createHash } from 'crypto';"],
		['nodes/shared/write/save.ts', "import { toWire } from '../mapping';"],
		['nodes/shared/http/port.ts', "import { sleep } from 'n8n-workflow';"],
		['nodes/shared/run/node.ts', "import { NodeOperationError } from 'n8n-workflow';"],
		['nodes/shared/run/node.ts', "import { save } from '../write';"],
		['nodes/shared/ui/properties.ts', "import type { INodeProperties } from 'n8n-workflow';"],
		['nodes/shared/ui/properties.ts', "import { type INodeProperties } from 'n8n-workflow';"],
		['nodes/Acme/resources/talent.ts', "import { text } from '../../shared/definition';"],
		['nodes/Acme/acme.vendor.ts', "import { talent } from './resources/talent';"],
		['nodes/Acme/Acme.node.ts', "import { runNode } from '../shared/run';"],
		['nodes/Acme/Acme.node.ts', "import { NodeConnectionTypes } from 'n8n-workflow';"],
		['credentials/AcmeApi.credentials.ts', "import { hosts } from '../nodes/Acme/hosts';"],
		[
			'credentials/AcmeApi.credentials.ts',
			"import { s } from '../nodes/shared/credential/session';",
		],
	])('%s: %s', (file, code) => {
		expect(problems(file, code)).toEqual([]);
	});
});

describe('forbidden', () => {
	test.each([
		[
			'nodes/shared/definition/field.ts',
			"import { send } from '../http';",
			'nodes/shared/definition/field.ts may not import nodes/shared/http.',
		],
		[
			'nodes/shared/mapping/row.ts',
			"export * from '../write/save';",
			'nodes/shared/mapping/row.ts may not import nodes/shared/write/save.',
		],
		[
			'nodes/shared/http/send.ts',
			"const { run } = require('../run');",
			'nodes/shared/http/send.ts may not import nodes/shared/run.',
		],
		[
			'nodes/shared/write/save.ts',
			"type Vendor = import('../../Acme/acme.vendor').Acme;",
			'nodes/shared/write/save.ts may not import nodes/Acme/acme.vendor.',
		],
		[
			'nodes/shared/run/node.ts',
			"const later = import('../../Acme/acme.vendor');",
			'nodes/shared/run/node.ts may not import nodes/Acme/acme.vendor.',
		],
		[
			'nodes/shared/mapping/row.ts',
			"import type { IDataObject } from 'n8n-workflow';",
			'nodes/shared/mapping/row.ts may not import n8n-workflow.',
		],
		[
			'nodes/shared/ui/properties.ts',
			"import { type INodeProperties, sleep } from 'n8n-workflow';",
			'nodes/shared/ui/properties.ts may import only types of n8n-workflow.',
		],
		[
			'nodes/Acme/hosts.ts',
			"import { sleep } from 'n8n-workflow';",
			'nodes/Acme/hosts.ts may import only types of n8n-workflow.',
		],
		[
			'nodes/Acme/resources/talent.ts',
			"import { send } from '../../shared/http';",
			'nodes/Acme/resources/talent.ts may not import nodes/shared/http.',
		],
		[
			'nodes/Acme/acme.vendor.ts',
			"import { other } from '../Other/other.vendor';",
			'nodes/Acme/acme.vendor.ts may not import nodes/Other/other.vendor.',
		],
		[
			'nodes/Acme/Acme.node.ts',
			"import { save } from '../shared/write';",
			'nodes/Acme/Acme.node.ts may not import nodes/shared/write.',
		],
		[
			'nodes/shared/mapping/row.ts',
			"import { z } from 'zod';",
			'Only nodes/shared/definition/zod.ts may import zod.',
		],
		[
			'credentials/AcmeApi.credentials.ts',
			"import { runNode } from '../nodes/shared/run';",
			'credentials/AcmeApi.credentials.ts may not import nodes/shared/run.',
		],
		['nodes/Acme/hosts.ts', "import axios from 'axios';", 'n8n does not provide axios.'],
		[
			'nodes/shared/newFolder/file.ts',
			"import { x } from './x';",
			'nodes/shared/newFolder has no place in the dependency rule.',
		],
		[
			'nodes/Acme/hosts.ts',
			"import { x } from '../../test/x';",
			'nodes/Acme/hosts.ts may not import test/x.',
		],
	])('%s: %s', (file, code, problem) => {
		expect(problems(file, code)).toEqual([problem]);
	});
});

test('the project lint applies the rule', () => {
	const eslint = resolve(ROOT, 'node_modules/eslint/bin/eslint.js');
	const { stdout } = spawnSync(
		process.execPath,
		[
			eslint,
			...['--config', 'eslint.project.config.mjs'],
			...['--stdin', '--stdin-filename', 'nodes/shared/definition/example.ts'],
		],
		{ cwd: ROOT, input: "import { send } from '../http';\n", encoding: 'utf8' },
	);
	expect(stdout).toContain('may not import nodes/shared/http');
});
