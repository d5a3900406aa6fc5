import { first, listOf, resource, text, write } from '../../../nodes/shared/definition';

/*
 * A misspelt name does not compile. The compiler proves it: `npm run typecheck` reports an expected error that does not come.
 */

const fields = { id: text({ label: 'ID' }), name: text({ label: 'Name' }) };
const endpoints = {
	save: write({
		basis: 'documented',
		source: 'test',
		request: { method: 'POST', path: '/people' },
		repeatable: true,
		max: 1,
		outcome: { by: 'status' },
	}),
};
const person = { name: 'person', label: 'Person', plural: 'People', fields, endpoints };
const save = { does: 'save', rows: 'one', purpose: 'patch', action: 'Save person' } as const;

it('names are checked by the compiler', () => {
	const misspelt = [
		// @ts-expect-error -- a key that is no field
		resource({ ...person, key: 'identifier', operations: {} }),
		// @ts-expect-error -- a rule over a field that does not exist
		resource({ ...person, key: 'id', rules: [{ anyOf: ['nmae'] }], operations: {} }),
		// @ts-expect-error -- an endpoint that does not exist
		resource({ ...person, key: 'id', operations: { create: { ...save, route: 'sav' } } }),
		resource({
			...person,
			key: 'id',
			// @ts-expect-error -- a field that does not exist
			operations: { create: { ...save, route: 'save', only: ['nmae'] } },
		}),
	];
	const list = listOf(fields, {
		label: 'People',
		// @ts-expect-error -- a member that does not exist
		columns: { personName: first('nmae', { label: 'Person Name' }) },
	});
	expect([...misspelt, list]).toHaveLength(5);
});
