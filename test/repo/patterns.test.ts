import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as ts from 'typescript';

/*
 * n8n serves all its users from one thread, and cells, headings and error pages come from outside: a pattern that looks at
 * every place of a text again from every other takes seconds for 100 KB, and everybody waits. So each pattern of the package
 * is run on texts that such patterns are slow on.
 */

/** The units of hostile texts: what patterns repeat, alone and between what they look for. */
const UNITS = [
	...' \t\n01aAexé_-.,;:/\\@%"\'<>()[]{}=&+?#$*|~!',
	...[
		'<title',
		'{{ ',
		'$json.a',
		'.a',
		' 1',
		'1 ',
		'1.',
		'1,',
		'1-',
		'1/',
		'1:',
		'T1',
		'a ',
		'a.',
		'a@',
	],
	...[
		'@a.',
		'- ',
		'["a"]',
		'%20',
		'&amp;',
		'Bearer ',
		'eyJaaaaa.',
		'key ',
		'key:',
		'{a',
		'[a',
		'(a',
		'aA',
	],
];
const HEADS = ['', '1', 'a', '1 ', 'a@', '"', '={{ $json', 'eyJaaaaaa'];
const TAILS = ['', '!', 'x'];

/** Long enough to tell slow from fast, short enough to try every combination. */
const TRIED = 4_000;
/** The combinations that took longest are run on these, the first so that the second does not take minutes. */
const [LONG, HOSTILE] = [20_000, 100_000];
/** Milliseconds. In 100 KB a pattern that reads each place once takes about one, one that does not takes thousands. */
const BOUND_MS = 1_000;
/** In 20 KB it takes hundreds. */
const LONG_BOUND_MS = 100;

interface Pattern {
	at: string;
	source: string;
	flags: string;
}

const ROOT = join(__dirname, '../..');

/** Every literal pattern of the shipped code. */
const patterns: Pattern[] = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.flatMap((name) => patternsIn(join(folder, name))),
);

function patternsIn(path: string): Pattern[] {
	const text = readFileSync(join(ROOT, path), 'utf8');
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: Pattern[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			found.push({
				at: `${path}:${line}`,
				source: node.text.slice(1, end),
				flags: node.text.slice(end + 1),
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** Milliseconds a pattern takes for all its matches in a text. */
function timeOf({ source, flags }: Pattern, text: string): number {
	const pattern = new RegExp(source, flags);
	const start = performance.now();
	if (pattern.global) text.replace(pattern, '');
	else pattern.exec(text);
	return performance.now() - start;
}

const textOf = ([head, unit, tail]: readonly string[], length: number): string =>
	head + unit.repeat(Math.ceil(length / unit.length)) + tail;

const COMBINATIONS = HEADS.flatMap((head) =>
	UNITS.flatMap((unit) => TAILS.map((tail) => [head, unit, tail] as const)),
);

/** What a pattern takes too long for, in words; undefined when there is nothing. */
function slowOn(pattern: Pattern): string | undefined {
	const tried = COMBINATIONS.map((combination) => ({
		combination,
		ms: timeOf(pattern, textOf(combination, TRIED)),
	}));
	const worst = tried.sort((one, other) => other.ms - one.ms).slice(0, 3);
	for (const { combination } of worst)
		for (const [length, bound] of [
			[LONG, LONG_BOUND_MS],
			[HOSTILE, BOUND_MS],
		]) {
			const text = textOf(combination, length);
			// The machine may have been busy with something else.
			const ms = Math.min(timeOf(pattern, text), timeOf(pattern, text));
			if (ms > bound)
				return `${pattern.at} /${pattern.source}/ on ${JSON.stringify(combination)}: ${Math.round(ms)} ms for ${length}`;
		}
	return undefined;
}

// Trying all combinations takes a while on a busy machine.
jest.setTimeout(120_000);

it('the patterns of the package are found', () => {
	expect(patterns.length).toBeGreaterThan(100);
	expect(patterns).toContainEqual(
		expect.objectContaining({ at: expect.stringContaining('http/urls.ts') as string }),
	);
});

it.each(['\\s+$', '<title[^>]*>', '^[\\d\\s]*\\s*$|x', '(a|b)+\\d'])(
	'a pattern that is slow would be seen: %s',
	(source) => {
		expect(slowOn({ at: 'here', source, flags: '' })).toMatch(/^here/);
	},
);

it('no pattern takes long for a hostile text of 100 KB', () => {
	expect(patterns.flatMap((pattern) => slowOn(pattern) ?? [])).toEqual([]);
});
