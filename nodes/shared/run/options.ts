import type { IDataObject } from 'n8n-workflow';

import type { MappingPolicy } from '../mapping';
import type { DuplicatePolicy } from '../write';
import type { Parameters } from './parameters';

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
	dateOrder?: MappingPolicy['dateOrder'] | 'refuse';
	concurrency?: number;
	chunkSize?: number;
	requestsPerMinute?: number;
	maxWaitSeconds?: number;
	skipUnchanged?: 'off' | 'skip' | 'forget';
	whenRowsFail?: 'returnRows' | 'failNode';
	includeInput?: boolean;
	includeRequest?: boolean;
	summary?: boolean;
	waitForResult?: boolean;
	fieldsToClear?: string[];
	additionalFieldsJson?: string | IDataObject;
	headerMapping?: { columns?: Array<{ header: string; field: string }> };
	confirmDeleteCount?: number;
	toolMaxRows?: number;
}

/** Is a summary item asked for, with the file of the rows that failed? */
export const wantsSummary = ({ summary, output }: Options): boolean =>
	summary === true || output === 'summaryOnly';

/** In sight beside the records, where an operation sends many. */
const IN_SIGHT = ['validateOnly', 'unknownFields', 'duplicates'] as const;
const COLLECTIONS = ['options', 'technicalOptions'] as const;

/** The options for one item, from the places of the editor that hold them. */
export function optionsAt(parameters: Parameters, index: number): Options {
	const options: Record<string, unknown> = {};
	for (const name of COLLECTIONS)
		Object.assign(options, parameters.get<Record<string, unknown>>(name, index, {}));
	for (const name of IN_SIGHT) {
		// Null: the operation does not ask for it. Without a value to fall back on n8n throws.
		const given = parameters.get<unknown>(name, index, null);
		if (given !== null) options[name] = given;
	}
	return options as Options;
}

/** The same options for all items? */
export const areConstant = (parameters: Parameters): boolean =>
	[...COLLECTIONS, ...IN_SIGHT].every((name) => parameters.isConstant(name));
