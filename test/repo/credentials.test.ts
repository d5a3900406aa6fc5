import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { BirdDogHrApi } from '../../credentials/BirdDogHrApi.credentials';
import { CollectiveApi } from '../../credentials/CollectiveApi.credentials';
import { EightfoldApi } from '../../credentials/EightfoldApi.credentials';
import { EightfoldBearerApi } from '../../credentials/EightfoldBearerApi.credentials';
import { IngedataApi } from '../../credentials/IngedataApi.credentials';
import { IngedataBearerApi } from '../../credentials/IngedataBearerApi.credentials';
import { WhozBearerApi } from '../../credentials/WhozBearerApi.credentials';
import { WhozTalentApi } from '../../credentials/WhozTalentApi.credentials';

/*
 * n8n's linter reads credentials as they are written, so those of one scheme repeat what they share instead of taking it from one
 * place. Here it is held equal.
 */

const BEARER = [new EightfoldBearerApi(), new IngedataBearerApi(), new WhozBearerApi()];
const SESSION = [new EightfoldApi(), new IngedataApi(), new WhozTalentApi()];
const WITHOUT_SESSION = [new BirdDogHrApi(), new CollectiveApi()];
const ALL: ICredentialType[] = [...BEARER, ...SESSION, ...WITHOUT_SESSION];

const named = ({ properties }: ICredentialType, name: string): INodeProperties => {
	const found = properties.find((property) => property.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
};
const alike = (types: ICredentialType[], name: string, but: Array<keyof INodeProperties> = []) => {
	const [first, ...others] = types.map((type) => {
		const property: Partial<INodeProperties> = { ...named(type, name) };
		for (const key of but) delete property[key];
		return property;
	});
	for (const other of others) expect(other).toEqual(first);
};

it('bearer tokens are asked for alike', () => {
	alike(BEARER, 'token');
	alike(BEARER, 'baseUrl', ['default', 'placeholder', 'description']);
	for (const type of BEARER) {
		expect(named(type, 'keyNotice').displayName).toMatch(
			/^For a bearer token you already have\. It /,
		);
		expect(named(type, 'baseUrl').description).toMatch(
			/without the \/api part\. The token is sent to this host only\.$/,
		);
	}
});

it('session tokens are kept alike', () => alike(SESSION, 'sessionToken'));

it('what has no session has the same field for n8n', () => alike(WITHOUT_SESSION, 'session'));

it('API versions are asked for alike', () =>
	alike([new WhozBearerApi(), new WhozTalentApi()], 'apiVersion'));

it.each(ALL.map((type) => [type.name, type] as const))(
	'%s begins with where its key comes from, in few words',
	(_, { properties }) => {
		expect(properties[0]).toMatchObject({ name: 'keyNotice', type: 'notice', default: '' });
		expect(properties[0].displayName.split(' ').length).toBeLessThanOrEqual(24);
		expect(properties.filter(({ type }) => type === 'notice')).toHaveLength(1);
	},
);

it.each(ALL.map((type) => [type.name, type] as const))(
	'%s is tested at the address that is meant',
	(_, { test }) => {
		expect(test?.request.baseURL).toContain('$credentials.baseUrl.trim().replace(/[/]+$/, "")');
	},
);
