import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Vendor } from '../../../nodes/shared/definition';
import { fieldTables, operationTable } from '../docTables';
import { N8N_CURRENT, N8N_LTS } from '../n8nInstall';
import type { Workflow } from '../n8nClient';
import { ROOT } from '../paths';

export interface ReadmeFacts {
	vendor: Vendor;
	packageName: string;
	/** One sentence about the node. */
	description: string;
	/** Address of the repository's page. */
	repository: string;
	example: Workflow;
}

/** The text below a heading, up to the next heading of its level or above; undefined if there is none. */
export function sectionOf(markdown: string, title: string): string | undefined {
	const lines = markdown.split('\n');
	const from = lines.findIndex((line) => line.replace(/^#+ /, '') === title && /^#/.test(line));
	if (from < 0) return undefined;
	const [marks] = lines[from].split(' ');
	const rest = lines.slice(from + 1);
	const length = rest.findIndex((line) => {
		const [found] = /^#+(?= )/.exec(line) ?? [];
		return found !== undefined && found.length <= marks.length;
	});
	return rest.slice(0, length < 0 ? undefined : length).join('\n');
}

/** Text of this repository as it reads elsewhere: without the marks of generated parts, links written out. */
export const elsewhere = (markdown: string, repository: string): string =>
	markdown
		.replace(/<!-- generated: [^>]+ -->[\s\S]*?<!-- end -->/g, '')
		.replace(/\]\((?!https?:|mailto:)(#?)([^)]*)\)/g, (_, anchor: string, path: string) =>
			anchor ? `](${repository}#${path})` : `](${repository}/blob/main/${path})`,
		)
		.replace(/\n{3,}/g, '\n\n')
		.trim();

/** What the vendor's page tells people about its credentials. */
function credentialsOf({ name }: Vendor): string {
	const page = `docs/vendors/${name.toLowerCase()}.md`;
	const found = sectionOf(readFileSync(join(ROOT, page), 'utf8'), 'Credentials and permissions');
	if (found === undefined) throw new Error(`${page} does not say how to get credentials`);
	return found;
}

/** JSON as people write it, with positions on one line. */
const listing = (value: object): string =>
	JSON.stringify(value, null, 2).replace(/\[\s+(-?\d+),\s+(-?\d+)\s+\]/g, '[$1, $2]');

/** README of a vendor's own package. */
export const vendorReadme = ({
	vendor,
	packageName,
	description,
	repository,
	example,
}: ReadmeFacts): string => `# ${packageName}

A node for n8n: ${description.charAt(0).toLowerCase()}${description.slice(1)}.

- **Bulk Save** sends all items of a workflow in as few requests as the vendor allows; you do not build a loop.
- **Import** reads a CSV, JSON or NDJSON file itself.
- **Validate Only** checks everything and writes nothing.
- **Every row is accounted for**: saved, failed with the vendor's reason, skipped, or _unknown_ where nobody can know.
- **Safe to repeat**: retries, rate limits and n8n's own Retry On Fail never make a second person.

This package holds one node. The same node, with those of other talent vendors, is in
[n8n-nodes-talent](${repository}#readme). You need one of the two;
[how to move between them](${repository}/blob/main/docs/vendor-packages.md).

## Install

**Settings → Community nodes → Install**, name \`${packageName}\`. In queue mode every worker needs the package.

## Credentials

${elsewhere(credentialsOf(vendor), repository)}

## Example

Copy these lines, paste them onto the canvas of a new workflow, choose your credential in the last node and run it. It checks a
made-up person and writes nothing. Put your own values in the places of labels such as \`Location\`, and switch **Validate Only** off
to save.

\`\`\`json
${listing({ nodes: example.nodes, connections: example.connections })}
\`\`\`

## What comes back

One item for each row, in the order of the rows: \`key\`, \`status\` (\`saved\`, \`failed\`, \`skipped\`, \`inProgress\`, \`unknown\`, or what would
have happened in a check) and, where something is wrong, \`errors\` with the reason and the field. The
[project's README](${repository}#readme) says more.

## Operations

**documented**: the vendor's own documentation says so. **observed**: public code that uses the live service does it so.
**unverified**: weaker than that; the node says so where you choose it.

${operationTable(vendor)}

## Fields

${fieldTables(vendor)}

## Compatibility

n8n ${N8N_CURRENT.n8n} and ${N8N_LTS.n8n} are what the tests run.

## Resources

- [Source of all vendors](${repository})
- [Changelog](${repository}/blob/main/CHANGELOG.md)
- [n8n's page on community nodes](https://docs.n8n.io/integrations/community-nodes/)

MIT
`;
