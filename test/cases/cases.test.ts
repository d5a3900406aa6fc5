import { startSandbox, type Sandbox } from '../sandbox';
import { CASES, type Case } from './expected';
import { importFile, type Result } from './run';

/**
 * Lists as people have them, each of one kind of trouble, imported as they stand: what counts is what the vendor holds
 * afterwards, by content. A mended kind is taken off the list of those that are not right yet, which a test demands.
 */
const NOT_YET: readonly string[] = [];

const nameOf = ({ file, vendor, options }: Case): string =>
	[file, vendor, ...(options === undefined ? [] : [JSON.stringify(options)])].join(' ');

/** What is wrong with a result; empty where it is right. */
function faultsOf({ held, outcomes, said, refused }: Result, wanted: Case): string[] {
	const faults: string[] = [];
	const words = [refused ?? '', said, ...outcomes.map(({ message }) => message)].join('\n');
	const { holds = [], rows, says, never } = wanted;
	if (wanted.refused === undefined && refused !== undefined) faults.push(`refused: ${refused}`);
	if (wanted.refused !== undefined && !wanted.refused.test(refused ?? ''))
		faults.push(`not refused as it should: ${refused}`);
	if (held.length !== holds.length) faults.push(`holds ${held.length} of ${holds.length} records`);
	holds.forEach((fields, at) => {
		for (const [name, value] of Object.entries(fields))
			if (JSON.stringify(held[at]?.[name]) !== JSON.stringify(value))
				faults.push(`record ${at + 1}: ${name} is ${JSON.stringify(held[at]?.[name])}`);
	});
	const statuses = outcomes.map(({ status }) => status);
	const expected = rows ?? statuses.map(() => 'saved');
	if (statuses.join() !== expected.join()) faults.push(`rows: ${statuses.join()}`);
	if (says !== undefined && !says.test(words)) faults.push(`says: ${words}`);
	if (never?.test(words)) faults.push(`says what it must not: ${words}`);
	return faults;
}

describe('lists as people have them', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());

	const check = async (wanted: Case) =>
		faultsOf(await importFile(sandbox, wanted.file, wanted.vendor, wanted.options), wanted);

	const isDue = (wanted: Case) => !NOT_YET.includes(nameOf(wanted));
	test.each(CASES.filter(isDue).map((wanted) => [nameOf(wanted), wanted] as const))(
		'%s',
		async (_, wanted) => {
			expect(await check(wanted)).toEqual([]);
		},
	);

	const late = CASES.filter((wanted) => !isDue(wanted));
	if (late.length > 0)
		test.each(late.map((wanted) => [nameOf(wanted), wanted] as const))(
			'not right yet, take it off the list once it is: %s',
			async (_, wanted) => {
				expect(await check(wanted)).not.toEqual([]);
			},
		);

	test('the list of those that are not right yet names cases', () => {
		expect(NOT_YET.filter((name) => !CASES.map(nameOf).includes(name))).toEqual([]);
	});
});
