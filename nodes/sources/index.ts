import type { Source } from '../shared/definition';
import { ashby } from './ashby.source';
import { greenhouse } from './greenhouse.source';
import { lever } from './lever.source';
import { personio } from './personio.source';
import { recruitee } from './recruitee.source';
import { smartRecruiters } from './smartrecruiters.source';
import { teamtailor } from './teamtailor.source';
import { workable } from './workable.source';

/** The systems whose records are understood as they come, by label. */
export const sources: readonly Source[] = [
	...[ashby, greenhouse, lever, personio],
	...[recruitee, smartRecruiters, teamtailor, workable],
];
