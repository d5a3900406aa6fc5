import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../processes';

/**
 * Commits a folder, without what its `.gitignore` names, as the whole content of a branch. Branch and files that are checked
 * out stay as they are. Makes no commit when the branch holds the same already.
 *
 * @param repository any folder of it
 */
export async function commitFolder(
	repository: string,
	folder: string,
	branch: string,
	message: string,
): Promise<void> {
	const temporary = await mkdtemp(join(tmpdir(), 'index-'));
	try {
		const git = async (...args: string[]): Promise<string> =>
			(await run('git', args, { cwd: folder, env })).trim();
		const env = {
			...process.env,
			GIT_DIR: (await run('git', ['rev-parse', '--absolute-git-dir'], { cwd: repository })).trim(),
			GIT_WORK_TREE: folder,
			GIT_INDEX_FILE: join(temporary, 'index'),
		};
		await git('add', '--all', '.');
		const tree = await git('write-tree');
		const ref = `refs/heads/${branch}`;
		const tip = await git('for-each-ref', '--format=%(objectname) %(tree)', ref);
		const [parent, before] = tip.split(' ');
		if (before === tree) return;
		const parents = parent === '' ? [] : ['-p', parent];
		await git('update-ref', ref, await git('commit-tree', tree, ...parents, '-m', message));
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}
