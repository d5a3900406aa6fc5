import type { Locator } from 'playwright-core';

import type { Report } from './report';

/** What must never stand on a screen: values that were not made into text, keys of texts that are missing, n8n's words for lists and columns it could not load. */
const NEVER = [
	/\[object \w+\]/,
	/\bundefined\b|\bNaN\b/,
	/\b[a-z]+[A-Za-z]*(\.[a-z]+[A-Za-z]*){2,}(?!\.?[\w/])/,
	/is not supported!/,
	/\b(error|problem) (fetching|loading)\b|could(n't| not) (load|fetch)\b/i,
];

/** Addresses look like keys of texts. */
const ADDRESS = /\bhttps?:\/\/\S+|\b[\w-]+(\.[\w-]+)*\.(ai|com|io|work)\b/g;

/** What an area says, the values in its fields included. */
export async function textsIn(area: Locator): Promise<string[]> {
	const values = await area
		.locator('input:visible, textarea:visible')
		.evaluateAll((fields) => fields.map(({ value }: { value: string }) => value));
	return [...(await area.innerText()).split('\n'), ...values]
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

/** Complains about every text that is no text for people. */
export function checkTexts(report: Report, texts: readonly string[]): void {
	for (const text of texts) {
		const plain = text.replace(ADDRESS, '');
		report.check(!NEVER.some((never) => never.test(plain)), `it says "${text}"`);
	}
}

/** Complains about notices and descriptions of which a part is not to be seen, and answers with what they say. */
export async function checkWhole(report: Report, found: Locator): Promise<string[]> {
	const boxes = await found.evaluateAll((elements) =>
		elements.map(
			(element: {
				innerText: string;
				scrollHeight: number;
				clientHeight: number;
				scrollWidth: number;
				clientWidth: number;
			}) => ({
				text: element.innerText.trim(),
				// A line box may be a pixel higher than what it stands in.
				cut:
					element.scrollHeight > element.clientHeight + 1 ||
					element.scrollWidth > element.clientWidth + 1,
			}),
		),
	);
	for (const { text, cut } of boxes) report.check(!cut, `cut off: "${text}"`);
	return boxes.map(({ text }) => text);
}

/** What a panel leaves free at its right edge. */
const RIGHT_MARGIN = 8;

/** Complains about names that are cut off, and about what sticks out of the panel. */
export async function checkFits(report: Report, panel: Locator): Promise<void> {
	const area = panel.getByTestId('node-parameters');
	const names = area.getByTestId('input-label').locator('visible=true');
	await checkWhole(report, names.locator('[class*="title"]'));
	const box = await area.boundingBox();
	const edge = box === null ? 0 : box.x + box.width - RIGHT_MARGIN;
	const parts = await names
		.or(area.getByTestId('parameter-issues').locator('visible=true'))
		.evaluateAll((elements) =>
			elements.map(
				(element: { innerText: string; getBoundingClientRect(): { right: number } }) => ({
					text: element.innerText,
					right: element.getBoundingClientRect().right,
				}),
			),
		);
	for (const { text, right } of parts)
		report.check(right <= edge, `sticks out of the panel: "${text}"`);
}

/** The names of the fields in an area, in order. The buttons beside a name are in the same element, below it. */
export async function labelsIn(area: Locator): Promise<string[]> {
	const labels = await area.getByTestId('input-label').locator('visible=true').allInnerTexts();
	return labels.map((label) => label.split('\n')[0].replace(/\*$/, '').trim());
}
