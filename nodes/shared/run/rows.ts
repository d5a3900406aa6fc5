import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Endpoint, Resource, SaveOperation } from '../definition';
import type { RejectFormat } from '../file';
import { columnsOf, presenceOf, type ColumnView, type Mapper } from '../mapping';
import type { RowSource, SourceRow } from '../write';
import { fileOptionsOf } from './fileOptions';
import { fileRows } from './fileRows';
import { itemRows } from './itemRows';
import type { Options } from './options';
import type { NodeParameters } from './parameters';
import { headerMappingOf, policyReader, type PolicyReader } from './policies';
import { valuesOf } from './values';

/** Where the rows of a run come from, and what is known of them before the first is read. */
export interface RowInput {
	rows: RowSource;
	/** Column of a file -> label of the field it fills. */
	matched?: IDataObject;
	headers?: readonly string[];
	delimiter?: string;
	/** What the file was, where there is one that people fill in. */
	format?: RejectFormat;
	notices: readonly string[];
	/** Name of the file of each item, where there are several. */
	files?: readonly string[];
	/** The files of a row's item, where each item is a row. */
	binaryOf?(index: number): INodeExecutionData['binary'];
	/** The values of a row as they may be shown. */
	shown?(index: number, values: SourceRow['values']): SourceRow['values'];
}

/** What every source needs to turn what it reads into rows. */
export interface RowReading {
	columns: readonly ColumnView[];
	policies: PolicyReader;
	/** The member of each row that holds the record, where it lies one level deeper. */
	recordField: string | undefined;
	/** How items are read. */
	inputFormat?: string;
	/** Parameters of the endpoints, in wire form. */
	values(index: number): Readonly<Record<string, unknown>>;
}

export const readsFile = (operation: SaveOperation, parameters: NodeParameters): boolean =>
	operation.rows === 'file' && parameters.get('source', 0, 'binary') === 'binary';

/** The rows that the user chose to send. What is wrong with the source as a whole is thrown here. */
export async function rowInput(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	{
		resource,
		operation,
		mapper,
		endpoints,
		options,
	}: {
		resource: Resource;
		operation: SaveOperation;
		mapper: Mapper;
		endpoints: readonly Endpoint[];
		options: Options;
	},
): Promise<RowInput> {
	const fromFile = readsFile(operation, parameters);
	const reading: RowReading = {
		columns: columnsOf(resource, operation),
		policies: policyReader(parameters, !fromFile && parameters.isMapped('columns')),
		values: valueReader(parameters, endpoints),
		inputFormat: options.inputFormat,
		recordField:
			presenceOf(options.recordField) === 'value' ? String(options.recordField) : undefined,
	};
	const { columnCheck } = options;
	if (!fromFile)
		return itemRows(context, parameters, operation, { ...reading, mapper, columnCheck });
	return await fileRows(context, parameters, {
		...reading,
		mapper,
		columnCheck,
		key: resource.key,
		headerMapping: headerMappingOf(options),
		unknownFields: options.unknownFields ?? 'ignore',
		file: fileOptionsOf(options),
	});
}

/** Endpoint parameters may differ by item; without expressions they are one object, and rows need no grouping. */
function valueReader(
	parameters: NodeParameters,
	endpoints: readonly Endpoint[],
): RowReading['values'] {
	const all = Object.assign({}, ...endpoints.map((endpoint) => endpoint.parameters ?? {}));
	const { constant, read } = valuesOf(all, parameters);
	if (!constant) return read;
	const same = read(0);
	return () => same;
}
