import type { Problem } from './problem';
import type { Issue, MappingPolicy } from './types';

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

	begin(policy: MappingPolicy): void {
		this.policy = policy;
		this.issues = [];
		this.skip = undefined;
		this.inner.length = 0;
		this.given = 0;
	}

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
