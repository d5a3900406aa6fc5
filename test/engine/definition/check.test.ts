import { RULES, checkVendor } from '../../../nodes/shared/definition/check';
import { acme } from '../../support/sampleVendor';
import { changed, examples, moreAntiExamples } from './examples';

const says = (rule: string, changes: Parameters<typeof changed>[0]): string[] => [
	...RULES[rule](changed(changes)),
];

it('finds nothing in a definition that is right', () => {
	expect(checkVendor(acme)).toEqual([]);
});

it('has an example and an anti-example for every rule', () => {
	expect(Object.keys(examples).sort()).toEqual(Object.keys(RULES).sort());
});

describe.each(Object.keys(RULES))('%s', (rule) => {
	const { passes = {}, fails, says: message } = examples[rule] ?? { fails: {}, says: '' };

	it('passes its example', () => {
		expect(says(rule, passes)).toEqual([]);
	});

	it('names what is wrong with its anti-example', () => {
		expect(says(rule, fails)).toEqual([message]);
		expect(checkVendor(changed(fails))).toContain(message);
	});
});

it.each(moreAntiExamples)('%s: %j', (rule, fails, message) => {
	expect(says(rule, fails)).toEqual([message]);
});
