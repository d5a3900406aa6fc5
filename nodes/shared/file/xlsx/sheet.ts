import { inBlocks } from '../blocks';
import { Cells, type Line } from './cells';
import type { SharedStrings } from './strings';
import type { Sheet, Workbook } from './workbook';
import { readXml } from './xml';

/** The filled rows of one sheet, block by block. What is known of the sheet only at its end stands in `cells`. */
export class SheetReader {
	readonly cells: Cells;

	constructor(
		private readonly workbook: Workbook,
		private readonly sheet: Sheet,
		strings: SharedStrings,
	) {
		this.cells = new Cells(strings, workbook.formats, workbook.date1904);
	}

	async *lines(): AsyncGenerator<Line[]> {
		const { cells } = this;
		const blocks = inBlocks(this.workbook.archive.part(this.sheet.part));
		for await (const { lines } of readXml(blocks, cells)) {
			if (lines.length === 0) continue;
			cells.lines = [];
			yield lines;
		}
	}
}
