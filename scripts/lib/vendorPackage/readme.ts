import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { Vendor } from '../../../nodes/shared/definition';
import { generated } from '../../docs';
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
	/** The branch this README is on. */
	branch: string;
	/** Shown in full, where there is one. */
	example: Workflow | undefined;
	/** Files beside the README, with their names. */
	examples: ReadonlyArray<{ path: string; name: string }>;
}

/**
 * A page of this repository as it reads elsewhere: generated parts as the definitions have them, without their marks, and
 * links written out.
 *
 * @param path where the page is
 */
export const elsewhere = (markdown: string, path: string, repository: string): string =>
	generated(markdown)
		.replace(/<!-- (generated: [^>]+|end) -->\n*/g, '')
		.replace(/\]\((?!https?:|mailto:)([^#)]*)([^)]*)\)/g, (_, target: string, anchor: string) => {
			const file = target === '' ? path : posix.join(path, '..', target);
			// A page about a picture is no picture.
			const kind = file.endsWith('.png') ? 'raw' : 'blob';
			return `](${repository}/${kind}/main/${file}${anchor})`;
		});

/** What the vendor's page says, in two parts: what is above its first section, and its sections. */
function pageOf({ name }: Vendor, repository: string): [lead: string, sections: string] {
	const path = `docs/vendors/${name.toLowerCase()}.md`;
	const text = elsewhere(readFileSync(join(ROOT, path), 'utf8'), path, repository);
	const [, lead, sections] = /^# .*\n([\s\S]*?)(^## [\s\S]*)$/m.exec(text) ?? [];
	if (sections === undefined) throw new Error(`${path} has no sections`);
	return [lead.trim(), sections.trim()];
}

/** JSON as people write it, with positions on one line. */
const listing = (value: object): string =>
	JSON.stringify(value, null, 2).replace(/\[\s+(-?\d+),\s+(-?\d+)\s+\]/g, '[$1, $2]');

function listOf(examples: ReadmeFacts['examples'], repository: string, branch: string): string {
	if (examples.length === 0) return '';
	const list = examples.map(
		({ path, name }) => `- [${name}](${repository}/blob/${branch}/${path})`,
	);
	return `Whole workflows to import, which explain themselves ([the files they read](${repository}/tree/main/examples#readme)):

${list.join('\n')}`;
}

const exampleOf = (example: Workflow | undefined): string =>
	example === undefined
		? ''
		: `## Example

Copy these lines, paste them onto the canvas of a new workflow, choose your credential in the last node and run it. It checks a
made-up person and writes nothing. Put your own values in the places of labels such as \`Location\`, and switch **Validate Only** off
to save.

\`\`\`json
${listing({ nodes: example.nodes, connections: example.connections })}
\`\`\``;

const resultsOf = (repository: string): string =>
	`What comes back is one item for each row, in the order of the rows:
[results and options](${repository}/blob/main/docs/bulk-save-and-import.md),
[what to do about errors](${repository}/blob/main/docs/errors.md).`;

/** README of a vendor's own package. */
export function vendorReadme(facts: ReadmeFacts): string {
	const { vendor, packageName, description, repository, branch, example, examples } = facts;
	const [lead, sections] = pageOf(vendor, repository);
	return `# ${packageName}

A node for n8n: ${description.charAt(0).toLowerCase()}${description.slice(1)}.

- **Bulk Save** sends all items of a workflow in as few requests as the vendor allows; you do not build a loop.
- **Import** reads a CSV, JSON or NDJSON file itself.
- **Validate Only** checks everything and writes nothing.
- **Every row is accounted for**: saved, failed with the vendor's reason, skipped, or _unknown_ where nobody can know.
- **Safe to repeat**: retries, rate limits and n8n's own Retry On Fail never make a second person.

${lead}

This package holds one node. The same node, with those of other talent vendors, is in
[n8n-nodes-talent](${repository}#readme). You need one of the two;
[how to move between them](${repository}/blob/main/docs/vendor-packages.md).

## Install

**Settings → Community nodes → Install**, name \`${packageName}\`. In queue mode every worker needs the package.

${[exampleOf(example), listOf(examples, repository, branch), resultsOf(repository)].filter((part) => part !== '').join('\n\n')}

${sections}

## Compatibility

n8n ${N8N_CURRENT.n8n} and ${N8N_LTS.n8n} are what the tests run.

## Resources

- [Source of all vendors](${repository})
- [Changelog](${repository}/blob/main/CHANGELOG.md)
- [n8n's page on community nodes](https://docs.n8n.io/integrations/community-nodes/)

MIT
`;
}
