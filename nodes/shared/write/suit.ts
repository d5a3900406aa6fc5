import {
	setAt,
	valueAt,
	type Field,
	type Resource,
	type SaveOperation,
	type WriteEndpoint,
} from '../definition';
import { encode, mergeRecords } from '../mapping';
import type { Issue } from '../mapping/types';

/** Makes records fit the endpoint their route has led them to, as far as the operation as a whole cannot know it. */
export class Suit {
	/** Fields that the run fills in. */
	private readonly dated: ReadonlyArray<[string, Field]>;
	private readonly now: string;

	/** `now`: one time for the whole run, so that a repeated row is the same row. */
	constructor(
		private readonly resource: Resource,
		private readonly operation: SaveOperation,
		now: number,
	) {
		this.now = new Date(now).toISOString();
		this.dated = Object.entries(resource.fields).filter(([, { whenMissing }]) => whenMissing);
	}

	/** The record with what the run itself knows: where a time is required and missing, the time of the run. */
	completed(
		{ demands = this.operation.purpose }: WriteEndpoint,
		record: Record<string, unknown>,
	): Record<string, unknown> {
		let whole = record;
		for (const [name, field] of this.dated) {
			const path = field.path ?? name;
			if (!field.required?.includes(demands) || valueAt(record, path) !== undefined) continue;
			const filled: Record<string, unknown> = {};
			setAt(filled, path, encode(this.now, field));
			whole = mergeRecords(whole, filled);
		}
		return whole;
	}

	/** Why an endpoint does not take a record; undefined when it does. */
	problem(
		{ takes, demands }: WriteEndpoint,
		record: Readonly<Record<string, unknown>>,
		relations: Readonly<Record<string, unknown>> | undefined,
	): Issue | undefined {
		if (takes === undefined && demands === undefined) return undefined;
		const { fields } = this.resource;
		const { fixed = {} } = this.operation;
		const given = (name: string): boolean =>
			valueAt(record, fields[name].path ?? name) !== undefined || relations?.[name] !== undefined;
		for (const [name, { label, required }] of Object.entries(fields)) {
			if (takes !== undefined && !takes.includes(name) && !(name in fixed) && given(name))
				return {
					code: 'CANNOT_CHANGE',
					message: `"${label}" cannot be changed on a record that exists. Remove the value.`,
					field: label,
				};
			if (demands !== undefined && required?.includes(demands) && !given(name))
				return {
					code: 'MISSING_VALUE',
					message: `"${label}" is missing, and the record does not exist yet. Add a value or map a column to it.`,
					field: label,
				};
		}
		return undefined;
	}
}
