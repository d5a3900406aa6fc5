import fc from 'fast-check';

import {
	json,
	listOf,
	number,
	object,
	resource,
	text,
	textList,
} from '../../../../nodes/shared/definition';
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

test('every text and number inside a personal value is masked, however deep, and nothing beside it', () => {
	const secretive = resource({
		...person,
		key: 'id',
		fields: {
			id: text({ label: 'ID' }),
			salary: number({ label: 'Salary', personal: true }),
			nicknames: textList({ label: 'Nicknames', personal: true }),
			joined: textList({ label: 'Joined', personal: true, wire: 'commaJoined' }),
			plain: text({ label: 'Plain', personal: true }),
			history: json({ label: 'History', personal: true }),
			home: object(
				{ street: text({ label: 'Street', personal: true }), code: text({ label: 'Code' }) },
				{ label: 'Home' },
			),
			phones: listOf({ digits: text({ label: 'Digits', personal: true }) }, { label: 'Phones' }),
		},
		rules: [],
		operations: {},
	});
	const masked = (words: string, record: Record<string, unknown>) =>
		maskPersonal(words, secretive, record);

	expect(masked('72500 is too much', { salary: 72500 })).toBe('*** is too much');
	expect(masked('Bobby or Rob', { nicknames: ['Bobby', 'Rob'] })).toBe('*** or ***');
	expect(masked('Zoë, Zo and 1815', { history: { names: ['Zoë'], born: { year: 1815 } } })).toBe(
		'***, Zo and ***',
	);
	expect(masked('no true', { history: [true, false, null] })).toBe('no true');
	expect(masked('Elm Street 5 in B-42', { home: { street: 'Elm Street 5', code: 'B-42' } })).toBe(
		'*** in B-42',
	);
	expect(masked('call 5155550100', { phones: [null, 'odd', { digits: '5155550100' }] })).toBe(
		'call ***',
	);
	// Entries are values of their own only where the service joins them.
	expect(masked('one of Ann and Bea', { joined: ' Ann , Bea ,' })).toBe('one of *** and ***');
	expect(masked('one of Ann and Bea', { plain: 'Ann,Bea' })).toBe('one of Ann and Bea');
	expect(masked('it was  Ann, said Ann', { plain: ' Ann ' })).toBe('it was  ***, said ***');
	expect(masked('- a -- b', { plain: '  ' })).toBe('- a -- b');
	expect(masked('- a -- b', { joined: ' , ' })).toBe('- a -- b');
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
