/**
 * `npm run vendor-packages`: a package for each vendor, as n8n verifies packages with one service only. Writes
 * their source into `packages`, builds each, and says what n8n's linter and scanner find and how large it is. Ends
 * with code 0 only if nothing is found.
 *
 * A vendor's name makes the package of that one only.
 */
import { wholeVendors } from '../test/support/vendors';
import type { Vendor } from '../nodes/shared/definition';
import { run } from './lib/processes';
import { step } from './lib/progress';
import { scanPackage, scanTable } from './lib/scan';
import { runToEnd } from './lib/runToEnd';
import { buildVendorPackage, packageName, writeVendorPackage } from './lib/vendorPackage';

/** @throws Error with what n8n's linter and scanner have to say */
async function provePackage(vendor: Vendor): Promise<void> {
	const folder = await writeVendorPackage(vendor);
	await buildVendorPackage(folder);
	const [warnings, scan] = await Promise.all([lint(folder), scanPackage(folder)]);
	console.log(scanTable(scan));
	const found = [warnings, scan.findings].filter(Boolean).join('\n');
	if (found !== '') throw new Error(found);
}

/** Also ends with code 0 when there are warnings, which have this mark before their number; else it prints its name only. */
async function lint(folder: string): Promise<string> {
	const said = await run('npm', ['run', '--silent', 'lint'], { cwd: folder });
	return said.includes('✖') ? said : '';
}

/** Answers with the exit code. */
async function main(): Promise<number> {
	// Behind the name of this script, which `run.mjs` is called with.
	const wanted = process.argv.slice(3);
	for (const name of wanted)
		if (!wholeVendors.some((vendor) => vendor.name === name))
			throw new Error(`A vendor is one of ${wholeVendors.map(({ name }) => name).join(', ')}`);
	const unfit: string[] = [];
	for (const vendor of wholeVendors) {
		if (wanted.length > 0 && !wanted.includes(vendor.name)) continue;
		const name = packageName(vendor);
		try {
			await step(name, () => provePackage(vendor));
		} catch (error) {
			unfit.push(name);
			console.error(error instanceof Error ? error.message : error);
		}
	}
	if (unfit.length > 0) console.error(`Not fit to be published: ${unfit.join(', ')}`);
	return unfit.length === 0 ? 0 : 1;
}

runToEnd(main);
