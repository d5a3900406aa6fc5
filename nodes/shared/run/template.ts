import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { filledInFor, TEMPLATE, type Resource, type SaveOperation } from '../definition';
import { templateFile, type TemplateColumn, type TemplateFormat } from '../file';
import { SetupFault } from '../http';
import { columnsOf, exampleOf, type ColumnView } from '../mapping';
import { NodeParameters } from './parameters';

/** Gives the file that people fill in for an operation. It comes from the definition alone: nothing is asked of the service. */
export async function runTemplate(
	context: IExecuteFunctions,
	resource: Resource,
): Promise<INodeExecutionData[]> {
	const parameters = new NodeParameters(context);
	const name = parameters.get<string>('templateFor', 0, TEMPLATE.for);
	const format = parameters.get<TemplateFormat>('templateFormat', 0, 'xlsx');
	const field = parameters.get<string>('binaryPropertyName', 0, 'data');
	const operation = filledInFor(resource)[name];
	if (operation === undefined)
		throw refused('"For Operation" is none of this resource. Choose one of the list.');
	if (format !== 'xlsx' && format !== 'csv')
		throw refused('"File Format" is none that can be made. Choose one of the list.');
	return [await itemOf(context, { resource, operation, format, field })];
}

interface Wanted {
	resource: Resource;
	operation: SaveOperation;
	format: TemplateFormat;
	field: string;
}

async function itemOf(
	context: IExecuteFunctions,
	{ resource, operation, format, field }: Wanted,
): Promise<INodeExecutionData> {
	const columns = columnsOf(resource, operation)
		.map((view) => ({ view, required: view.required.includes(operation.purpose) }))
		.filter(({ view, required }) => required || isTyped(view))
		.map(({ view, required }) => templateColumn(view, required, resource.key));
	const { data, name, type } = await templateFile(columns, format, resource.name);
	return {
		json: {
			fileName: name,
			columns: columns.map(({ label }) => label),
			required: columns.filter(({ required }) => required).map(({ label }) => label),
		},
		binary: { [field]: await context.helpers.prepareBinaryData(data, name, type) },
		pairedItem: context.getInputData().map((_, item) => ({ item })),
	};
}

/** Nobody types lists of objects or the content of a file into a cell, or what only programs fill in. */
const isTyped = ({ field }: ColumnView): boolean =>
	field.file === undefined &&
	!field.byExactName &&
	!['object', 'objectList', 'json'].includes(field.kind);

const YES_OR_NO = ['yes', 'no'];

function templateColumn(view: ColumnView, required: boolean, key: string): TemplateColumn {
	const { label, help, field, many } = view;
	// A list of a spreadsheet fills in one value, and a cell may hold several.
	const several = many || field.kind === 'textList';
	const choices = field.kind === 'boolean' ? YES_OR_NO : several ? undefined : field.values;
	return { label, required, help, choices, open: field.openValues, example: exampleOf(view, key) };
}

const refused = (message: string): SetupFault =>
	new SetupFault({ code: 'REFUSED', message, applied: 'no' });
