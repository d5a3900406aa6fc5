import { readFileSync } from 'fs';
import { join } from 'path';

import { generated } from '../../scripts/docs';
import { vendors } from '../support/vendors';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** Prettier pads the cells of tables; what they say is what counts. */
const words = (text: string) => text.replace(/[ -]+/g, ' ').replace(/\n{2,}/g, '\n');

it('the generated tables are those of the definitions (npm run docs)', () => {
	expect(words(readme)).toBe(words(generated(readme)));
});

it('every vendor has its part', () => {
	for (const { name } of vendors) expect(readme).toContain(`<!-- generated: ${name} -->`);
});

it('the first screen shows both commands', () => {
	const screen = readme.split('\n').slice(0, 40).join('\n');
	expect(screen).toContain('npm start');
	expect(screen).toContain('npm test');
});
