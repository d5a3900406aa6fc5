import { COLLECTIVE_EXISTING_JOBS } from '../../sandbox/collective';
import type { Happening } from '../../sandbox';
import { WHOZ_FEDERATION_ID, WHOZ_WORKSPACE_IDS } from '../../sandbox/whoz';
import type { Row } from './world';

interface Watched {
	/** What can happen at the local vendor. */
	happens: Happening[];
	/** What the trigger says of it, where that is another word. */
	says?: string[];
	parameters: Row;
	/** The ID in an item, as the local vendor gives it when something happens. */
	idOf(item: Row): unknown;
}

const byId = ({ id }: Row): unknown => String(id);

/**
 * How each watch is tried out, by vendor and stored value. Eightfold's changelog is half an hour late by rule, so the clock
 * of a test cannot wait for it.
 */
export const watched: Readonly<Record<string, Readonly<Record<string, Watched>>>> = {
	birdDogHr: {
		talentUser: {
			happens: ['created', 'changed'],
			parameters: {},
			idOf: ({ username }) => username,
		},
		onboarding: {
			happens: ['onboarded'],
			says: ['created'],
			// What such a record holds is not described, so there is nothing to simplify.
			parameters: { simplify: false },
			idOf: ({ Email }) => Email,
		},
	},
	collective: {
		application: {
			happens: ['created'],
			parameters: { jobIds: COLLECTIVE_EXISTING_JOBS.join(', ') },
			idOf: byId,
		},
	},
	// By the filter nothing can be told of a profile but that it changed.
	eightfold: {
		profile: { happens: ['created', 'changed'], says: ['changed'], parameters: {}, idOf: byId },
	},
	ingedata: { talent: { happens: ['created'], parameters: {}, idOf: byId } },
	whoz: {
		talent: {
			happens: ['created', 'removed'],
			parameters: {
				federationId: WHOZ_FEDERATION_ID,
				workspaceIds: WHOZ_WORKSPACE_IDS.slice(0, 2).join(', '),
			},
			idOf: byId,
		},
	},
};
