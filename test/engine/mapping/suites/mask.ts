import fc from 'fast-check';

import { maskPersonal } from '../../../../nodes/shared/mapping';
import { person } from '../people';

const mask = (text: string, record: Record<string, unknown>) => maskPersonal(text, person, record);

test.each([
	['First name Ada is taken', { firstName: 'Ada' }, 'First name *** is taken'],
	['user ADA@EXAMPLE.COM exists', { emails: [{ address: 'ada@example.com' }] }, 'user *** exists'],
	['Ada Byron, Ada', { firstName: 'Ada', lastName: 'Ada Byron' }, '***, ***'],
	['b@example.com unknown', { addresses: 'a@example.com,b@example.com' }, '*** unknown'],
	[
		'not an address: x@example.com',
		{ applications: [{ stage: { user: { email: 'x@example.com' } } }] },
		'not an address: ***',
	],
	['born 1815-12-10', { birthDate: '1815-12-10' }, 'born ***'],
	[
		'/people?mail=ada%40example.com',
		{ emails: [{ address: 'ada@example.com' }] },
		'/people?mail=***',
	],
	[String.raw`{"name":"O\"Neil"}`, { lastName: 'O"Neil' }, '{"name":"***"}'],
	['name is a+b (c)', { lastName: 'a+b (c)' }, 'name is ***'],
	['王小明 exists', { lastName: '王小明' }, '*** exists'],
	['用户王明已存在', { lastName: '王明' }, '用户***已存在'],
	['Jose\u0301 exists', { firstName: 'Jos\u00e9' }, '*** exists'],
	['Jos\u00e9 exists', { firstName: 'Jose\u0301' }, '*** exists'],
])('%s', (text, record, expected) => {
	expect(mask(text, record)).toBe(expected);
});

test('one or two characters are masked as whole words only', () => {
	expect(mask('Li is in the list of Li.', { firstName: 'Li' })).toBe('*** is in the list of ***.');
	expect(mask('Éa a été trouvée', { firstName: 'a' })).toBe('Éa *** été trouvée');
	expect(mask('王 in 王宮', { firstName: '王' })).toBe('*** in 王宮');
});

test('what is not personal stays', () => {
	expect(mask('P1 is unknown', { externalId: 'P1', firstName: 'Ada' })).toBe('P1 is unknown');
	expect(mask('main is true', { emails: [{ address: 'a@b.co', main: true }] })).toBe(
		'main is true',
	);
	expect(mask('nothing here', { firstName: '', lastName: null, emails: 'odd' })).toBe(
		'nothing here',
	);
});

test('no value of three characters or more is ever left', () => {
	const value = fc
		.string({ minLength: 3, unit: 'grapheme' })
		.filter((text) => [...text.trim()].length > 2);
	fc.assert(
		fc.property(value, fc.string(), fc.string(), (name, before, behind) => {
			fc.pre(!'***'.includes(name.trim()));
			const masked = mask(before + name + behind, { lastName: name });
			expect(masked.replaceAll('***', '\u0000')).not.toContain(name.trim());
		}),
	);
});
