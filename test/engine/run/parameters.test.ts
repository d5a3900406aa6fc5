import type { IDataObject } from 'n8n-workflow';

import { plainPath } from '../../../nodes/shared/run/parameters';
import { itemsOf, runAcme, savesAll, sentRecords } from './acmeNode';

/** What n8n is asked for the mapper of an item, and what it gives. */
type Evaluate = (index: number) => IDataObject | null;

async function mapped(value: IDataObject | null, items: IDataObject[], evaluate?: Evaluate) {
	let evaluated = 0;
	const { asked, json } = await runAcme('bulkSave', {
		items: itemsOf(...items),
		parameters: { columns: { mappingMode: 'defineBelow', value } },
		service: savesAll,
		change(context) {
			const plain = context.getNodeParameter.bind(context) as (...given: unknown[]) => unknown;
			Object.assign(context, {
				getNodeParameter(name: string, index: number, ...more: unknown[]) {
					if (name !== 'columns') return plain(name, index, ...more);
					evaluated++;
					return { value: evaluate?.(index) };
				},
			});
		},
	});
	return { sent: sentRecords(asked), evaluated, json };
}

const EMAIL = 'ann@acme.example';

describe('Columns mapped by hand', () => {
	it('take what a simple expression leads to, without asking n8n for each item', async () => {
		const { sent, evaluated } = await mapped(
			{
				externalId: '={{ $json.id }}',
				email: `={{ $json["contact"]['the mail'] }}`,
				firstName: '={{ $json.name.first }}',
				team: 'Red',
				grade: '',
				phone: null,
			},
			[
				{ id: 'E1', contact: { 'the mail': EMAIL }, name: { first: 'Ann' } },
				{ id: 'E2', contact: { 'the mail': EMAIL }, name: 'Bob' },
				{ id: 'E3', contact: { 'the mail': EMAIL } },
			],
		);
		expect(sent).toEqual([
			{ externalId: 'E1', email: EMAIL, name: { first: 'Ann' }, team: 'Red' },
			{ externalId: 'E2', email: EMAIL, team: 'Red' },
			{ externalId: 'E3', email: EMAIL, team: 'Red' },
		]);
		expect(evaluated).toBe(0);
	});

	it('are worked out by n8n where an expression does more', async () => {
		const { sent } = await mapped(
			{ externalId: '={{ "E" + $json.n }}', email: EMAIL, team: '={{ $json.team }}' },
			[{ n: 1 }, { n: 2 }],
			(index) => ({ externalId: `E${index + 1}`, email: EMAIL }),
		);
		expect(sent).toEqual([
			{ externalId: 'E1', email: EMAIL },
			{ externalId: 'E2', email: EMAIL },
		]);
	});

	it('may hold expressions inside a list or an object', async () => {
		const { sent } = await mapped(
			{
				externalId: 'E1',
				email: EMAIL,
				skills: ['={{ $json.skill }}'],
				custom: { a: '={{ $json.a }}' },
			},
			[{ skill: 'Go', a: 1 }],
			() => ({ externalId: 'E1', email: EMAIL, skills: ['Go', 'C'], custom: { a: 1 } }),
		);
		expect(sent).toEqual([{ externalId: 'E1', email: EMAIL, skills: 'Go,C', custom: { a: 1 } }]);
	});

	it('that nobody has filled make an empty row, whatever the item holds', async () => {
		const { json, sent } = await mapped(null, [{ externalId: 'E1' }]);
		expect(sent).toEqual([]);
		expect(json).toMatchObject([{ status: 'failed', errors: [{ code: 'EMPTY_ROW' }] }]);
	});

	it('that n8n gives nothing for are missing', async () => {
		const { json } = await mapped({ externalId: '={{ $json.a + $json.b }}' }, [{}], () => null);
		expect(json).toMatchObject([{ status: 'failed', key: '' }]);
	});
});

describe('A simple expression', () => {
	it.each([
		['={{ $json.a }}', ['a']],
		['={{$json.a.b["c d"][\'e\'] }}', ['a', 'b', 'c d', 'e']],
		['={{ $json }}', undefined],
		['={{ $json.a ?? 1 }}', undefined],
		['={{ $json.a }} and more', undefined],
		['={{ $json[0] }}', undefined],
		['$json.a', undefined],
	])('%s', (expression, path) => {
		expect(plainPath(expression)).toEqual(path);
	});
});

describe('A locator', () => {
	it('gives its record, and n8n is told to take the value out of it', async () => {
		const told: unknown[] = [];
		const { lines } = await runAcme('get', {
			parameters: { personId: { __rl: true, mode: 'url', value: 'https://acme.example/p/7' } },
			service: () => ({ status: 200, body: { data: {} } }),
			change(context) {
				const plain = context.getNodeParameter.bind(context) as (...given: unknown[]) => unknown;
				Object.assign(context, {
					getNodeParameter(name: string, index: number, fallback: unknown, more?: IDataObject) {
						if (name !== 'personId') return plain(name, index, fallback);
						told.push(more?.extractValue);
						return '7';
					},
				});
			},
		});
		expect(told).toEqual([true]);
		expect(lines).toEqual(['GET /people/7']);
	});
});
