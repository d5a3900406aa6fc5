import { join } from 'node:path';

import type { Vendor } from '../../../nodes/shared/definition';
import { ROOT } from '../paths';

/** Ignored by git here; the release commits each package to a branch of its own. */
const PACKAGES = join(ROOT, 'packages');

/** As npm takes it, which knows no capitals. The script for workflows makes the same name of a node's type. */
export const packageName = ({ name }: Vendor): string => `n8n-nodes-talent-${name.toLowerCase()}`;

export const packageFolder = (vendor: Vendor): string => join(PACKAGES, packageName(vendor));

/** Where the package's source is committed, for n8n's scanner and whoever reviews it. */
export const packageBranch = ({ name }: Vendor): string => `package/${name.toLowerCase()}`;

/** As classes and folders are called. */
export const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
