import type { IDataObject } from 'n8n-workflow';

import type { MappingPolicy } from '../mapping';
import type { DuplicatePolicy } from '../write';

/** The collection `options` of an operation that saves, as stored. */
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
