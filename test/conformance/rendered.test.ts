import { propertiesOf, triggerPropertiesOf, watchesOf } from '../../nodes/shared/ui';
import { lintRendered } from '../support/renderNode';
import { acme } from '../support/sampleVendor';
import { vendors } from '../support/vendors';

/** Loading the linter and its plugins alone takes seconds. */
const MINUTES_MS = 180_000;

/**
 * The one rule we do not keep: people look for an option among fifteen in a window of eight lines, so they stand in the order of
 * use. What stands where is held by properties.test.ts.
 */
const BY_USE = /^n8n-nodes-base\/node-param-collection-type-unsorted-items: /;

const careless = {
	vendor: { ...acme, name: 'careless' },
	properties: [
		...propertiesOf(acme),
		{
			displayName: 'some switch',
			name: 'someSwitch',
			type: 'boolean',
			default: false,
			description: 'Sends it.',
		},
	],
} as const;

const watched = vendors.filter((vendor) => watchesOf(vendor).length > 0);

describe("n8n's linter, reading what the editor shows", () => {
	let found: Record<string, string[]> = {};

	beforeAll(() => {
		found = lintRendered([
			{ vendor: acme },
			careless,
			...vendors.map((vendor) => ({ vendor })),
			...watched.map((vendor) => ({
				vendor: { ...vendor, name: `${vendor.name}Events` },
				properties: triggerPropertiesOf(vendor),
			})),
		]);
	}, MINUTES_MS);

	it('sees what is rendered', () => {
		const rules = found.careless.map((finding) => finding.split(':')[0]);
		expect([...new Set(rules)].sort()).toEqual([
			'n8n-nodes-base/node-param-collection-type-unsorted-items',
			'n8n-nodes-base/node-param-description-boolean-without-whether',
			'n8n-nodes-base/node-param-description-excess-final-period',
			'n8n-nodes-base/node-param-display-name-miscased',
		]);
	});

	it.each([
		...[acme, ...vendors].map(({ name }) => name),
		...watched.map(({ name }) => `${name}Events`),
	])('finds nothing in %s', (name) => {
		expect(found[name].filter((finding) => !BY_USE.test(finding))).toEqual([]);
	});
});
