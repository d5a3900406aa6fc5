import { clipped } from '../definition';
import { SetupFault } from '../http';
import { isRecord, presenceOf, type ColumnView, type Mapper, type MappingPolicy } from '../mapping';
import { quotedHeaders } from './fileHeaders';

type Values = Readonly<Record<string, unknown>>;

/** Names that are kept to be told. */
const MOST_NAMES = 50;

/** Judges the headings of rows that bring their own: once for all rows, before anything is sent. */
export class Headings {
	private rows = 0;
	/** Of all rows, how often a field was named. */
	private taken = 0;
	private readonly names = new Set<string>();
	private readonly unknown = new Set<string>();
	private readonly wrong = new Set<string>();
	/** Of members that hold what could be a record: how many fields their own members name. */
	private readonly deeper = new Map<string, { fields: Set<string>; isList: boolean }>();
	private isOpen = false;

	/** @param of whose columns they are, as it stands in a sentence: `the items`, `people.json` */
	constructor(
		private readonly mapper: Mapper,
		private readonly columns: readonly ColumnView[],
		private readonly of: string,
	) {}

	take(values: Values, policy: MappingPolicy): void {
		const keys = Object.keys(values);
		if (keys.length === 0) return;
		this.rows++;
		const { unknownFields, headerMapping, additionalFields } = policy;
		// Their rows hold what no field takes, and that is meant.
		if (unknownFields === 'send' || additionalFields !== undefined) this.isOpen = true;
		const { taken, wrong } = this.mapper.namesIn(values, headerMapping);
		this.taken += taken.length;
		for (const { name, is, message } of wrong) {
			if (is === 'issue') keep(this.wrong, message);
			else if (unknownFields === 'error' && values[name] !== undefined) keep(this.unknown, name);
			else if (is === 'slip' && unknownFields === 'ignore' && presenceOf(values[name]) === 'value')
				keep(this.wrong, message);
		}
		if (this.taken > 0) return;
		for (const key of keys) {
			keep(this.names, key);
			this.lookInto(key, values[key], headerMapping);
		}
	}

	private lookInto(key: string, value: unknown, mapping: MappingPolicy['headerMapping']): void {
		const isList = Array.isArray(value);
		const record: unknown = isList ? (value as unknown[])[0] : value;
		if (!isRecord(record)) return;
		const { taken } = this.mapper.namesIn(record, mapping);
		if (taken.length === 0 || (!this.deeper.has(key) && this.deeper.size >= MOST_NAMES)) return;
		const fields = this.deeper.get(key)?.fields ?? new Set<string>();
		for (const name of taken) fields.add(name);
		this.deeper.set(key, { fields, isList });
	}

	/** @throws SetupFault with all that is wrong */
	settle(): void {
		const said = [...this.wrong];
		if (this.unknown.size > 0)
			said.push(
				`Columns of ${this.of} without a field: ${quotedHeaders([...this.unknown])}. Rename or remove them, map them under "Header Mapping", or set "Columns Without a Field" to leave them out.`,
			);
		if (this.rows > 0 && this.taken === 0 && !this.isOpen) said.unshift(this.nothingTaken());
		if (said.length > 0)
			throw new SetupFault({
				code: 'REFUSED',
				message: clipped(said.join(' '), LONGEST_MESSAGE),
				applied: 'no',
			});
	}

	private nothingTaken(): string {
		const [found] = [...this.deeper].sort(
			([, one], [, other]) => other.fields.size - one.fields.size,
		);
		const start = `No column of ${this.of} names a field`;
		if (found !== undefined) {
			const [key, { fields, isList }] = found;
			const level = `"${clipped(key)}"`;
			const what = `those inside ${level} do: ${quotedHeaders([...fields])}`;
			return isList
				? `${start}, but ${what}. ${level} holds a list: put a "Split Out" node before this one and enter ${level} there.`
				: `${start}, but ${what}. Add the option "Field With the Record" and enter ${level} there.`;
		}
		const fields = quotedHeaders(this.columns.map(({ label }) => label));
		return `${start}: ${quotedHeaders([...this.names])}. Fields are ${fields}. Rename the columns, or say under "Header Mapping" what they hold.`;
	}
}

/** A message is read by people. */
const LONGEST_MESSAGE = 1000;

function keep(names: Set<string>, name: string): void {
	if (names.size < MOST_NAMES) names.add(name);
}
