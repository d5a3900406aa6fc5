import type { Locator } from 'playwright-core';

import { wholeVendors } from '../../test/support/vendors';
import { around } from './pictures';
import { checkTexts, textsIn } from './texts';
import type { Tour } from './tour';

const ALL = wholeVendors.map(({ displayName }) => displayName);

/** What people type who do not know a node's name, and which nodes they must find. */
const SEARCHES: Record<string, string[]> = {
	hr: ALL,
	talent: ALL,
	people: ALL,
	csv: ALL,
	'bulk import': ALL,
	upsert: ALL,
	employees: ['BirdDogHR', 'Whoz'],
	'import employees': ['BirdDogHR', 'Whoz'],
	offboarding: ['BirdDogHR', 'Whoz'],
	recruiting: ['Collective', 'Eightfold', 'Ingedata', 'Whoz'],
	'import candidates': ['Collective', 'Eightfold', 'Ingedata'],
	'applicant tracking': ['Eightfold'],
	ats: ['Collective', 'Eightfold'],
	resume: ['Collective', 'Eightfold', 'Ingedata'],
	freelancers: ['Collective', 'Whoz'],
	'job posting': ['Collective'],
	arcoro: ['BirdDogHR'],
	pulse: ['Ingedata'],
};

/** The search that stands for all in the documentation. */
const PICTURED = 'recruiting';

/** The nodes panel: every node is found, by its name and by what it is for, and says what it can do. */
export async function nodesPanel(tour: Tour): Promise<void> {
	const { editor, pictures, report } = tour;
	const { page } = editor;
	await editor.goto('/workflow/new');
	await page.getByTestId('node-creator-plus-button').click();
	const panel = page.getByTestId('node-creator');
	for (const [words, wanted] of Object.entries(SEARCHES)) {
		const found = await search(panel, words);
		report.at(`The nodes panel, "${words}"`);
		for (const name of wanted) report.check(found.includes(name), `does not find ${name}`);
		if (words === PICTURED)
			await pictures.keep(page, 'nodes-panel', () =>
				around(panel.getByTestId('nodes-list-header'), panel.getByTestId('item-iterator-item')),
			);
	}
	for (const { name, displayName, resources } of wholeVendors) {
		report.at(`The nodes panel, ${displayName}`);
		const found = await search(panel, displayName);
		report.check(found[0] === displayName, `the first of ${found.join(', ')}`);
		await panel
			.getByTestId('node-creator-item-name')
			.getByText(displayName, { exact: true })
			.click();
		await editor.settled();
		// Where a node has a trigger too, an empty canvas shows that alone at first.
		const actions = panel.getByTestId('node-creator-category-item').filter({ hasText: 'Actions' });
		const [{ operations: first }] = resources;
		const [{ action: shown }] = Object.values(first);
		if ((await panel.getByText(shown, { exact: true }).count()) === 0) {
			await actions.click();
			await editor.settled();
		}
		const texts = await textsIn(panel);
		checkTexts(report, texts);
		report.note(texts);
		for (const { operations } of resources)
			for (const { action } of Object.values(operations))
				report.check(texts.includes(action), `no action "${action}"`);
		await pictures.look(panel, `${name}-actions`);
		// Back to the list.
		await panel.locator('button').first().click();
	}
}

/** Searches, and answers with the names of what is found, best first. */
async function search(panel: Locator, words: string): Promise<string[]> {
	const field = panel.getByTestId('node-creator-search-bar');
	const names = panel.getByTestId('node-creator-item-name');
	// The list of before is gone before the new one is looked at.
	await field.fill('');
	await names.getByText('Trigger manually').waitFor();
	await field.fill(words);
	await names.getByText('Trigger manually').waitFor({ state: 'hidden' });
	return await names.allInnerTexts();
}
