import { join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import { mapperFields, NAME_ROOM, propertiesOf } from '../../nodes/shared/ui';
import { wholeVendors } from '../support/vendors';

/** About four lines in n8n's panel. What is longer is not read, so the rest stands in VENDOR.md. */
const LONGEST_NOTICE = 250;

const notices = wholeVendors.flatMap((vendor) =>
	propertiesOf(vendor)
		.filter(({ type }) => type === 'notice')
		.map(({ displayName, displayOptions: { show } = {} }): [string, string] => [
			`${vendor.name} ${show?.resource?.join()} ${show?.operation?.join()}`,
			displayName,
		]),
);

it.each(notices)('the notice of %s can be read at a glance', (_, notice) => {
	expect(notice.length).toBeLessThanOrEqual(LONGEST_NOTICE);
	expect(notice).toMatch(/^[A-ZÉ].*\.$/);
});

const columns = wholeVendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(resource.operations).flatMap(([name, operation]) =>
			operation.does === 'save'
				? mapperFields(resource, operation).map(({ displayName }) => ({
						at: `${vendor.name} ${resource.name} ${name}`,
						displayName,
					}))
				: [],
		),
	),
);

it('the names of all columns fit into the mapper', () => {
	expect(columns.filter(({ displayName }) => displayName.length > NAME_ROOM)).toEqual([]);
});

const CREDENTIALS = join(__dirname, '../../credentials');

const credentials = wholeVendors.flatMap(({ signIns }) => signIns.map((each) => each.credential));

describe.each(credentials)('%s', (name) => {
	const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}.credentials`;
	const [Credential] = Object.values(
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are only known at run time
		require(join(CREDENTIALS, file)) as Record<string, new () => ICredentialType>,
	);
	const { properties, test } = new Credential();

	it('has a connection test, and says what that proves and what not', () => {
		const [notice] = properties.filter(({ type }) => type === 'notice');
		expect(test?.request.url).toMatch(/^\//);
		expect(notice?.displayName).toMatch(/\b(proves?|means only)\b/);
		expect(notice?.displayName).toMatch(/\b(not|only|neither|cannot)\b/);
		expect(notice?.displayName.length).toBeLessThanOrEqual(LONGEST_NOTICE);
	});
});
