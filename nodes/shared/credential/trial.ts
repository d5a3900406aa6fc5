/**
 * Lets a credential judge its own test, and say in words what is wrong.
 *
 * n8n judges a test by the status of the test's request: every status but 2xx is red (n8n 1.123 knows no exceptions), and where
 * nobody answers it shows a bare code. What it does in both lines: after a 401 it calls `preAuthentication`, shows what that
 * throws, and otherwise asks `authenticate` again. So the test's request is held back with a 401 that no service has sent, until
 * `preAuthentication` has looked.
 */
export class Trial {
	/** By n8n's own object of the credential, which is one for a test: false to be looked at, true found good. */
	private readonly verdicts = new WeakMap<object, boolean>();

	/** `authenticate`, for the request of the test: comes back only when the credential was found good. */
	admit(credentials: object): void {
		const isGood = this.verdicts.get(credentials);
		this.verdicts.delete(credentials);
		if (isGood) return;
		this.verdicts.set(credentials, false);
		throw Object.assign(new Error('This version of n8n did not carry out the test.'), {
			response: { status: 401 },
		});
	}

	/** `preAuthentication` of what has no session: looks if a test waits for it, for otherwise there is nothing to renew. */
	async judge(credentials: object, look: () => Promise<unknown>): Promise<void> {
		if (!this.verdicts.has(credentials)) return;
		await look();
		this.pass(credentials);
	}

	/** `preAuthentication`, once it has found the credential good. */
	pass(credentials: object): void {
		this.verdicts.set(credentials, true);
	}
}
