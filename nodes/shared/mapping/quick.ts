import type { Field } from '../definition';
import { codecOf } from './codecs';
import { isCommonDay } from './dates';
import { isPlainAddress, isPlainNumber, isPlainPhone } from './plain';
import { Problem } from './problem';
import { plainTestOf, type Cell } from './tidy';
import type { Reading } from './values';

/** The wire value of a text that shows at once; undefined: the rules have to be asked. */
type Sight = (text: string) => unknown;

const nothing: Sight = () => undefined;

const TELLS: Readonly<Record<NonNullable<Field['format']>, unknown>> = {
	email: isPlainAddress,
	phone: isPlainPhone,
	url: undefined,
};

/** What a field makes of plain texts, as its rules and its schema would. */
function sightOf(cell: Cell): Sight {
	const { field, isList } = cell;
	const {
		kind,
		file,
		format,
		maxLength = Infinity,
		values,
		min = -Infinity,
		max = Infinity,
	} = field;
	const isPlain = plainTestOf(cell);
	// The look at the characters has to tell what the schema asks.
	const isTold = format === undefined || isPlain === TELLS[format];
	if (isList || file !== undefined || !isTold) return nothing;
	switch (kind) {
		case 'text':
			return (text) => (text.length <= maxLength && isPlain(text) ? text : undefined);
		case 'choice': {
			const known = new Set(values);
			return (text) => (known.has(text) && isPlain(text) ? text : undefined);
		}
		case 'date':
			// Whether it is still to come shows in no text.
			if (cell.concept === 'birthDate') return nothing;
			return (text) => (isCommonDay(text) ? text : undefined);
		case 'number':
			return (text) => {
				const value = isPlainNumber(text) ? Number(text) : undefined;
				return value !== undefined && value >= min && value <= max ? value : undefined;
			};
		default:
			return nothing;
	}
}

/** A column of yes and no, of choices or days has few different values; a text that is kept longer than this keeps its whole file. */
const LONGEST_KEPT = 12;
const MOST_KEPT = 200;
const KEPT: ReadonlySet<Field['kind']> = new Set<Field['kind']>([
	...(['boolean', 'choice', 'number', 'date', 'dateTime', 'textList'] as const),
]);

/** Reads texts of one field at first sight, or as it has read them before. */
export class QuickReader {
	private readonly sight: Sight;
	/** What the rules made of short texts. */
	private readonly known = new Map<string, unknown>();
	private reading: Reading | undefined;
	private readonly keeps: boolean;
	/** The vendor's own spelling of it is told by the value. */
	private readonly hasSpelling: boolean;

	constructor(readonly cell: Cell) {
		const { field } = cell;
		const codec = codecOf(field.wire);
		this.hasSpelling = codec?.isWire !== undefined || codec?.isUnclear !== undefined;
		this.keeps = KEPT.has(field.kind);
		const sight = sightOf(cell);
		this.sight =
			codec === undefined || sight === nothing
				? sight
				: (text) => {
						const plain = sight(text);
						const wire = plain === undefined ? undefined : codec.encode(plain, field.kind);
						return wire instanceof Problem ? undefined : wire;
					};
	}

	/** @param native see `Prepared.read` */
	read(text: string, reading: Reading, native: boolean): unknown {
		if (native && this.hasSpelling) return undefined;
		const wire = this.sight(text);
		if (wire !== undefined || !this.keeps || text.length > LONGEST_KEPT) return wire;
		if (reading !== this.reading) return undefined;
		const known = this.known.get(text);
		// A record may change its list.
		return Array.isArray(known) ? (known.slice() as unknown) : known;
	}

	/** The rules have read a text, and had nothing to say about it. */
	learn(raw: unknown, reading: Reading, native: boolean, wire: unknown): void {
		if (!this.keeps || typeof raw !== 'string' || raw.length > LONGEST_KEPT) return;
		if (native && this.hasSpelling) return;
		if (reading !== this.reading) this.known.clear();
		this.reading = reading;
		if (this.known.size < MOST_KEPT)
			this.known.set(raw, Array.isArray(wire) ? (wire.slice() as unknown) : wire);
	}
}
