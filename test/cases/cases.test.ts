import { startSandbox, type Sandbox } from '../sandbox';
import { CASES, type Case } from './expected';
import { faultsOf } from './faults';
import { importFile } from './run';

/**
 * Lists as people have them, each of one kind of trouble, imported as they stand: what counts is what the vendor holds
 * afterwards, by content. A mended kind is taken off the list of those that are not right yet, which a test demands.
 */
const NOT_YET: readonly string[] = [];

const nameOf = ({ file, vendor, options }: Case): string =>
	[file, vendor, ...(options === undefined ? [] : [JSON.stringify(options)])].join(' ');

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
