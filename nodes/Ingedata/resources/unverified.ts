import { CLIENT } from './sources';

/** Ground of the resources that the vendor's pages name and do not describe. */
export const unverified = {
	// Ingedata's own package is no promise of what the service of today does.
	evidence: { basis: 'unverified', source: CLIENT },
	// Documented for skills; by analogy here, and seen nowhere.
	filterEvidence: { basis: 'unverified', source: 'VENDOR.md, section Other parts' },
	caution: "Unverified: seen in Ingedata's own n8n package only. Try one record first.",
} as const;
