'use strict';

const { dirname, join, relative, sep } = require('node:path');

/** The engine: it runs without n8n. Each folder and what it may import besides itself. */
const ENGINE = {
	definition: [],
	mapping: ['definition'],
	file: ['definition'],
	http: ['definition'],
	paging: ['definition', 'http'],
	write: ['definition', 'mapping', 'http', 'file', 'paging'],
	watch: ['definition', 'http', 'paging', 'write'],
	credential: ['definition', 'http'],
};

/** The adapter to n8n: it may import the whole engine, and the folders named here. */
const ADAPTER = { ui: [], lookup: ['ui'], run: ['lookup'] };

const SHARED = {
	...ENGINE,
	...Object.fromEntries(
		Object.entries(ADAPTER).map(([folder, more]) => [folder, [...Object.keys(ENGINE), ...more]]),
	),
};

const VENDOR = ['definition', 'credential'];
const VENDOR_NODE = [...VENDOR, ...Object.keys(ADAPTER)];

/** Modules n8n provides, and the one place that may import each; `any` is everywhere. */
const MODULES = {
	crypto: 'any',
	lodash: 'any',
	luxon: 'any',
	zod: 'nodes/shared/definition/zod.ts',
};

const N8N_VALUES = ['run', 'http'];
const N8N_TYPES = [...N8N_VALUES, ...Object.keys(ADAPTER), 'credential'];

/** Where a path (relative to the repository, with slashes) stands in the architecture. */
function placeOf(path) {
	const [top, folder, sub] = path.split('/');
	if (top === 'credentials') return { kind: 'credential class' };
	if (top !== 'nodes' || folder === undefined) return undefined;
	if (folder === 'shared') return { kind: 'shared', folder: sub };
	if (folder === 'sources') return { kind: 'source', folder };
	return { kind: path.endsWith('.node.ts') ? 'vendor node' : 'vendor', folder };
}

function mayImport(from, to) {
	if (to === undefined) return false;
	const within = to.kind === 'shared' ? to.folder : undefined;
	switch (from.kind) {
		case 'shared':
			if (to.kind === 'source') return from.folder in ADAPTER;
			return within === from.folder || SHARED[from.folder].includes(within);
		case 'credential class':
			return to.kind === 'vendor' || VENDOR.includes(within);
		case 'source':
			return to.kind === 'source' || within === 'definition';
		default:
			return (
				to.folder === from.folder ||
				(from.kind === 'vendor' ? VENDOR : VENDOR_NODE).includes(within)
			);
	}
}

function mayImportN8n(from, typesOnly) {
	if (from.kind === 'source') return false;
	if (from.kind === 'vendor') return typesOnly;
	return from.kind !== 'shared' || (typesOnly ? N8N_TYPES : N8N_VALUES).includes(from.folder);
}

function problemWith(path, source, typesOnly) {
	const from = placeOf(path);
	if (from === undefined) return undefined;
	if (from.kind === 'shared' && !(from.folder in SHARED)) {
		return `nodes/shared/${from.folder} has no place in the dependency rule.`;
	}
	if (source.startsWith('.')) {
		const target = join(dirname(path), source).split(sep).join('/');
		return mayImport(from, placeOf(target)) ? undefined : `${path} may not import ${target}.`;
	}
	if (source === 'n8n-workflow') {
		if (mayImportN8n(from, typesOnly)) return undefined;
		return mayImportN8n(from, true)
			? `${path} may import only types of n8n-workflow.`
			: `${path} may not import n8n-workflow.`;
	}
	const home = MODULES[source];
	if (home === undefined) return `n8n does not provide ${source}.`;
	return home === 'any' || home === path ? undefined : `Only ${home} may import ${source}.`;
}

/**
 * ESLint rule: keeps definition, engine, n8n adapter and vendors apart.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
module.exports = {
	meta: { type: 'problem', schema: [], messages: { forbidden: '{{problem}}' } },
	create(context) {
		const path = relative(context.cwd, context.filename).split(sep).join('/');
		const check = (node, source, typesOnly = false) => {
			if (typeof source?.value !== 'string') return;
			const problem = problemWith(path, source.value, typesOnly);
			if (problem) context.report({ node, messageId: 'forbidden', data: { problem } });
		};
		const declaration = (node) => {
			const kinds = [node.importKind, node.exportKind];
			const members = node.specifiers ?? [];
			const typesOnly =
				kinds.includes('type') ||
				(members.length > 0 && members.every((m) => [m.importKind, m.exportKind].includes('type')));
			check(node, node.source, typesOnly);
		};
		return {
			ImportDeclaration: declaration,
			ExportNamedDeclaration: declaration,
			ExportAllDeclaration: declaration,
			ImportExpression: (node) => check(node, node.source),
			TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
			'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]),
		};
	},
};
