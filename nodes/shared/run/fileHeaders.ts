import { clipped, listed } from '../definition';
import { FileFault, holdsData, UNCLEAR, type FieldsNamed } from '../file';
import type { ColumnView, Mapper, MappingPolicy } from '../mapping';

/** What the headers of a file are matched with. */
export interface HeaderMatching {
	columns: readonly ColumnView[];
	mapper: Mapper;
	headerMapping: Readonly<Record<string, string>> | undefined;
	unknownFields: MappingPolicy['unknownFields'];
}

/** A header cell that holds data is somebody's, and quoted nowhere. */
export const quotedHeaders = (names: readonly string[]): string =>
	listed(
		names.map((name) =>
			holdsData(name) ? 'one that holds a value instead of a name' : `"${clipped(name)}"`,
		),
	);

/** What each cell would fill if the row it stands in were the header. */
export const fieldsNamedBy =
	({ mapper, headerMapping }: HeaderMatching): FieldsNamed =>
	(cells) => {
		const names = [...new Set(cells)].filter((cell) => cell !== '');
		const { matched, ambiguous } = mapper.match(names, headerMapping);
		const unclear = new Set(ambiguous.flatMap(({ headers }) => headers));
		const seen = new Set<string>();
		return cells.map((cell) => {
			const field = matched[cell] ?? (unclear.has(cell) ? UNCLEAR : undefined);
			if (field === undefined || seen.has(cell)) return undefined;
			seen.add(cell);
			return field;
		});
	};

/** Header -> key of the column it fills. */
export function headersOf(
	headers: readonly string[],
	{ columns, mapper, headerMapping, unknownFields }: HeaderMatching,
	name: string,
): Readonly<Record<string, string>> {
	const match = mapper.match(headers, headerMapping);
	const { matched, ambiguous, unmatched, misdirected, doubtful, slips } = match;
	const stopping =
		unknownFields === 'ignore' ? [misdirected, doubtful, slips] : [misdirected, doubtful];
	for (const wrong of stopping)
		if (wrong.length > 0) throw new FileFault(wrong.map((header) => header.message).join(' '));
	if (Object.keys(matched).length === 0 && ambiguous.length === 0)
		throw new FileFault(
			`No row at the top of ${name} names a field. Fields are ${quotedHeaders(columns.map((column) => column.label))}. Give each column its name in one row, or say under "Header Mapping" what the columns hold.`,
		);
	if (ambiguous.length > 0)
		throw new FileFault(
			`${ambiguous.map((clash) => clash.message).join(' ')} Map the column by hand under "Header Mapping".`,
		);
	if (unmatched.length > 0 && unknownFields === 'error')
		throw new FileFault(
			`Columns of ${name} without a field: ${quotedHeaders(unmatched)}. Rename or remove them, map them under "Header Mapping", or set "Columns Without a Field" to leave them out.`,
		);
	return matched;
}

/** Header -> label of the field it fills. */
export function labelled(
	keys: Readonly<Record<string, string>>,
	columns: readonly ColumnView[],
): Record<string, string> {
	const labels = new Map(columns.map((column) => [column.key, column.label]));
	return Object.fromEntries(
		Object.entries(keys).map(([header, key]) => [header, labels.get(key) ?? key]),
	);
}
