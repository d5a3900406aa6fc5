/**
 * `npm run stored-names`: adds what nodes and credentials have gained to the list of stored names. Takes
 * nothing off it: a name that was there once stands in somebody's workflow.
 */
import { writeFileSync } from 'node:fs';

import { recordedNames, STORED_NAMES, storedNames } from '../test/support/storedNames';

const recorded = new Set(recordedNames());
const added = storedNames().filter((name) => !recorded.has(name));
writeFileSync(STORED_NAMES, `${[...recorded, ...added].sort().join('\n')}\n`);
console.log(`${added.length} names added, ${recorded.size + added.length} in all.`);
