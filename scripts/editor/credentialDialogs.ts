import {
	NodeHelpers,
	type ICredentialType,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import { spoilt } from '../lib/practice';
import { checkTexts, checkWhole, textsIn } from './texts';
import type { Tour } from './tour';

/** The editor's words. */
const REFUSED = 'Couldn’t connect with these settings';
const REASON = 'More details';
const AGAIN = 'Retry';

type Values = Record<string, string>;

/** The dialog of each credential: what it asks; red, with the reason, with a wrong key; green with the right one. */
export async function credentialDialogs(tour: Tour): Promise<void> {
	const { client, editor, report, url } = tour;
	const response = await fetch(`${url}/types/credentials.json`, {
		headers: { cookie: client.session },
	});
	const types = (await response.json()) as ICredentialType[];
	await editor.goto('/home/credentials');
	for (const { type, data } of tour.credentials.values()) {
		report.at(`Credential ${type}`);
		const stated = types.find(({ name }) => name === type);
		if (stated === undefined) throw new Error(`n8n has no credential type ${type}`);
		await tryOut(tour, stated, data as Values);
	}
}

async function tryOut(tour: Tour, type: ICredentialType, data: Values): Promise<void> {
	const { pictures, report } = tour;
	const dialog = await openDialog(tour, type.displayName);
	const fields = shown(type, data);
	await fill(tour, dialog, fields, spoilt(data) as Values);
	await checkFields(tour, dialog, fields);

	await save(tour, dialog, dialog.getByText(REASON));
	await dialog.getByText(REASON).click();
	const texts = await textsIn(dialog);
	checkTexts(report, texts);
	report.note(texts);
	const reason = texts[texts.indexOf(AGAIN) + 1];
	report.check(
		texts.includes(REFUSED) && !fields.some(({ displayName }) => reason.startsWith(displayName)),
		'a wrong key is not refused with a reason',
	);
	if (type.name === 'eightfoldApi') await pictures.keep(dialog, 'credential-refused');
	else await pictures.look(dialog, `${type.name}-refused`);

	await fill(tour, dialog, fields, data);
	await save(tour, dialog, dialog.getByTestId('credentials-config-container-test-success'));
	if (type.name === 'whozTalentApi') await pictures.keep(dialog, 'credential');
	else await pictures.look(dialog, type.name);
	report.journeys.push({
		name: `Wrong key: ${type.displayName}`,
		nodes: 0,
		fields: fields.filter(({ name }) => name in data).length,
		expressions: 0,
		// The first is refused, the second accepted.
		runs: 2,
		end: reason,
	});
	await dialog.getByLabel('Close this dialog').click();
	await dialog.waitFor({ state: 'hidden' });
}

async function openDialog({ editor }: Tour, displayName: string): Promise<Locator> {
	const { page } = editor;
	await page.getByTestId('add-resource-credential').click();
	await page.getByTestId('new-credential-type-select').locator('input').fill(displayName);
	await editor.pick(displayName);
	await page.getByTestId('new-credential-type-button').click();
	const dialog = page.getByTestId('editCredential-modal');
	await dialog.getByTestId('credential-save-button').waitFor();
	await editor.settled();
	return dialog;
}

/** What the dialog shows when these values are in it. */
function shown({ properties }: ICredentialType, data: Values): INodeProperties[] {
	const defaults = properties.map(({ name, default: preset }) => [name, preset] as const);
	const values = { ...Object.fromEntries(defaults), ...data } as INodeParameters;
	return properties.filter(
		(property) =>
			property.type !== 'hidden' && NodeHelpers.displayParameter(values, property, null, null),
	);
}

async function fill(
	{ editor }: Tour,
	dialog: Locator,
	fields: readonly INodeProperties[],
	data: Values,
): Promise<void> {
	for (const { name, type, options } of fields) {
		if (!(name in data)) continue;
		const control = dialog.getByTestId(`parameter-input-${name}`);
		if (type === 'options') {
			const entries = options as INodePropertyOptions[];
			const entry = entries.find(({ value }) => value === data[name]);
			await editor.choose(control, entry?.name ?? data[name]);
		} else await control.locator('input').fill(data[name]);
	}
}

async function checkFields(
	{ report }: Tour,
	dialog: Locator,
	fields: readonly INodeProperties[],
): Promise<void> {
	const names = (list: readonly INodeProperties[]) => list.map(({ displayName }) => displayName);
	const labels = await dialog.getByTestId('credential-connection-parameter').allInnerTexts();
	report.same(
		'the fields',
		labels.map((label) => label.split('\n')[0].replace(/ \*$/, '')),
		names(fields),
	);
	await checkWhole(report, dialog.locator('.notice-content'));
}

/** Saves, which also tests, and waits for what the test says. */
async function save({ editor }: Tour, dialog: Locator, verdict: Locator): Promise<void> {
	await dialog.getByTestId('credential-save-button').getByRole('button').click();
	await verdict.waitFor();
	await editor.settled();
}
