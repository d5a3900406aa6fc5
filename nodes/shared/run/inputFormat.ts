import { sources } from '../../sources';
import type { Source } from '../definition';
import {
	isPlainPerson,
	isRecord,
	personRows,
	takesPeople,
	understood,
	unwrapped,
	type ColumnView,
	type Person,
} from '../mapping';
import type { SourceRow } from '../write';
import { unusable } from './values';

/** How items are read, besides as a record of one of the systems. */
export const FORMATS = { automatic: 'automatic', columns: 'columns', person: 'person' } as const;

type Values = SourceRow['values'];

export type Opened = Pick<SourceRow, 'values' | 'problem' | 'skip'>;

const LABEL = 'Input Format';

/** What an item is read as, by the option; the items of one run may come from several systems. */
export class InputFormats {
	private readonly rowOf:
		| ((person: Person) => ReturnType<ReturnType<typeof personRows>>)
		| undefined;
	private readonly known: readonly Source[];
	private divided = false;

	/** @throws SetupFault where the format is none */
	constructor(
		columns: readonly ColumnView[],
		private readonly format: unknown = FORMATS.automatic,
	) {
		this.rowOf = takesPeople(columns) ? personRows(columns) : undefined;
		this.known = knownBy(format);
	}

	open(given: Values): Opened {
		const { format, known } = this;
		if (format === FORMATS.columns) return { values: given };
		const values = unwrapped(given);
		const { rowOf } = this;
		if (rowOf === undefined) return { values };
		if (!isChosen(format) && isPlainPerson(values))
			return this.taken(rowOf(listed(values.person as Values)), values);
		const read = understood(values, known);
		if (read === undefined)
			return format === FORMATS.automatic ? { values } : notOf(format, values);
		if ('person' in read) return this.taken(rowOf(read.person), values);
		return { values, ...read };
	}

	private taken(
		{ values, divided, problem }: ReturnType<ReturnType<typeof personRows>>,
		original: Values,
	): Opened {
		if (problem !== undefined) return { values: original, problem };
		if (divided) this.divided = true;
		return { values };
	}

	/** What was done to rows without being asked. */
	notices(): string[] {
		return this.divided
			? [
					'Names that came in one piece of two words were divided: the first is the first name, the second the last name.',
				]
			: [];
	}
}

const isChosen = (format: unknown): boolean => sources.some(({ name }) => name === format);

/** The systems an item may come from. */
function knownBy(format: unknown): readonly Source[] {
	if (format === FORMATS.automatic) return sources;
	if (format === FORMATS.person || format === FORMATS.columns) return [];
	const chosen = sources.filter(({ name }) => name === format);
	if (chosen.length > 0) return chosen;
	throw unusable(LABEL, 'is none that is known. Choose one of the list.');
}

const notOf = (format: unknown, values: Values): Opened => {
	const label = sources.find(({ name }) => name === format)?.label ?? 'a person';
	return {
		values,
		problem: {
			code: 'UNREADABLE_ROW',
			message: `The item is no record of ${label} that is understood. Choose another "Input Format", or map its fields.`,
		},
	};
};

/** The plain shape says one value as itself. */
const listed = (person: Values): Person =>
	Object.fromEntries(
		Object.entries(person)
			.filter(([, value]) => value !== null && value !== undefined && !isRecord(value))
			.map(([part, value]) => [part, [value].flat()]),
	);
