import type { Vendor } from './vendor';
import { endpointRules } from './checks/endpoints';
import { fieldRules } from './checks/fields';
import { operationRules } from './checks/operations';
import { textRules } from './checks/texts';
import { vendorRules } from './checks/vendor';
import type { Rule } from './checks/walk';
import { watchRules } from './checks/watches';

/** What the compiler cannot check, by name of the rule. */
export const RULES: Readonly<Record<string, Rule>> = {
	...vendorRules,
	...fieldRules,
	...endpointRules,
	...operationRules,
	...watchRules,
	...textRules,
};

/** What is wrong with a definition, a sentence each; empty: nothing. */
export const checkVendor = (vendor: Vendor): string[] =>
	Object.values(RULES).flatMap((rule) => [...rule(vendor)]);
