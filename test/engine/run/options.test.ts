import { areConstant, optionsAt } from '../../../nodes/shared/run/options';
import { Parameters } from '../../../nodes/shared/run/parameters';
import { fakeContext, type FakeSetup } from '../../support/fakeContext';

const read = (setup: Partial<FakeSetup>) => {
	const { context } = fakeContext({
		items: [{ json: {} }, { json: {} }],
		parameters: {},
		service: () => ({ status: 200 }),
		...setup,
	});
	return new Parameters(context);
};

it('gathers the options from every place the editor asks for them', () => {
	const parameters = read({
		parameters: {
			validateOnly: true,
			unknownFields: 'ignore',
			duplicates: 'last',
			options: { summary: true },
			technicalOptions: { concurrency: 3 },
		},
	});
	expect(optionsAt(parameters, 0)).toEqual({
		validateOnly: true,
		unknownFields: 'ignore',
		duplicates: 'last',
		summary: true,
		concurrency: 3,
	});
	expect(areConstant(parameters)).toBe(true);
});

it.each(['options', 'technicalOptions', 'validateOnly', 'unknownFields', 'duplicates'])(
	'knows that %s may differ by item',
	(name) => {
		const parameters = read({ byItem: { [name]: [{ output: 'a' }, { output: 'b' }] } });
		expect(areConstant(parameters)).toBe(false);
		expect(optionsAt(parameters, 0)).not.toEqual(optionsAt(parameters, 1));
	},
);
