import { FileFault } from './fault';
import { damaged, locked } from './xlsx/fault';
import { Archive, type Bytes } from './xlsx/zip';

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean =>
	bytes.every((byte, at) => head[at] === byte);

/** What begins like a file of an office program, by its first bytes. */
export const isOfficeFile = (head: Uint8Array): boolean =>
	startsWith(head, COMPOUND) || (startsWith(head, ZIP) && (head[2] === 3 || head[2] === 5));

const saveAs = (what: string): FileFault =>
	new FileFault(
		`${what} cannot be read. Open it in Excel, save it as "Excel Workbook (.xlsx)", and provide that file.`,
	);

/** What archives hold that are no workbook this package reads. */
const OTHER_ARCHIVES: ReadonlyArray<readonly [part: RegExp, fault: () => FileFault]> = [
	[/^xl\/workbook\.bin$/, () => saveAs('A binary Excel file (.xlsb)')],
	[/^word\//, () => new FileFault('This is a Word document. Provide the list as .xlsx or CSV.')],
	[/^ppt\//, () => new FileFault('This is a presentation. Provide the list as .xlsx or CSV.')],
	[
		/^index\/(?:document\.iwa|tables\/)/,
		() =>
			new FileFault(
				'This is an Apple Numbers file. Export it as Excel (.xlsx) or CSV, and provide that file.',
			),
	],
];

const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

const ARCHIVE =
	'This is a compressed file. Put n8n\'s "Compression" node before this node, or provide the file inside it.';

/** @throws FileFault for what is no .xlsx or .xlsm, with what to do about it */
export async function refuseOtherOfficeFiles(bytes: Bytes): Promise<void> {
	if (startsWith(bytes.read(0, Math.min(bytes.length, 4)), COMPOUND)) throw compoundFault(bytes);
	const archive = Archive.open(bytes);
	const names = archive.names();
	for (const [part, fault] of OTHER_ARCHIVES)
		if (names.some((name) => part.test(name))) throw fault();
	if (archive.has('mimetype')) {
		const kind = await firstText(archive, 'mimetype');
		if (kind.startsWith(OPEN_DOCUMENT)) throw saveAs('An OpenDocument file (.ods)');
	}
	if (archive.has('[Content_Types].xml')) return;
	throw names.some((name) => name.startsWith('xl/')) ? damaged() : new FileFault(ARCHIVE);
}

async function firstText(archive: Archive, part: string): Promise<string> {
	for await (const piece of archive.part(part))
		return Buffer.from(piece.subarray(0, 100)).toString('latin1');
	return '';
}

/** The older container of Microsoft's: of .xls, and of workbooks under a password. Streams in it have names in UTF-16. */
function compoundFault(bytes: Bytes): FileFault {
	const whole = bytes.read(0, bytes.length);
	const has = (stream: string) => whole.includes(Buffer.from(stream, 'utf16le'));
	if (has('EncryptedPackage')) return locked();
	if (has('Workbook') || has('Book')) return saveAs('An Excel file of the old kind (.xls)');
	return new FileFault('This is no workbook. Provide the list as .xlsx, CSV, JSON or NDJSON.');
}
