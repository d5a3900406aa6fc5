import { CLIENT } from './sources';

/** Ground of the resources that the vendor's pages name and do not describe: its own n8n package calls them. */
export const observed = {
	evidence: { basis: 'observed', source: CLIENT },
	// Documented for skills; by analogy here, and seen nowhere.
	filterEvidence: { basis: 'unverified', source: 'VENDOR.md, section Other parts' },
} as const;
