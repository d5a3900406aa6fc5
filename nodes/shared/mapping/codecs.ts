import type { FieldKind, WireForm } from '../definition';
import { dayOfMs, instantOfMs, DAY_MS } from './dates';
import { invalid, Problem } from './problem';

interface Shape {
	kind: FieldKind;
	wire: WireForm;
}

interface Codec {
	/** A plain value in the vendor's spelling. */
	encode(plain: unknown, kind: FieldKind): unknown | Problem;
	/** The plain value; what the vendor spells otherwise than it should is given back as it is. */
	decode(wire: unknown, kind: FieldKind): unknown;
	/** A raw value that can only be the vendor's spelling, or is so under the vendor's own name. */
	isWire?(raw: unknown): boolean;
	/** Under the vendor's own name it may be the vendor's spelling or a person's, which means something else. */
	isUnclear?(raw: unknown): boolean;
}

const COMMA_INSIDE = invalid(
	'has an entry with a comma in it, which the service takes for two. Remove the comma.',
);
const CENTS = /^-?\d+$/;
const NOT_DIGITS = invalid(
	'holds more than digits, and the service takes digits only. Write it like 5155550100.',
);

const CODECS: Readonly<Record<Exclude<WireForm, 'asIs'>, Codec>> = {
	epochSeconds: {
		encode: (plain) => Math.floor(Date.parse(String(plain)) / 1000),
		decode: (wire, kind) => {
			if (typeof wire !== 'number' || !Number.isFinite(new Date(wire * 1000).getTime()))
				return wire;
			return kind === 'date' ? dayOfMs(wire * 1000) : instantOfMs(wire * 1000);
		},
		// Smaller numbers are the days of spreadsheets (up to 73050), larger ones milliseconds.
		isWire: (raw) =>
			typeof raw === 'number' &&
			Number.isInteger(raw) &&
			Math.abs(raw) > DAY_MS / 1000 &&
			Math.abs(raw) < 1e11,
	},
	commaJoined: {
		encode: (plain) => {
			if (!Array.isArray(plain)) return plain;
			return plain.some((entry) => String(entry).includes(',')) ? COMMA_INSIDE : plain.join(',');
		},
		decode: (wire) => {
			if (typeof wire !== 'string') return wire;
			return wire
				.split(',')
				.map((entry) => entry.trim())
				.filter((entry) => entry !== '');
		},
	},
	centsText: {
		encode: (plain) => {
			const digits = Number(plain).toFixed(2).replace('.', '');
			return digits.replace(/^(-?)0+(?=\d)/, '$1');
		},
		decode: (wire) => (typeof wire === 'string' && CENTS.test(wire) ? Number(wire) / 100 : wire),
		isWire: (raw) => typeof raw === 'string' && CENTS.test(raw),
		isUnclear: (raw) => typeof raw === 'string' && CENTS.test(raw.trim()),
	},
	digits: {
		// A plus or an extension cannot be told from the number once they are digits, so they stay the user's to settle.
		encode: (plain) => {
			// Behind the code of a country nobody dials the zero in brackets.
			const dialled = String(plain).replace(/(\d\s*)\(0\)/, '$1');
			const digits = dialled.replace(/[\s().\-/]/g, '');
			return /^\d+$/.test(digits) ? digits : NOT_DIGITS;
		},
		decode: (wire) => wire,
	},
	isoMidnight: {
		encode: (plain) => `${String(plain)}T00:00:00Z`,
		decode: (wire) =>
			typeof wire === 'string' ? wire.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1') : wire,
	},
};

/** Undefined: the plain value travels as it is. */
export const codecOf = (wire: WireForm): Codec | undefined =>
	wire === 'asIs' ? undefined : CODECS[wire];

/** A plain value in the vendor's spelling. `decode` undoes it. */
export const encode = (plain: unknown, { wire, kind }: Shape): unknown | Problem =>
	codecOf(wire)?.encode(plain, kind) ?? plain;

/** What the vendor sends as a plain value; null, and what it spells otherwise than it should, as it is. */
export const decode = (value: unknown, { wire, kind }: Shape): unknown => {
	const codec = codecOf(wire);
	return codec === undefined || value === null ? value : codec.decode(value, kind);
};
