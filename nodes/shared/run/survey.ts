import { SetupFault } from '../http';
import type { MappingPolicy, Survey } from '../mapping';

export type ColumnCheck = 'stop' | 'send';

/** More would be as long as a page. */
const QUOTED = 5;

/**
 * How the rows of a list are read once its columns have been judged, and what is to be said of that.
 *
 * @throws SetupFault where a column means something else than its field, unless the user sends it all the same
 */
export function afterSurvey(
	survey: Survey,
	check: ColumnCheck = 'stop',
): { read(policy: MappingPolicy): MappingPolicy; notices: readonly string[] } {
	const { problems, readings, notices } = survey.verdict();
	const shown = problems.slice(0, QUOTED);
	if (problems.length > 0 && check === 'stop')
		throw new SetupFault({
			code: 'REFUSED',
			message: `${shown.join(' ')} Correct the list or where its columns go. To send it as it is, set "Columns That Look Wrong".`,
			applied: 'no',
		});
	const policies = new WeakMap<MappingPolicy, MappingPolicy>();
	return {
		read(policy) {
			if (readings.size === 0) return policy;
			let known = policies.get(policy);
			if (known === undefined) policies.set(policy, (known = { ...policy, readings }));
			return known;
		},
		notices: [...shown, ...notices],
	};
}
