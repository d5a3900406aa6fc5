import { isDeepStrictEqual } from 'node:util';

import { keyLocator } from '../../nodes/shared/ui/asked';
import type { Item } from '../../scripts/lib/n8nClient';
import {
	cases,
	goodRow,
	refuse,
	takesRows,
	testOf,
	titled,
	writer,
	type Case,
} from './support/cases';
import { branches, runOnce, theN8n, vendorNode, type N8n } from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds, type Row } from './support/world';
import { placed } from '../support/placedOptions';
import { spoiltRow } from '../support/spoiltRow';

/*
 * Every operation of every vendor, once, with rows that succeed and rows that fail: who leaves by which output, and whether
 * the nodes behind it find the row it came from.
 */

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});
afterEach(() => sandbox.clearFaults());

const errorOf = ({ json }: Item) => json.error as { message: string; errors?: Row[]; input?: Row };

/** The row an item came from, as the node behind it resolved it. */
const origin = ({ json }: Item) => JSON.parse(String(json.origin)) as Row;

describe.each(titled(cases.filter(takesRows)))('%s', (_, entry) => {
	it('parts saved from refused rows, and both find the row they came from', async () => {
		const { vendor, resource, name, operation } = entry;
		const world = worlds[vendor.name];
		const keys = await world.existing?.(resource.name, name);
		const spoilt = spoiltRow(goodRow(entry, keys && '999'), resource.key);
		const rows = [goodRow(entry, keys?.[0]), goodRow(entry, keys?.[1])];
		await refuse(entry, writer(entry, keys !== undefined), rows[1], 'always');

		const decisions = placed({
			confirmDeleteCount: 3,
			...(operation.rows === 'one' ? {} : { concurrency: 1, unknownFields: 'error' }),
		});
		if (operation.rows === 'one') decisions.options.unknownFields = 'error';
		const { error, good, bad } = branches(
			await runOnce(
				n8n,
				vendorNode(n8n, vendor, [spoilt, ...rows], {
					...world.constants?.(resource.name, name),
					resource: resource.name,
					operation: name,
					...(operation.rows === 'file' ? { source: 'items' } : {}),
					columns: { mappingMode: 'autoMapInputData', value: null },
					...decisions,
				}),
			),
		);
		expect(error).toBeUndefined();
		// Requests of single records may be under way together: either may be the second one.
		const refused = rows.findIndex((row) => isDeepStrictEqual(row, errorOf(bad[1])?.input));
		expect(good.map((item) => [item.json.status, origin(item)])).toEqual([
			['saved', rows[1 - refused]],
		]);
		expect(bad.map((item) => [errorOf(item).input, origin(item)])).toEqual([
			[spoilt, spoilt],
			[rows[refused], rows[refused]],
		]);
		expect(errorOf(bad[0]).errors).toMatchObject([{ code: 'INVALID_VALUE' }]);
		expect(errorOf(bad[1]).message).toContain('Refused by the vendor');
	});
});

/** Where the editor keeps what an operation asks for. */
function parametersOf({ resource, operation }: Case, names: string[]): Row {
	const values = Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
	if (operation.does === 'request') return values;
	const isLocator = (name: string): boolean =>
		operation.does === 'save'
			? name === resource.key && keyLocator(resource) !== undefined
			: resource.endpoints[operation.endpoint].parameters?.[name]?.locator !== undefined;
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			isLocator(name) ? { __rl: true, mode: 'id', value } : value,
		]),
	);
}

describe.each(titled(cases.filter((entry) => !takesRows(entry))))('%s', (_, entry) => {
	it('answers one item and fails another, and both find the item they came from', async () => {
		const { vendor, resource, name, operation } = entry;
		const { good: values, bad: wrong } = await worlds[vendor.name].asked!(resource.name, name);
		const right: Row = { ...values, which: 'right' };
		const failing: Row = { ...right, ...wrong, which: 'failing' };
		if (wrong === undefined)
			// Nothing that is asked can be wrong, so the vendor has a bad moment.
			await sandbox.fault({
				kind: 'status',
				status: 400,
				body: { message: 'Refused by the vendor' },
				vendor: vendor.name,
			});

		const { error, good, bad } = branches(
			await runOnce(
				n8n,
				vendorNode(n8n, vendor, [failing, right], {
					resource: resource.name,
					operation: name,
					...parametersOf(entry, Object.keys(values)),
					options: operation.does === 'save' ? { confirmDeleteCount: 2 } : {},
				}),
			),
		);
		expect(error).toBeUndefined();
		expect(good.length).toBeGreaterThan(0);
		for (const item of good) expect(origin(item)).toEqual(right);
		if (operation.does === 'save') expect(good[0].json.status).toBe('saved');
		expect(bad.map(origin)).toEqual([failing]);
		expect(errorOf(bad[0]).message).toMatch(/\w/);
	});
});

testOf('ingedata')('tells the reason of a refusal that follows a renewed sign-in', async () => {
	const entry = cases
		.filter(takesRows)
		.find(
			({ vendor, resource, name }) =>
				`${vendor.name} ${resource.name} ${name}` === 'ingedata talent create',
		)!;
	const row = goodRow(entry);
	await sandbox.fault({ kind: 'expiredToken', vendor: 'ingedata', method: 'POST' });
	// The first write is answered with 401.
	await refuse(entry, writer(entry, false), row, 1);
	const { good, bad } = branches(
		await runOnce(
			n8n,
			vendorNode(n8n, entry.vendor, [row], {
				resource: 'talent',
				operation: 'create',
				columns: { mappingMode: 'autoMapInputData', value: null },
				options: {},
			}),
		),
	);
	expect(good).toEqual([]);
	expect(errorOf(bad[0]).message).toContain('Refused by the vendor');
});
