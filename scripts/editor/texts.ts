import type { Locator } from 'playwright-core';

import type { Report } from './report';

/** What must never stand on a screen: values that were not made into text, keys of texts that are missing, n8n's words for lists and columns it could not load. */
const NEVER = [
	/\[object \w+\]/,
	/\bundefined\b|\bNaN\b/,
	/\b[a-z]+[A-Za-z]*(\.[a-z]+[A-Za-z]*){2,}(?!\.?[\w/])/,
	/is not supported!/,
	/\b(error|problem) (fetching|loading)\b|could(n't| not) (load|fetch)\b/i,
	/^(Can't get|Fetching|No) fields\b/,
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

/** Complains about names of fields that are empty or cut off, and about fields that stick out of the panel. */
export async function checkFits(report: Report, panel: Locator): Promise<void> {
	const area = panel.getByTestId('node-parameters');
	const box = await area.boundingBox();
	const edge = box === null ? 0 : box.x + box.width - RIGHT_MARGIN;
	const names = area.getByTestId('input-label').locator('visible=true');
	for (const name of await labelsIn(area)) report.check(name !== '', 'a field has no name');
	await checkWhole(report, names.locator('[class*="title"], [class*="title"] *'));
	const right = ({ x, width }: { x: number; width: number }) => x + width;
	// The mark of a field that has to be filled stands beside it.
	const marks = await area.getByTestId('parameter-issues').locator('visible=true').all();
	const boxes = await Promise.all(
		[...marks, ...(await names.all())].map((each) => each.boundingBox()),
	);
	const out = boxes.filter((each) => each !== null && right(each) > edge).length;
	report.check(out === 0, `${out} fields stick out of the panel`);
}

/** Buttons beside the name of a field, in the same element. */
export const BESIDE = ['Fixed', 'Expression'];

/** The names of the fields in an area, in order. */
export async function labelsIn(area: Locator): Promise<string[]> {
	const labels = await area.getByTestId('input-label').locator('visible=true').allInnerTexts();
	return labels.map((label) => {
		const [name] = label.split('\n');
		return BESIDE.includes(name) ? '' : name.trim();
	});
}
