import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Everything a real n8n needs here; ignored by git and safe to delete. */
export const N8N_ROOT = join(ROOT, '.n8n');
