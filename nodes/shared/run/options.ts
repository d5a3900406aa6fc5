import { sleep, type IDataObject } from 'n8n-workflow';

import { NODE_OPTIONS, type NodeOption, type NodeOptionName, type Parameter } from '../definition';
import type { RejectFormat } from '../file';
import { SetupFault } from '../http';
import { plainParameter, presenceOf, type MappingPolicy } from '../mapping';
import type { DuplicatePolicy } from '../write';
import type { NodeParameters } from './parameters';
import type { ColumnCheck } from './survey';
import { unusable } from './values';

/** What the user has decided beside the records, wherever the editor asks for it. */
export interface Options {
	validateOnly?: boolean;
	output?: 'everyRow' | 'failuresOnly' | 'summaryOnly';
	duplicates?: DuplicatePolicy;
	unknownFields?: MappingPolicy['unknownFields'];
	blankValues?: MappingPolicy['blankValues'];
	blankValuesByField?: {
		fields?: Array<{ field: string; policy: MappingPolicy['blankValues'] }>;
	};
	sameValues?: { values?: Array<{ field?: unknown; value?: unknown }> };
	valueMapping?: { values?: Array<{ field?: unknown; from?: unknown; to?: unknown }> };
	unmappedValues?: 'send' | 'fail';
	dateOrder?: MappingPolicy['dateOrder'] | 'refuse';
	concurrency?: number;
	chunkSize?: number;
	requestsPerMinute?: number;
	maxWaitSeconds?: number;
	skipUnchanged?: 'off' | 'skip' | 'forget';
	whenRowsFail?: 'failIfNoneSaved' | 'failNode' | 'returnRows';
	includeInput?: boolean;
	includeRequest?: boolean;
	summary?: boolean;
	rejectFile?: 'asInput' | RejectFormat;
	commonPerson?: boolean;
	inputFormat?: string;
	recordField?: string;
	sheet?: string;
	waitForResult?: boolean;
	fieldsToClear?: string[];
	additionalFieldsJson?: string | IDataObject;
	encoding?: string;
	delimiter?: string;
	format?: string;
	headerRow?: number;
	headerMapping?: { columns?: Array<{ header: string; field: string }> };
	confirmDeleteCount?: number;
	toolMaxRows?: number;
	columnCheck?: ColumnCheck;
	fullDetails?: boolean;
	outputFields?: string[];
}

/** Is a summary item asked for, with the file of the rows that failed? */
export const wantsSummary = ({ summary, output }: Options): boolean =>
	summary === true || output === 'summaryOnly';

/** What the file of rejected rows is; `input` is what the rows came in. */
export const rejectFormatOf = (
	{ rejectFile = 'asInput' }: Options,
	input: RejectFormat,
): RejectFormat => (rejectFile === 'asInput' ? input : rejectFile);

/** In sight beside the records, where an operation sends many. */
const IN_SIGHT = [
	...(['validateOnly', 'unknownFields', 'duplicates', 'sameValues', 'valueMapping'] as const),
];
const COLLECTIONS = ['options', 'technicalOptions'] as const;

/** n8n serves all its users from this thread; working an expression out for a hundred items takes a tenth of a second. */
const ITEMS_PER_TURN = 100;

const CHECKED = Object.entries(NODE_OPTIONS) as Array<[NodeOptionName, NodeOption]>;

/**
 * The options for one item, from the places of the editor that hold them.
 *
 * @throws SetupFault naming an option whose value cannot be used
 */
export function optionsAt(parameters: NodeParameters, index: number): Options {
	const options: Record<string, unknown> = {};
	for (const name of COLLECTIONS)
		Object.assign(options, parameters.get<Record<string, unknown>>(name, index, {}));
	for (const name of IN_SIGHT) {
		// Null: the operation does not ask for it. Without a value to fall back on n8n throws.
		const given = parameters.get<unknown>(name, index, null);
		if (given !== null || !parameters.isConstant(name)) options[name] = given;
	}
	for (const [name, option] of CHECKED)
		if (name in options) options[name] = checked(option, options[name]);
	return options as Options;
}

/**
 * The options for the run as a whole.
 *
 * @param own further options that hold for the run, by name
 * @throws SetupFault naming one that cannot be used, or that is not the same for all items
 */
export async function runOptions(
	parameters: NodeParameters,
	items: number,
	own: Readonly<Record<string, NodeOption>> = {},
): Promise<Options> {
	const { options: first, index: from } = firstReadable(parameters, items);
	const varying = [...CHECKED, ...Object.entries(own)].filter(
		([name, { perItem }]) => !perItem && !isConstant(parameters, name),
	);
	if (varying.length === 0) return first;
	for (let index = from + 1; index < items; index++) {
		if (index % ITEMS_PER_TURN === 0) await sleep(0);
		const other = readableAt(parameters, index);
		if (other === undefined) continue;
		for (const [name, { label }] of varying)
			if (!sameValue(valueOf(first, name), valueOf(other, name)))
				throw unusable(
					label,
					`holds for the whole run, but is not the same for item ${from + 1} and item ${index + 1}. Use one value for all, or run the node for each item with "Loop Over Items".`,
				);
	}
	return first;
}

/** Undefined where an expression cannot be worked out: that item is none of the run, and says so in its row. */
function readableAt(parameters: NodeParameters, index: number): Options | undefined {
	try {
		return optionsAt(parameters, index);
	} catch (error) {
		if (error instanceof SetupFault) throw error as Error;
		return undefined;
	}
}

function firstReadable(
	parameters: NodeParameters,
	items: number,
): { options: Options; index: number } {
	for (let index = 0; index < items; index++) {
		const options = readableAt(parameters, index);
		if (options !== undefined) return { options, index };
	}
	return { options: optionsAt(parameters, 0), index: 0 };
}

const valueOf = (options: Options, name: string): unknown =>
	(options as Record<string, unknown>)[name];

const sameValue = (one: unknown, other: unknown): boolean =>
	one === other || JSON.stringify(one) === JSON.stringify(other);

function isConstant(parameters: NodeParameters, name: string): boolean {
	return (
		parameters.isConstant(name) &&
		COLLECTIONS.every((collection) => parameters.isConstant(collection, name))
	);
}

/** The same options for all items? */
export const areConstant = (parameters: NodeParameters): boolean =>
	[...COLLECTIONS, ...IN_SIGHT].every((name) => parameters.isConstant(name));

/**
 * A value of an option in its own kind: an expression often gives text, and a text such as `false` must not count as yes.
 *
 * @throws SetupFault naming the option
 */
export function checked({ label, kind, values, min }: NodeOption, given: unknown): unknown {
	if (kind === 'other') return given;
	if (presenceOf(given) !== 'value') {
		if (kind === 'list') return [];
		throw unusable(label, 'is empty. Give it a value, or remove it from the node.');
	}
	const shape: Parameter = {
		label,
		kind: kind === 'list' ? 'textList' : kind,
		values,
		in: 'query',
	};
	const value = plainParameter(shape, given);
	if ('problem' in value) throw unusable(label, value.problem);
	if (min !== undefined && !(Number.isSafeInteger(value.wire) && Number(value.wire) >= min))
		throw unusable(label, `must be a whole number, ${min} or more.`);
	return value.wire;
}
