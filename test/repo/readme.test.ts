import { readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join } from 'path';

import { generated, pages } from '../../scripts/docs';
import { vendors } from '../support/vendors';

const ROOT = join(__dirname, '../..');
const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const readme = textOf('README.md');

/** Prettier pads the cells of tables; what they say is what counts. */
const words = (text: string) => text.replace(/[ -]+/g, ' ').replace(/\n{2,}/g, '\n');

it.each(pages)('the generated tables of %s are those of the definitions (npm run docs)', (page) => {
	expect(words(textOf(page))).toBe(words(generated(textOf(page))));
});

it('every vendor has its page, and the README leads to it', () => {
	for (const { name } of vendors) {
		const page = `docs/vendors/${name.toLowerCase()}.md`;
		expect(textOf(page)).toContain(`<!-- generated: ${name} operations -->`);
		expect(textOf(page)).toContain(`<!-- generated: ${name} fields -->`);
		expect(readme).toContain(`](${page})`);
	}
});

it('the first screen shows both commands', () => {
	const screen = readme.split('\n').slice(0, 40).join('\n');
	expect(screen).toContain('npm start');
	expect(screen).toContain('npm test');
});

it.each([...pages, 'CONTRIBUTING.md'])('%s links to what is there', (page) => {
	const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)];
	for (const [, link] of links)
		expect(() => statSync(join(ROOT, dirname(page), link))).not.toThrow();
});

it('every error code says what to do, and none has gone that workflows decide by', () => {
	const sources = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => textOf(join('nodes', file)))
		.join('\n');
	const codes = new Set(
		[
			/\bcode: '([A-Z_]{4,})'/g,
			/\b(?:new Problem|row\.add)\(\s*'([A-Z_]{4,})'/g,
			// The union of what a request can end with.
			/^\t\| '([A-Z_]{4,})'[;\n]/gm,
		].flatMap((pattern) => [...sources.matchAll(pattern)].map(([, code]) => code)),
	);
	expect(codes.size).toBeGreaterThan(25);
	const told = new Set(
		[...textOf('docs/errors.md').matchAll(/`([A-Z_]{4,})`/g)].map(([, code]) => code),
	);
	expect([...codes].sort()).toEqual([...told].sort());
});
