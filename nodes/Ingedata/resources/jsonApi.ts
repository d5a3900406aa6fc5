import { json, jsonApi, number, type Field, type Parameter } from '../../shared/definition';

const { attribute } = jsonApi;

/** Given out by Ingedata; in an answer it stands beside the attributes, in a request in the address only. */
export const id = (thing: string, meaning?: string): Field =>
	number({
		label: `${thing} ID`,
		meaning,
		help: `Ingedata's own ID of the ${thing.toLowerCase()}, a whole number`,
		// Ingedata documents whole numbers in addresses; an ID of another system ends here and costs no request.
		decimals: 0,
		shown: true,
		concept: 'internalId',
		simplified: true,
	});

/** Sent by default: pages of a list without a fixed order may repeat and leave out records. */
export const sort: Parameter = {
	label: 'Sort By',
	// That names of fields are taken is documented; these two were seen in Ingedata's own n8n package.
	help: 'Field to sort by: created_at for the oldest first, -created_at for the newest',
	kind: 'text',
	in: 'query',
	default: 'id',
	group: 'main',
};

export const count: Parameter = {
	label: 'Total Count',
	help: 'Whether to ask Ingedata how many records there are in all; a hint tells it when a limit ends the list. Where the answer holds the number is not documented.',
	kind: 'boolean',
	in: 'query',
	default: false,
	group: 'options',
};

/** Sparse fieldset: the answer carries these attributes only. */
export const sparse = (resourceType: string, attributes: readonly string[]): Parameter => ({
	label: 'Fields to Return',
	help: 'Attributes that Ingedata returns; empty returns all',
	kind: 'choices',
	in: 'query',
	name: `fields[${resourceType}]`,
	list: 'brackets',
	values: attributes,
	group: 'options',
});

export const facets = json(
	attribute('facets', {
		label: 'Facets',
		help: 'A JSON list. What stands in it is not documented.',
		clearWith: 'emptyList',
	}),
);
