import type { IDataObject } from 'n8n-workflow';

import { listed } from '../definition';
import type { Outcome } from '../write';

/** Counts, in a check, what rows lack that only a new record needs: whether it is one, only the service knows. */
export class Lacking {
	private readonly rows = new Map<string, number>();

	readonly add = (labels: readonly string[]): void => {
		for (const label of labels) this.rows.set(label, (this.rows.get(label) ?? 0) + 1);
	};

	/** @param vendor as people call it @param record what a record is, in lower case */
	lines(vendor: string, record: string): string[] {
		const often = [...this.rows].sort(([, one], [, other]) => other - one);
		return often.map(([label, count]) => {
			const [rows, them] = count === 1 ? ['1 row lacks', 'it'] : [`${count} rows lack`, 'them'];
			return `${rows} "${label}": ${vendor} refuses ${them} unless the ${record} exists.`;
		});
	}

	counts(): IDataObject {
		return this.rows.size === 0 ? {} : { lacking: Object.fromEntries(this.rows) };
	}
}

/** Counts the rows that lack a required value: what none of them has is a column that the list does not have. */
export class Missing {
	private readonly rows = new Map<string, number>();

	add({ errors = [] }: Outcome): void {
		const labels = errors
			.filter(({ code, field }) => code === 'MISSING_VALUE' && field !== undefined)
			.map(({ field }) => field as string);
		for (const label of new Set(labels)) this.rows.set(label, (this.rows.get(label) ?? 0) + 1);
	}

	/** @param all how many rows there are @param shareable labels of what may be the same for all */
	advice(all: number, shareable: ReadonlySet<string>): string | undefined {
		// One row alone says nothing of its list.
		const absent =
			all < 2
				? []
				: [...this.rows].filter(([label, count]) => count === all && shareable.has(label));
		if (absent.length === 0) return undefined;
		const labels = listed(absent.map(([label]) => `"${label}"`));
		return `No row has ${labels}. What is the same for all of them goes under "Same Value for Every Row".`;
	}
}
