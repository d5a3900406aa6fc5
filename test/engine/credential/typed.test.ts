import { addressFrom, keyFrom, trimmed } from '../../../nodes/shared/credential/typed';

describe('What is pasted into a credential', () => {
	it.each<[unknown, string]>([
		[' key\n', 'key'],
		['Bearer key', 'key'],
		['bearer\tkey ', 'key'],
		['Authorization: Bearer key', 'key'],
		['Basic a2V5', 'a2V5'],
		['Bearerkey', 'Bearerkey'],
		['basic', 'basic'],
		[undefined, ''],
	])('is taken as the key that is meant: %j', (pasted, key) => {
		expect(keyFrom(pasted)).toBe(key);
	});

	it.each<[unknown, string]>([
		[' https://x.example/// \n', 'https://x.example'],
		['https://x.example/a', 'https://x.example/a'],
		['//', ''],
		[undefined, ''],
	])('is taken as the address that is meant: %j', (pasted, address) => {
		expect(addressFrom(pasted)).toBe(address);
	});

	it('is trimmed', () => {
		expect([trimmed(' a b\r\n'), trimmed(undefined)]).toEqual(['a b', '']);
	});
});
