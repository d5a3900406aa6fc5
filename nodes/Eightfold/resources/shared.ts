import { dateTime, type Field, type FieldOptions, type Parameter } from '../../shared/definition';

/** What a signed number of 32 bits holds, in seconds since 1970. */
const INT32 = ['1901-12-13T20:45:52Z', '2038-01-19T03:14:07Z'] as const;

/** Fields ending in `Ts` are int32: whole seconds. Times of day are kept: what was stored with one is shown with it. */
export const instant = (label: string, more: Omit<FieldOptions, 'label'> = {}): Field =>
	dateTime({ label, ...more, wire: 'epochSeconds', between: INT32 });

export const systemId: Parameter = {
	label: 'System ID',
	help: 'ID of the ATS that the candidate belongs to, as set up in Eightfold',
	where: 'Your Eightfold administrator knows it, and the ATS Data of a profile shows it.',
	placeholder: 'e.g. successfactors',
	kind: 'text',
	in: 'path',
	required: true,
};

export const exclude: Parameter = {
	label: 'Exclude Fields',
	help: 'Top-level fields to leave out of the answer, by their names at Eightfold',
	placeholder: 'e.g. resumeContent, photoContent',
	kind: 'textList',
	in: 'query',
	group: 'options',
};

export const keyList: Parameter = {
	label: 'Only Fields',
	help: 'Top-level fields to return, by their names at Eightfold; empty returns all. That several are separated by commas is taken over from Exclude Fields.',
	placeholder: 'e.g. candidateId, emails',
	kind: 'textList',
	in: 'query',
	group: 'options',
	evidence: { basis: 'unverified', source: 'VENDOR.md, section Reading' },
};

export const filterQuery: Parameter = {
	label: 'Filter Query',
	help: 'Filter in the Lucene-like syntax of Eightfold, sent as it is',
	kind: 'text',
	in: 'query',
};

export const query: Parameter = {
	label: 'Search',
	help: 'Free text, wildcards allowed',
	kind: 'text',
	in: 'query',
};

/** 100 is what public exporters use and a second-hand maximum (VENDOR.md, section Reading). */
export const byOffset = {
	by: 'offset',
	offset: 'start',
	limit: 'limit',
	pageSize: 100,
	total: 'meta.totalCount',
} as const;
