import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pack, unpack, useless, type Packed } from './packed';
import { table } from './table';

interface Verdict {
	passed: boolean;
	/** Also where it passes because there was nothing to read. */
	message?: string;
	/** The findings as ESLint prints them. */
	details?: string;
}

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, patterns: string[]): Promise<Verdict>;
}

/** As the scanner itself calls it for what was published. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** In a variable, as the module has no types. */
const SCANNER = '@n8n/scan-community-package/scanner/scanner.mjs';

export interface Scan {
	packed: Packed;
	/** What n8n's scanner finds in the source and in the tarball, and what the tarball should not hold. */
	counts: { source: number; tarball: number; useless: number };
	/** All of it in words; empty when nothing was found. */
	findings: string;
}

/**
 * What n8n's scanner says of a built package. Its command fetches a published version, so the function
 * behind the command gets what it would have fetched: the committed source and the packed tarball.
 *
 * @param folder with the package.json
 */
export async function scanPackage(folder: string): Promise<Scan> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(SCANNER)) as Scanner;
	const temporary = await mkdtemp(join(tmpdir(), 'scan-'));
	try {
		const packed = await pack(folder, temporary);
		const unpacked = join(temporary, 'package');
		await unpack(packed, unpacked);
		const source = await analyzePackage(folder, SOURCE_FILE_PATTERNS);
		const tarball = await analyzePackage(unpacked, TARBALL_FILE_PATTERNS);
		const excess = useless(packed);
		return {
			packed,
			counts: { source: count(source), tarball: count(tarball), useless: excess.length },
			findings: [source, tarball]
				.flatMap(({ message, details }) => [message, details])
				.concat(excess.map((path) => `${path} is packed and of no use to who installs it`))
				.filter(Boolean)
				.join('\n'),
		};
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

/** Its number of errors. A scanner that could not work, or read nothing, has found one. */
function count({ passed, message, details }: Verdict): number {
	if (passed) return message === undefined ? 0 : 1;
	return Number(/\((\d+) errors?,/.exec(details ?? '')?.[1] ?? 1);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** What a scan found, in numbers, and the size of what was scanned. */
export const scanTable = ({ packed, counts }: Scan): string =>
	table([
		['findings in the source', counts.source],
		['findings in the tarball', counts.tarball],
		['packed and of no use', counts.useless],
		['tarball', `${kilobytes(packed.size)}, unpacked ${kilobytes(packed.unpackedSize)}`],
		['files', packed.files.length],
	]);
