import type { Mapper } from '../../nodes/shared/mapping/types';

/** What a mapper has to say where rows are records already: nothing. */
export const stubMapper: Omit<Mapper, 'map'> = {
	keyOf: (values) => values.id as string | undefined,
	notices: () => [],
	leftOut: () => [],
	count: () => undefined,
	namesIn: () => ({ taken: [], wrong: [] }),
	choiceIssues: () => [],
	choices: () => ({ filled: [], unmapped: [] }),
	survey: () => {
		throw new Error('Rows are judged before they are saved');
	},
	match: () => ({
		matched: {},
		ambiguous: [],
		unmatched: [],
		misdirected: [],
		doubtful: [],
		slips: [],
	}),
};
