import type { IDataObject } from 'n8n-workflow';

/** Every row comes back with what became of it, where a test is not about failing the node; undefined leaves it to the node. */
export function returningRows(parameters: IDataObject): IDataObject {
	const options: IDataObject = {
		whenRowsFail: 'returnRows',
		...(parameters.options as IDataObject | undefined),
	};
	if (options.whenRowsFail === undefined) delete options.whenRowsFail;
	return { ...parameters, options };
}
