import { clipped } from '../definition';
import type { FileHead, FileRow } from '../file';
import { isRecord, type Issue } from '../mapping';

type Values = Readonly<Record<string, unknown>>;

/** The record of a row that lies one level deeper; undefined where there is none. */
export function recordIn(values: Values, field: string | undefined): Values | undefined {
	if (field === undefined) return values;
	const record = values[field];
	return isRecord(record) ? record : undefined;
}

export const noRecordIn = (field: string): Issue => ({
	code: 'UNREADABLE_ROW',
	message: `There is no record in "${clipped(field)}", where "Field With the Record" looks for it.`,
});

type JsonFile = Pick<FileHead, 'headers'> & { rows: AsyncIterable<readonly FileRow[]> };

/** A JSON file as if the records in a field of its rows were the rows. Of others, columns are at the top. */
export function within<F extends JsonFile>(file: F, field: string | undefined): F {
	const { headers, rows } = file;
	if (field === undefined || headers !== undefined) return file;
	async function* records(of: string): AsyncGenerator<FileRow[]> {
		for await (const block of rows)
			yield block.map((row) => {
				const values = recordIn(row.values, of);
				if (values !== undefined) return { ...row, values };
				return { ...row, problem: row.problem ?? noRecordIn(of).message };
			});
	}
	return { ...file, rows: records(field) };
}
