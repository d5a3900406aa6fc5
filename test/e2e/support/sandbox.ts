import { sandboxControl } from '../../../scripts/lib/sandboxControl';

/** The local vendors, which live in another process. */
export const sandbox = sandboxControl(process.env.E2E_SANDBOX ?? '');
