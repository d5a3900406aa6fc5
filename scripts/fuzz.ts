import { compareWithLibrary } from '../test/engine/file/oracle';

/** Some minutes; `npm test` does some thousands. */
const RUNS = 500_000;

const runs = Number(process.argv[2] ?? RUNS);
const seed = process.argv[3] === undefined ? Date.now() : Number(process.argv[3]);
console.log(`${runs} texts from seed ${seed}`);
const compared = compareWithLibrary(runs, seed);
console.log(
	`${compared} read as the library reads them, the others refused by us, all the same in pieces`,
);
