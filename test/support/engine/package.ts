import { PackageDirectoryLoader } from 'n8n-core';

import type { EngineSetup } from './engine';

/**
 * The nodes and credentials of a built package, found and loaded as n8n does on its start. They are set up anew each
 * time, since n8n adds to descriptions while loading.
 *
 * @param directory with the package.json
 */
export async function loadPackage(
	directory: string,
): Promise<Required<Pick<EngineSetup, 'nodes' | 'credentialTypes'>>> {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	const typesOf = <T>(loaded: Record<string, { type: T }>) =>
		Object.entries(loaded).map(([name, { type }]) => [name, type] as const);
	return {
		nodes: Object.fromEntries(typesOf(loader.nodeTypes)),
		credentialTypes: typesOf(loader.credentialTypes).map(([, type]) => type),
	};
}
