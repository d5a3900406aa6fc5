import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	NodeParameterValueType,
} from 'n8n-workflow';

import { isJsonObject, valueAt } from '../definition';

/** `={{ $json.name }}` or `={{ $json["name"] }}`, nothing more. */
const PLAIN = /^=\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\[\s*(?:"[^"\\]*"|'[^'\\]*')\s*\])+)\s*\}\}$/;
const STEP = /\.([A-Za-z_$][\w$]*)|\[\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\]/g;

const holdsExpression = (value: unknown): boolean => {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(holdsExpression);
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsExpression);
};

/** Longer words of n8n about an expression help nobody. */
const LONGEST_WORDS = 200;

/** An expression that cannot be worked out for an item, in words that continue the name of what it fills. */
export class ExpressionFault extends Error {
	/** `column`: of the mapper, where it is known which. */
	constructor(
		cause: unknown,
		readonly column?: string,
	) {
		const words = String((cause as Error | undefined)?.message ?? cause);
		super(`cannot be worked out for this item: ${words.slice(0, LONGEST_WORDS)}`);
		this.name = 'ExpressionFault';
	}
}

export const notWorkedOut = (cause: unknown, column?: string): ExpressionFault =>
	new ExpressionFault(cause, column);

/** The members a plain expression walks through; undefined when it is more than a walk. */
export function plainPath(expression: string): string[] | undefined {
	const walk = PLAIN.exec(expression)?.[1];
	if (walk === undefined) return undefined;
	return [...walk.matchAll(STEP)].map((step) => step[1] ?? step[2] ?? step[3]);
}

/**
 * A node's parameters, item by item. Asking n8n for each item costs more than sending the item, so a parameter without
 * expression is asked for once.
 */
export class NodeParameters {
	private readonly stored: INodeParameters;
	private readonly constants = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {
		this.stored = context.getNode().parameters;
	}

	/** The same for all items? `member`: of a collection, that member alone. */
	isConstant(name: string, member?: string): boolean {
		const stored = this.stored[name];
		if (member === undefined || typeof stored !== 'object' || stored === null)
			return !holdsExpression(stored);
		return !holdsExpression((stored as IDataObject)[member]);
	}

	get<T>(name: string, index: number, fallback: T): T {
		if (!this.isConstant(name)) return this.ask(name, index, fallback);
		if (!this.constants.has(name)) this.constants.set(name, this.ask(name, 0, fallback));
		return this.constants.get(name) as T;
	}

	private ask<T>(name: string, index: number, fallback: T): T {
		// A locator's pattern is applied by n8n; other values pass through unchanged.
		const value = this.context.getNodeParameter(name, index, fallback as NodeParameterValueType, {
			extractValue: isLocator(this.stored[name]),
		});
		return value as T;
	}

	/** Does a person fill the mapper's columns one by one? */
	isMapped(name: string): boolean {
		const stored = this.stored[name];
		return (
			typeof stored === 'object' &&
			stored !== null &&
			'mappingMode' in stored &&
			stored.mappingMode === 'defineBelow'
		);
	}

	/** How the rows of the mapper are read, decided once. */
	columns(name: string): (index: number, json: IDataObject) => IDataObject {
		const stored = this.stored[name] as
			| { mappingMode?: string; value?: IDataObject | null }
			| string
			| undefined;
		if (typeof stored !== 'object' || stored.mappingMode !== 'defineBelow')
			return (_, json) => json;
		const set = Object.entries(stored.value ?? {}).filter(
			([, value]) => value !== null && value !== undefined && value !== '',
		);
		const readers: Array<[string, (json: IDataObject) => unknown]> = [];
		for (const [column, value] of set) {
			if (!holdsExpression(value)) {
				readers.push([column, () => value]);
				continue;
			}
			const path = typeof value === 'string' ? plainPath(value) : undefined;
			if (path === undefined) return this.evaluatedColumns(name, set);
			readers.push([column, (json) => valueAt(json, path)]);
		}
		return (_, json) => {
			const row: IDataObject = {};
			for (const [column, read] of readers)
				row[column] = (read(json) ?? null) as IDataObject[string];
			return row;
		};
	}

	/** Reading the mapper as a whole keeps values as they are; reading its `value` alone would convert them. */
	private evaluatedColumns(name: string, columns: ReadonlyArray<[string, unknown]>) {
		return (index: number): IDataObject => {
			let whole: { value?: IDataObject | null };
			try {
				whole = this.context.getNodeParameter(name, index, {}) as typeof whole;
			} catch (error) {
				throw notWorkedOut(error, this.failing(columns, index));
			}
			const row: IDataObject = {};
			for (const [column] of columns) row[column] = whole.value?.[column] ?? null;
			return row;
		};
	}

	/** n8n does not say which of the columns it could not work out. */
	private failing(columns: ReadonlyArray<[string, unknown]>, index: number): string | undefined {
		for (const [column, value] of columns)
			try {
				if (typeof value === 'string' && value.startsWith('='))
					this.context.evaluateExpression(value.slice(1), index);
			} catch {
				return column;
			}
		return undefined;
	}
}

/** A value that was chosen from a list or typed stands in an object of n8n's own. */
export const isLocator = (value: unknown): value is { value?: unknown } =>
	isJsonObject(value) && '__rl' in value;
