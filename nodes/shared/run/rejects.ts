import { RejectFile, type RejectFormat, type WrittenFile } from '../file';
import type { Outcome } from '../write';

interface Reject {
	source: number;
	row: number;
	values: Readonly<Record<string, unknown>>;
	reason: string;
}

/**
 * Collects the rows that failed. The columns of a file are known before its rows; those of items only once the last one
 * is seen, so until then their rows are held, as references.
 */
export class Rejects {
	private readonly file: RejectFile | undefined;
	private readonly rejects: Reject[] = [];

	constructor(
		headers: readonly string[] | undefined,
		private readonly format: RejectFormat,
		private readonly delimiter: string | undefined,
	) {
		if (headers !== undefined) this.file = new RejectFile(headers);
	}

	get rows(): number {
		return this.file?.rows ?? this.rejects.length;
	}

	/** `source`: position of the input item the row came from. */
	add(
		outcome: Outcome,
		source: number,
		values: Readonly<Record<string, unknown>>,
		reason: string,
	): void {
		const reject = { source, row: outcome.row, values, reason };
		if (this.file === undefined) this.rejects.push(reject);
		else this.file.add(reject);
	}

	async toFile(): Promise<WrittenFile> {
		return await this.whole().toFile(this.format, this.delimiter);
	}

	private whole(): RejectFile {
		if (this.file !== undefined) return this.file;
		const headers = new Set(this.rejects.flatMap(({ values }) => Object.keys(values)));
		const file = new RejectFile([...headers]);
		for (const reject of this.rejects) file.add(reject);
		return file;
	}
}
