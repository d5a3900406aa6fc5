import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import type { Vendor } from '../../nodes/shared/definition';
import { propertiesOf } from '../../nodes/shared/ui';

const ROOT = resolve(__dirname, '../..');
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A value as a literal in the form n8n's linter reads: bare keys where they can be, single quotes. */
function literal(value: unknown): string {
	if (typeof value === 'string')
		return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
	if (Array.isArray(value)) return `[${value.map(literal).join(',\n')}]`;
	if (typeof value !== 'object' || value === null) return String(value);
	const members = Object.entries(value).map(
		([key, held]) => `${/^\w+$/.test(key) ? key : literal(key)}: ${literal(held)}`,
	);
	return `{\n${members.join(',\n')}\n}`;
}

const nodeSource = (vendor: Vendor, properties: readonly INodeProperties[]): string => `
import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class ${capitalised(vendor.name)} implements INodeType {
	description: INodeTypeDescription = {
		displayName: ${literal(vendor.displayName)},
		name: ${literal(vendor.name)},
		icon: { light: 'file:light.svg', dark: 'file:dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'A rendered node',
		defaults: { name: ${literal(vendor.displayName)} },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: ${literal(vendor.signIns.map(({ credential }) => ({ name: credential, required: true })))},
		properties: ${literal(properties)},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}
`;

const credentialSource = (name: string): string => `
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class ${capitalised(name)} implements ICredentialType {
	name = '${name}';
	displayName = 'Rendered API';
	properties: INodeProperties[] = [];
}
`;

/** What is linted: a vendor, and its properties when they are not those of its definition. */
export interface Rendered {
	vendor: Vendor;
	properties?: readonly INodeProperties[];
}

/** The files of a package whose nodes say literally what the vendors' nodes say at run time, by path. */
function renderPackage(nodes: readonly Rendered[]): Record<string, string> {
	const files: Record<string, string> = {};
	const credentials = nodes.flatMap(({ vendor }) => vendor.signIns.map((s) => s.credential));
	for (const name of credentials)
		files[`credentials/${capitalised(name)}.credentials.ts`] = credentialSource(name);
	for (const { vendor, properties = propertiesOf(vendor) } of nodes) {
		const node = capitalised(vendor.name);
		files[`nodes/${node}/${node}.node.ts`] = nodeSource(vendor, properties);
		files[`nodes/${node}/light.svg`] = ICON;
		files[`nodes/${node}/dark.svg`] = ICON;
	}
	const compiled = (ending: string) =>
		Object.keys(files)
			.filter((path) => path.endsWith(`${ending}.ts`))
			.map((path) => `dist/${path.replace(/ts$/, 'js')}`);
	files['package.json'] = JSON.stringify({
		name: 'n8n-nodes-rendered',
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: compiled('.node'),
			credentials: compiled('.credentials'),
		},
	});
	return files;
}

interface LintResult {
	filePath: string;
	messages: Array<{ ruleId: string | null; message: string; line: number }>;
	source?: string;
}

/**
 * What n8n's own lint configuration says of vendors' nodes, by vendor name. The linter reads source text and cannot see
 * properties that are made at run time, so they are rendered into nodes of literals in a package of its own. No rule is
 * switched off.
 *
 * @returns for each vendor rule, message and the line it points at; an empty list: nothing was found
 */
export function lintRendered(nodes: readonly Rendered[]): Record<string, string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'rendered-'));
	try {
		for (const [path, content] of Object.entries(renderPackage(nodes))) {
			mkdirSync(join(folder, dirname(path)), { recursive: true });
			writeFileSync(join(folder, path), content);
		}
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
		const { stdout, stderr } = spawnSync(
			process.execPath,
			[
				join(ROOT, 'node_modules/eslint/bin/eslint.js'),
				...['--config', join(ROOT, 'eslint.config.mjs'), '--format', 'json', 'nodes'],
			],
			{
				cwd: folder,
				encoding: 'utf8',
				maxBuffer: 100_000_000,
				// Under jest's own value the linter takes every file for one of its tests.
				env: { ...process.env, NODE_ENV: 'production' },
			},
		);
		if (stdout === '') throw new Error(`The linter did not run: ${stderr}`);
		const results = JSON.parse(stdout) as LintResult[];
		return Object.fromEntries(
			nodes.map(({ vendor: { name } }) => {
				const file = `${capitalised(name)}.node.ts`;
				const result = results.find(({ filePath }) => basename(filePath) === file);
				if (result === undefined) throw new Error(`The linter did not read ${file}.`);
				const lines = result.source?.split('\n') ?? [];
				return [
					name,
					result.messages.map(
						({ ruleId, message, line }) => `${ruleId}: ${message} ${lines[line - 1]?.trim()}`,
					),
				];
			}),
		);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
