import { unfinished } from '../support/unfinished';
import { vendors } from '../support/vendors';

/*
 * What is still to do for a vendor. The other tests of this folder are made from definitions that are whole, so this one comes
 * first and is read by people who are adding a vendor.
 */

it.each(vendors.map((vendor) => [vendor.name, vendor] as const))(
	'%s is finished',
	(name, vendor) => {
		const left = unfinished(vendor);
		if (left.length === 0) return;
		const error = new Error([`${name} is not finished. Next:`, ...left].join('\n- '));
		// Where this was thrown helps nobody, what it says does.
		error.stack = error.message;
		throw error;
	},
);
