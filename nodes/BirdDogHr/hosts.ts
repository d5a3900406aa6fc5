import { addressFrom } from '../shared/credential/typed';
import type { CredentialData } from '../shared/definition';

/** The only host that is published. */
export const PRODUCTION = 'https://api.birddoghr.com';

/** Pinned to v2: `current` is not the newest version but the model of v1. */
export const TOKEN_PATH = '/v2/accesstoken';

/** Reads one user, and so proves in which header the token is taken. */
export const READ_PATH = '/v2/TalentUser';

/** Header in which a fresh token reaches the credential; it never leaves n8n under this name. */
export const HAND_OVER = 'x-birddoghr-token';

/** The address a BirdDogHR credential means, without a slash at the end. */
export const birdDogHrBaseUrl = (credential: CredentialData): string =>
	addressFrom(credential.baseUrl);
