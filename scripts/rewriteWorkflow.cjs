/**
 * Moves exported n8n workflows from the package with all vendors, n8n-nodes-talent, to the packages with one vendor each,
 * n8n-nodes-talent-<vendor>, or back. Names, parameters and credentials stay as they are: both have the same nodes.
 *
 *     node rewriteWorkflow.cjs workflow.json ...           to the vendors' packages
 *     node rewriteWorkflow.cjs --back workflow.json ...    to the package with all vendors
 *
 * Leaves the files as they are and writes new ones beside them. This one file is all that is needed, with Node.js 18 or newer.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { basename } = require('node:path');

const WHOLE = 'n8n-nodes-talent';

/** Package, vendor of a package with one vendor, and node. */
const TYPE = /^n8n-nodes-talent(?:-([a-z0-9]+))?\.([A-Za-z0-9]+)$/;

/**
 * The other package's name for a node type; a type of another package as it is. The node an AI agent uses as a tool has the
 * ending `Tool`, the one that starts workflows `Trigger`, in both.
 *
 * @param {string} type
 * @param {boolean} back
 */
function moved(type, back) {
	const [, vendor, node] = TYPE.exec(type) ?? [];
	if (node === undefined) return type;
	const own = node.replace(/(Tool|Trigger)$/, '').toLowerCase();
	if (back) return vendor === own ? `${WHOLE}.${node}` : type;
	return vendor === undefined ? `${WHOLE}-${own}.${node}` : type;
}

/**
 * Rewrites the node types in whatever holds workflows: one, a list of them, an answer of n8n's API, nodes copied from the canvas.
 *
 * @template T
 * @param {T} exported is left as it is
 * @param {boolean} [back]
 * @returns {{ rewritten: T, changes: Array<{ node: string, from: string, to: string }> }}
 */
function rewriteWorkflows(exported, back = false) {
	/** @type {Array<{ node: string, from: string, to: string }>} */
	const changes = [];

	/** @param {any} value */
	const rewrite = (value) => {
		if (typeof value === 'string') return rewriteText(value);
		if (Array.isArray(value)) return value.map(rewrite);
		if (typeof value !== 'object' || value === null) return value;
		/** @type {Record<string, unknown>} */
		const copy = {};
		for (const [key, held] of Object.entries(value)) copy[key] = rewrite(held);
		// Types of other things have no parameters beside them.
		if (typeof value.type === 'string' && typeof value.parameters === 'object') {
			const to = moved(value.type, back);
			if (to !== value.type) changes.push({ node: String(value.name), from: value.type, to });
			copy.type = to;
		}
		return copy;
	};

	/**
	 * A node can hold a workflow to call as text.
	 *
	 * @param {string} text
	 */
	const rewriteText = (text) => {
		if (!text.includes(WHOLE) || !text.trimStart().startsWith('{')) return text;
		const before = changes.length;
		try {
			const rewritten = rewrite(JSON.parse(text));
			return changes.length > before ? JSON.stringify(rewritten, null, 2) : text;
		} catch {
			return text;
		}
	};

	return { rewritten: rewrite(exported), changes };
}

/**
 * Names of nodes that stand in texts and expressions, which are not rewritten.
 *
 * @param {unknown} rewritten
 * @param {boolean} back
 */
function leftOver(rewritten, back) {
	const found =
		JSON.stringify(rewritten).match(/n8n-nodes-talent(-[a-z0-9]+)?\.[A-Za-z0-9]+/g) ?? [];
	return [...new Set(found)].filter((type) => moved(type, back) !== type);
}

/** @param {string[]} args */
function main(args) {
	const back = args.includes('--back');
	const files = args.filter((arg) => arg !== '--back');
	if (files.length === 0) {
		console.error(`Usage: node ${basename(__filename)} [--back] workflow.json ...`);
		return 1;
	}
	for (const file of files) {
		const { rewritten, changes } = rewriteWorkflows(JSON.parse(readFileSync(file, 'utf8')), back);
		if (changes.length === 0) {
			console.log(`${file}: nothing to rewrite.`);
			continue;
		}
		const target = file.replace(
			/(\.json)?$/,
			`.${back ? 'whole-package' : 'vendor-packages'}.json`,
		);
		writeFileSync(target, `${JSON.stringify(rewritten, null, 2)}\n`);
		console.log(`${target}:`);
		for (const { node, from, to } of changes) console.log(`  ${node}: ${from} is now ${to}`);
		for (const type of leftOver(rewritten, back))
			console.log(`  ${type} also stands in a text or an expression, which is as it was.`);
	}
	return 0;
}

module.exports = { rewriteWorkflows };

if (require.main === module) process.exitCode = main(process.argv.slice(2));
