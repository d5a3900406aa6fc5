import { randomUUID } from 'node:crypto';

/** Tokens a vendor has issued. */
export class TokenStore {
	private readonly expiry = new Map<string, number>();

	/** @param seconds how long the token is valid */
	issue(seconds: number): string {
		const token = `practice-${randomUUID()}`;
		this.expiry.set(token, Date.now() + seconds * 1000);
		return token;
	}

	isValid(token: string): boolean {
		return (this.expiry.get(token) ?? 0) > Date.now();
	}

	/** Uses a one-time token up. @returns whether it was valid */
	take(token: string): boolean {
		const valid = this.isValid(token);
		this.expiry.delete(token);
		return valid;
	}

	expireAll(): void {
		this.expiry.clear();
	}
}
