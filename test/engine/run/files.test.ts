import type { IBinaryData } from 'n8n-workflow';

import { inlineFile } from '../../support/fakeContext';
import { changed } from '../definition/examples';
import { runAcme, savesAll, sentRecords } from './acmeNode';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPG = Buffer.from('ffd8ffe000104a46', 'hex');
const person = { externalId: 'E1', email: 'ann@acme.example' };
const OPTIONS = { pictureBinaryProperty: 'photo' };
const LIMITS = 'resources/0/fields/picture/file';

const saving = (binary: Record<string, IBinaryData> | undefined, more = {}) =>
	runAcme('bulkSave', {
		items: [{ json: person, binary }],
		parameters: { options: OPTIONS },
		service: savesAll,
		...more,
	});

describe('The file of a row', () => {
	it.each([
		['.png', inlineFile(PNG, 'me.png'), PNG],
		['.jpeg', inlineFile(JPG, 'me.at.work.jpeg'), JPG],
		['.jpg', { data: JPG.toString('base64'), fileExtension: 'jpg', mimeType: 'image/jpeg' }, JPG],
	])('is sent as base64, with its extension %s', async (pictureType, photo, content) => {
		const { asked } = await saving({ photo });
		expect(sentRecords(asked)).toEqual([
			{ ...person, picture: content.toString('base64'), pictureType },
		]);
	});

	it.each([
		['it is called nothing', { data: PNG.toString('base64'), mimeType: 'image/png' }, {}],
		[
			'the vendor does not ask for one',
			inlineFile(PNG, 'me.png'),
			{ [`${LIMITS}/extension`]: undefined },
		],
	])('has no extension where %s', async (_, photo, changes) => {
		const { asked } = await saving({ photo }, { vendor: changed(changes) });
		expect(sentRecords(asked)).toEqual([{ ...person, picture: PNG.toString('base64') }]);
	});

	it.each([
		['an empty file', '', 'is an empty file. Check the node that gives it.'],
		['a text', 'hello', 'is no PNG, JPG file. Use one of these kinds.'],
		['a PDF by any name', '%PDF-1.7', 'is no PNG, JPG file. Use one of these kinds.'],
		['unknown bytes', Buffer.from([1, 0, 2]), 'is no PNG, JPG file. Use one of these kinds.'],
		[
			'too large',
			Buffer.concat([PNG, Buffer.alloc(10_000_000)]),
			'is larger than 10 MB. Use a smaller file.',
		],
	])('that is %s fails the row without a request', async (_, content, words) => {
		const { json, asked } = await saving({ photo: inlineFile(content, 'me.png') });
		expect(asked).toEqual([]);
		expect(json).toMatchObject([
			{
				key: '',
				status: 'failed',
				errors: [{ code: 'INVALID_VALUE', message: `"Picture" ${words}`, field: 'Picture' }],
			},
		]);
	});

	it('may be of any kind and size where the vendor names no limit', async () => {
		const vendor = changed({
			[`${LIMITS}/kinds`]: undefined,
			[`${LIMITS}/maxBytes`]: undefined,
		});
		const { json } = await saving({ photo: inlineFile('hello', 'me.txt') }, { vendor });
		expect(json).toMatchObject([{ status: 'saved' }]);
	});

	it('may be missing', async () => {
		for (const binary of [undefined, { other: inlineFile(PNG, 'me.png') }])
			expect(sentRecords((await saving(binary)).asked)).toEqual([person]);
	});

	it('is taken from the field named for its item', async () => {
		const binary = { a: inlineFile(PNG, 'a.png'), b: inlineFile(JPG, 'b.jpg') };
		const rows = ['E1', 'E2', 'E3'].map((externalId) => ({ ...person, externalId }));
		const { asked } = await runAcme('bulkSave', {
			items: rows.map((json) => ({ json, binary })),
			byItem: {
				options: [
					{ pictureBinaryProperty: 'a' },
					{ pictureBinaryProperty: '' },
					{ pictureBinaryProperty: 'b' },
				],
			},
			service: savesAll,
		});
		const shown = sentRecords(asked).map(({ externalId, pictureType }) => [
			externalId,
			pictureType,
		]);
		expect(shown.sort()).toEqual([
			['E1', '.png'],
			['E2', undefined],
			['E3', '.jpg'],
		]);
	});

	it('stands beside a failed row with its name and size, not with its bytes', async () => {
		const photo = inlineFile(Buffer.concat([PNG, Buffer.alloc(50_000)]), 'me.png');
		const parameters = { options: { ...OPTIONS, summary: true } };
		const refused = () => ({ status: 422, body: { message: 'No.' } });
		const { json, output } = await saving({ photo }, { parameters, service: refused });
		expect(json[0].input).toEqual({ ...person, picture: 'me.png (50 KB)', pictureType: '.png' });
		const rejects = Buffer.from(output[1].binary!.rejects.data, 'base64').toString();
		expect(rejects).toContain('me.png (50 KB)');
		expect(rejects.length).toBeLessThan(500);
	});

	it('stands so wherever a document is given as text, and nothing else is touched', async () => {
		const base64 = Buffer.alloc(3_000, 7).toString('base64');
		const note = 'word '.repeat(1_000);
		const item = {
			...person,
			email: 'no address',
			picture: base64,
			notes: [{ text: note }, { text: `data:image/png;base64,${base64}` }],
			custom: { lines: base64.replace(/(.{76})/g, '$1\r\n'), short: 'QUJD' },
		};
		const { json } = await runAcme('bulkSave', {
			...{ items: [{ json: item }], service: savesAll },
		});
		expect(json[0]).toMatchObject({
			status: 'failed',
			input: {
				picture: '(file, 3 KB)',
				notes: [{ text: note }, { text: '(file, 3 KB)' }],
				custom: { lines: '(file, 3 KB)', short: 'QUJD' },
			},
		});
	});
});
