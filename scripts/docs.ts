import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fieldTable, operationMatrix, operationTable } from '../nodes/shared/ui';
import { vendors } from '../test/support/vendors';

const README = join(__dirname, '../README.md');

/** What the README says between its marks, by the name of the mark. */
const parts = new Map<string, string>([['matrix', operationMatrix(vendors)]]);
for (const vendor of vendors)
	parts.set(
		vendor.name,
		[
			operationTable(vendor),
			...vendor.resources.map((resource) => `#### ${resource.label}\n\n${fieldTable(resource)}`),
		].join('\n\n'),
	);

/** The README with every generated part as the definitions have it. */
export function generated(readme: string): string {
	return readme.replace(
		/<!-- generated: (\w+) -->[\s\S]*?<!-- end -->/g,
		(_, name: string) => `<!-- generated: ${name} -->\n\n${parts.get(name) ?? ''}\n\n<!-- end -->`,
	);
}

if (require.main === module) writeFileSync(README, generated(readFileSync(README, 'utf8')));
