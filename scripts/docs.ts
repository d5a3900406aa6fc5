/** `npm run docs`: writes the generated parts of the README, of `docs/` and of the examples anew, from the definitions. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { vendors } from '../test/support/vendors';
import {
	bulkOptionTable,
	compatibilityTable,
	fieldTables,
	limitsTable,
	operationMatrix,
	operationTable,
} from './lib/docTables';
import { withColumns } from './lib/exampleColumns';
import type { Workflow } from './lib/n8nClient';
import { N8N_CURRENT, N8N_LTS } from './lib/n8nInstall';
import { ROOT } from './lib/paths';

/** What stands between marks, by the name of the mark. */
const parts = new Map<string, string>([
	['matrix', operationMatrix(vendors)],
	['options', bulkOptionTable(vendors)],
	['limits', limitsTable(vendors)],
	['compatibility', compatibilityTable([N8N_CURRENT, N8N_LTS])],
]);
for (const vendor of vendors) {
	parts.set(`${vendor.name} operations`, operationTable(vendor));
	parts.set(`${vendor.name} fields`, fieldTables(vendor));
}

/** The pages that have generated parts, relative to the root. */
export const pages: readonly string[] = [
	'README.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
];

/**
 * A page with every generated part as the definitions have it.
 *
 * @throws Error that names a mark for which there is nothing
 */
export const generated = (page: string): string =>
	page.replace(/<!-- generated: ([^>]+) -->[\s\S]*?<!-- end -->/g, (_, name: string) => {
		const part = parts.get(name);
		if (part === undefined) throw new Error(`There is nothing to generate for "${name}"`);
		return `<!-- generated: ${name} -->\n\n${part}\n\n<!-- end -->`;
	});

if (require.main === module) {
	for (const page of pages) {
		const file = join(ROOT, page);
		const text = readFileSync(file, 'utf8');
		const anew = generated(text);
		if (anew !== text) writeFileSync(file, anew);
	}
	const folder = join(ROOT, 'examples');
	for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
		const file = join(folder, name);
		const workflow = JSON.parse(readFileSync(file, 'utf8')) as Workflow;
		writeFileSync(file, JSON.stringify(withColumns(workflow)));
	}
}
