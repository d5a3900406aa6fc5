/** The vendor's pages. */
export const TALENTS_PAGE = 'https://developer.ingedata.ai/api/talent/talents';
export const SKILLS_PAGE = 'https://developer.ingedata.ai/api/talent/skills';

/** The vendor's own n8n package, which talks to the live service. */
export const CLIENT = 'https://github.com/ingedata-ph/n8n-nodes-ingedata-pulse';
