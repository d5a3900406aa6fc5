/**
 * `npm run fuzz-lists`: lists as people have them, made by chance from good ones, imported into the local vendor. Prints how many
 * people were saved as meant, and every record that nobody meant. With numbers: how many lists, and the first
 * seed; with a name behind them, lists of that trouble alone.
 */
import { checkLists } from '../test/lists/check';
import { runToEnd } from './lib/runToEnd';

const LISTS = 10_000;

async function main(): Promise<number> {
	const [count = LISTS, seed = 1, ...troubles] = process.argv.slice(2);
	const { wrong, ...tally } = await checkLists(
		Number(count),
		Number(seed),
		troubles.length === 0 ? undefined : troubles,
	);
	for (const each of wrong.slice(0, 50)) console.error(JSON.stringify(each));
	console.log(`lists ${tally.files}, from seed ${seed}, with ${tally.people} people`);
	console.log(`  saved as meant          ${tally.asMeant}`);
	console.log(`  rows that failed        ${tally.failed}`);
	console.log(`  lists stopped           ${tally.stopped}`);
	console.log(`  saved as nobody meant   ${wrong.length}`);
	return wrong.length === 0 ? 0 : 1;
}

runToEnd(main);
