import { recordedNames, storedNames } from '../support/storedNames';

const SHOWN = 20;

const WHY = `Names below were in stored-names.txt and are gone from the nodes or credentials.
People's saved workflows and credentials hold these names: n8n would no longer find the node, would drop the value, or would
quietly put another default in its place, and no message would say so. So they may never disappear.
Keep the old name and add the new one beside it, hide what is no longer wanted, or give the node a new version.
A name that was never released can be taken off the list by hand.`;

const listed = (names: string[]): string =>
	[
		...names.slice(0, SHOWN),
		...(names.length > SHOWN ? [`… and ${names.length - SHOWN} more`] : []),
	].join('\n');

let now: string[];
let recorded: string[];
beforeAll(() => {
	now = storedNames();
	recorded = recordedNames();
});

it('no stored name has disappeared', () => {
	const present = new Set(now);
	const gone = recorded.filter((name) => !present.has(name));
	if (gone.length > 0) throw new Error(`${WHY}\n\n${listed(gone)}`);
});

it('every stored name is on the list', () => {
	const known = new Set(recorded);
	const added = now.filter((name) => !known.has(name));
	if (added.length > 0)
		throw new Error(
			`Not in stored-names.txt yet. If these names are meant to stay for good: npm run stored-names\n\n${listed(added)}`,
		);
});

it('the list has the names of the contract', () => {
	expect(recorded).toEqual(
		expect.arrayContaining([
			'credential whozTalentApi environment=sandbox',
			'node birdDogHr credential birdDogHrApi',
			'node collective resource=application',
			'node eightfold atsCandidate getAll systemId',
			'node ingedata authentication=bearer',
			'node ingedata talent get talentId:id',
			'node whoz talent bulkSave options.output=summaryOnly',
			'node whoz talent create columns.value.managerExternalId',
			'node whoz talent import source unless stored "binary"',
			'node whoz version 1',
		]),
	);
});
