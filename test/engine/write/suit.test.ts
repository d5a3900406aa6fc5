import { listOf, object, resource, text, write } from '../../../nodes/shared/definition';
import { Suit } from '../../../nodes/shared/write/suit';

const FACT = { basis: 'documented', source: 'test' } as const;
const NEEDED = { required: ['create'] } as const;

const candidate = resource({
	name: 'candidate',
	label: 'Candidate',
	plural: 'Candidates',
	key: 'id',
	fields: {
		id: text({ label: 'ID' }),
		education: listOf(
			{
				school: text({ label: 'School', ...NEEDED }),
				place: object({ city: text({ label: 'City', ...NEEDED }) }, { label: 'Place' }),
			},
			{ label: 'Education' },
		),
	},
	endpoints: {
		post: write({
			...FACT,
			request: { method: 'POST', path: '/candidates' },
			repeatable: false,
			max: 1,
			demands: 'create',
			outcome: { by: 'status' },
		}),
	},
	operations: {},
});

const suit = new Suit(
	candidate,
	{ does: 'save', rows: 'items', purpose: 'save', route: 'post', action: 'Save' },
	0,
);
const problem = (record: object) =>
	suit.problem(
		candidate.endpoints.post as Parameters<Suit['problem']>[0],
		record as Record<string, unknown>,
		undefined,
	);

describe('a record that a lookup leads to a create', () => {
	it.each([
		['nothing nested', { id: '1' }],
		['all that is needed', { education: [{ school: 'A', place: { city: 'B' } }, { school: 'C' }] }],
		['an empty list', { education: [] }],
	])('goes with %s', (_, record) => {
		expect(problem(record)).toBeUndefined();
	});

	it.each([
		['Education: School', { education: [{ school: 'A' }, { place: { city: 'B' } }] }],
		['Education: Place: City', { education: [{ school: 'A', place: {} }] }],
	])('does not go without "%s"', (label, record) => {
		expect(problem(record)).toEqual({
			code: 'MISSING_VALUE',
			message: `"${label}" is missing, and the record does not exist yet. Add a value or map a column to it.`,
			field: label,
		});
	});
});
