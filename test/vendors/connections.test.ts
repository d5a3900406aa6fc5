import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { practiceCredentials, type PracticeCredential } from '../../scripts/lib/practice';
import { startSandbox, type Sandbox } from '../sandbox';
import { testConnection } from './connection';

/** Every credential's connection test, as n8n carries it out and judges it. */

// n8n's engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

const CREDENTIALS = join(__dirname, '../../credentials');
const types = readdirSync(CREDENTIALS)
	.filter((name) => name.endsWith('.ts'))
	.map((name) => {
		const [Credential] = Object.values(
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are only known at run time
			require(join(CREDENTIALS, name)) as Record<string, new () => ICredentialType>,
		);
		return new Credential();
	});

let sandbox: Sandbox;
let practice: PracticeCredential[];
beforeAll(async () => {
	sandbox = await startSandbox();
	practice = practiceCredentials(sandbox);
});
afterAll(() => sandbox.close());

describe.each(types.map((type): [string, ICredentialType] => [type.name, type]))(
	'%s',
	(name, type) => {
		const secrets = () =>
			practice.find((each) => each.type === name)?.data as ICredentialDataDecryptedObject;
		const secretNames = type.properties
			.filter(({ typeOptions, type: kind }) => typeOptions?.password && kind !== 'hidden')
			.map((property) => property.name);

		it('is green for what is right', async () => {
			expect(await testConnection(type, secrets())).toEqual({
				status: 'OK',
				message: 'Connection successful!',
			});
		});

		it.each(secretNames)('is red for another %s, in words that do not show it', async (secret) => {
			const { status, message } = await testConnection(type, {
				...secrets(),
				[secret]: 'not-the-key-0123456789',
			});
			expect(status).toBe('Error');
			expect(message).toMatch(/^\S+( \S+){3,}\.$/);
			expect(message).not.toContain('not-the-key');
		});
	},
);
