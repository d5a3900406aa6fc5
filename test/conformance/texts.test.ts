import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import { columnsOf } from '../../nodes/shared/mapping';
import { mapperFields, NAME_ROOM, propertiesOf } from '../../nodes/shared/ui';
import { wholeVendors } from '../support/vendors';

/** Two lines in n8n's panel. What is longer is not read, so the rest stands in the vendor's page of the documentation. */
const MOST_WORDS = 20;

const notices = wholeVendors.flatMap((vendor) =>
	propertiesOf(vendor)
		.filter(({ type }) => type === 'notice')
		.map(({ displayName, displayOptions: { show } = {} }): [string, string] => [
			`${vendor.name} ${show?.resource?.join()} ${show?.operation?.join()}`,
			displayName,
		]),
);

it.each(notices)('the notice of %s can be read at a glance', (_, notice) => {
	expect(notice.split(/\s+/).length).toBeLessThanOrEqual(MOST_WORDS);
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

const meanings = wholeVendors.flatMap(({ resources }) =>
	resources.flatMap((resource) =>
		Object.values(resource.operations).flatMap((operation) =>
			operation.does === 'save' && operation.ask === undefined
				? columnsOf(resource, operation).flatMap(({ key, field, column }) => {
						const { meaning } = column ?? field;
						const shown = mapperFields(resource, operation).find(({ id }) => id === key);
						return meaning === undefined ? [] : [{ meaning, name: shown?.displayName }];
					})
				: [],
		),
	),
);

it('what a column means has room behind its label', () => {
	expect(meanings.length).toBeGreaterThan(0);
	expect(meanings.filter(({ meaning, name }) => !name?.includes(meaning))).toEqual([]);
});

const CREDENTIALS = join(__dirname, '../../credentials');

it.each(wholeVendors.map(({ name }) => name))(
	'the page of %s says what its connection test proves and what not',
	(name) => {
		const page = readFileSync(
			join(__dirname, `../../docs/vendors/${name.toLowerCase()}.md`),
			'utf8',
		);
		expect(page).toMatch(/\b[Tt]he test\b[^\n]*\n?[^\n]*\b(not|only|neither)\b/);
	},
);

const credentials = wholeVendors.flatMap(({ signIns }) => signIns.map((each) => each.credential));

describe.each(credentials)('%s', (name) => {
	const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}.credentials`;
	const [Credential] = Object.values(
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are only known at run time
		require(join(CREDENTIALS, file)) as Record<string, new () => ICredentialType>,
	);
	const { properties, test } = new Credential();

	it('has a connection test, and begins with where the key comes from', () => {
		const [notice] = properties;
		expect(test?.request.url).toMatch(/^\//);
		expect(notice.type).toBe('notice');
		expect(notice.displayName.split(/\s+/).length).toBeLessThanOrEqual(MOST_WORDS);
		expect(notice.displayName).toMatch(/\b(ask|open|in|for)\b/i);
	});
});
