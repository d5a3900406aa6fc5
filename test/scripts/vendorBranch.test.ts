import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { commitFolder } from '../../scripts/lib/vendorPackage/branch';

const repository = mkdtempSync(join(tmpdir(), 'branch-'));
const folder = join(repository, 'packages/one');
afterAll(() => rmSync(repository, { recursive: true, force: true }));

const git = (...args: string[]) =>
	execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
const write = (path: string, text: string) => {
	mkdirSync(dirname(join(repository, path)), { recursive: true });
	writeFileSync(join(repository, path), text);
};

it('makes a folder the content of a branch, and leaves what is checked out alone', async () => {
	git('init', '--quiet', '--initial-branch=main');
	git('config', 'user.name', 'Somebody');
	git('config', 'user.email', 'name@example.com');
	write('.gitignore', 'packages/\n');
	write('mine.txt', 'mine');
	git('add', '.');
	git('commit', '--quiet', '-m', 'Mine');
	write('changed.txt', 'not committed yet');
	write('packages/one/.gitignore', 'dist/\n');
	write('packages/one/dist/built.js', '');
	write('packages/one/nodes/source.ts', 'one');
	const before = [git('rev-parse', 'HEAD'), git('status', '--porcelain')];

	const commit = () => commitFolder(repository, folder, 'package/one', 'one 1.0.0');
	const history = () => git('log', '--format=%s', 'package/one').split('\n');
	await commit();
	expect(git('ls-tree', '-r', '--name-only', 'package/one').split('\n')).toEqual([
		'.gitignore',
		'nodes/source.ts',
	]);
	await commit();
	expect(history()).toEqual(['one 1.0.0']);

	rmSync(join(folder, 'nodes/source.ts'));
	write('packages/one/nodes/other.ts', 'two');
	await commit();
	expect(history()).toEqual(['one 1.0.0', 'one 1.0.0']);
	expect(git('ls-tree', '-r', '--name-only', 'package/one')).toBe('.gitignore\nnodes/other.ts');

	expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual(before);
	expect(git('branch', '--show-current')).toBe('main');
});
