import { Notes, type NoteCode } from './notes';
import type { Problem } from './problem';
import type { Issue, MappingPolicy } from './types';
import type { Reading } from './values';

/** What is known of the row at hand, and where in it the mapper stands. One object serves all rows. */
export class RowState {
	policy!: MappingPolicy;
	issues: Issue[] = [];
	skip: Issue | undefined;
	/** Label of the column or field at hand. */
	column = '';
	/** Labels of members and positions of entries on the way inside it. */
	readonly inner: Array<string | number> = [];
	/** Values that were given, usable or not. */
	given = 0;

	/** The row holds lists or objects as only the vendor has them, so that its other values are the vendor's spelling, too. */
	isVendors = false;
	/** Of the column at hand. */
	reading: Reading = {};
	/** Nothing was noted since this was set. */
	isQuiet = true;
	/** Of all rows. */
	readonly notes = new Notes();
	private common: Reading = {};

	begin(policy: MappingPolicy): void {
		if (policy !== this.policy) this.common = { dateOrder: policy.dateOrder };
		this.policy = policy;
		this.reading = this.common;
		this.issues = [];
		this.skip = undefined;
		this.inner.length = 0;
		this.given = 0;
	}

	/** @param header under which the value stands that is read now */
	readBy(header: string): void {
		this.reading = this.policy.readings?.get(header) ?? this.common;
	}

	readonly note = (code: NoteCode): void => {
		this.isQuiet = false;
		this.notes.add(this.column, code);
	};

	/** `Applications 2: Stage: User` */
	get name(): string {
		return this.inner.reduce<string>(
			(name, step) => (typeof step === 'number' ? `${name} ${step}` : `${name}: ${step}`),
			this.column,
		);
	}

	/** The value at hand cannot be used. */
	report({ code, text }: Problem): void {
		this.add(code, `"${this.name}" ${text}`, this.name);
	}

	missing(field: string): void {
		this.add('MISSING_VALUE', `"${field}" is missing. Add a value or map a column to it.`, field);
	}

	/** The value at hand is blank, and the user wants such rows left alone. */
	skipForBlank(): void {
		this.skip ??= {
			code: 'BLANK_VALUE',
			message: `"${this.name}" is blank, and "Blank Values" says to skip such rows.`,
			field: this.name,
		};
	}

	add(code: string, message: string, field?: string): void {
		this.issues.push(field === undefined ? { code, message } : { code, message, field });
	}
}
