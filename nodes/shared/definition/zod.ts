/**
 * The only file that imports zod. n8n provides it at run time in its version 3 (3.25.67 in n8n 1.123, 3.25.76 in
 * n8n 2.41), so only the API that all of version 3 shares may be used.
 */
export { z } from 'zod';
export type { ZodTypeAny } from 'zod';
