import { startSandbox, type Sandbox } from '../sandbox';
import { EXPORTS } from './exports';
import { faultsOf } from './faults';
import { importContent } from './run';

/** Lists as HR systems export them and people keep them, small, each of one kind of trouble that once was read wrongly or refused in words nobody can follow. */
describe('exports', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());

	test.each(EXPORTS.map((list) => [`${list.name}, ${list.vendor}`, list] as const))(
		'%s',
		async (_, { text, vendor, file = 'people.csv', ...expected }) => {
			const result = await importContent(sandbox, Buffer.from(text), file, vendor);
			expect(faultsOf(result, expected)).toEqual([]);
		},
	);
});
