import type { IExecuteFunctions } from 'n8n-workflow';

import type { CredentialData } from '../definition';
import { SetupFault } from '../http';

/**
 * Fields of credentials may hold expressions, and n8n hands the credential over as it is for one item. A run signs in once,
 * so rows of another account would all go to the first one's. Nothing says whether there is an expression; but one that
 * looks at its item cannot be the same for an item that does not exist. So that is asked for, and the last one, and only
 * when these differ all the others, since each costs n8n a look into its database.
 *
 * @throws SetupFault when the credential is not the same for all items
 */
export async function checkOneAccount(
	context: IExecuteFunctions,
	type: string,
	first: CredentialData,
): Promise<void> {
	const count = context.getInputData().length;
	if (count < 2) return;
	const wanted = fieldsOf(first);
	const isSame = async (index: number): Promise<boolean> => {
		try {
			return (
				fieldsOf(await context.getCredentials<Record<string, unknown>>(type, index)) === wanted
			);
		} catch {
			return false;
		}
	};
	if ((await isSame(count)) && (await isSame(count - 1))) return;
	for (let index = 1; index < count; index++)
		if (!(await isSame(index))) throw otherAccount(index + 1);
}

const otherAccount = (item: number): SetupFault =>
	new SetupFault({
		code: 'REFUSED',
		message: `The credential has expressions, and for item ${item} they give something else than for the first. One account per run: use a loop (Loop Over Items with a batch size of 1), or a node with a credential of its own for each account. Nothing was sent.`,
		applied: 'no',
	});

/** Without sessions: another run may renew one in between. They are sealed behind a hash. */
const SEALED = /^[0-9a-f]{64}\./;

const fieldsOf = (credential: CredentialData): string =>
	JSON.stringify(
		Object.entries(credential)
			.filter(([, value]) => !(typeof value === 'string' && SEALED.test(value)) && value !== '')
			.sort(([one], [other]) => (one < other ? -1 : 1)),
	);
