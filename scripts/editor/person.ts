import type { Locator, Page } from 'playwright-core';
import { read, utils, write } from 'xlsx';

import { plainPath } from '../../nodes/shared/run/parameters';
import type { Workflow, WorkflowNode } from '../lib/n8nClient';
import type { Tour } from './tour';

export type Row = Record<string, string>;

export interface FormFile {
	name: string;
	content: Buffer;
}

/** What people make of their list in Excel. */
export function workbookOf(rows: readonly Row[]): Buffer {
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.json_to_sheet([...rows]), 'People');
	return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

/** What they see when they open a file of failed rows. */
export const rowsOf = (content: Buffer): Row[] => {
	const book = read(content, { type: 'buffer', raw: true });
	return utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { raw: false, defval: '' });
};

/** Chosen when a node is taken from the panel of nodes, or there anyway. */
const NOT_SET = new Set(['resource', 'operation', 'authentication', 'mappingMode', '__rl', 'mode']);

/** Values a person has set in a node, one for each field of its panel. */
function valuesIn(value: unknown, name = ''): unknown[] {
	if (NOT_SET.has(name) || value === null || value === '') return [];
	if (typeof value !== 'object') return [value];
	if ('mappingMode' in value) return 'value' in value ? valuesIn(value.value) : [];
	if ('__rl' in value) return 'value' in value && value.value !== '' ? [value.value] : [];
	const members = Array.isArray(value)
		? value.map((each) => ['', each] as const)
		: Object.entries(value).filter(([key]) => !['schema', 'matchingColumns'].includes(key));
	return members.flatMap(([key, member]) => valuesIn(member, key));
}

export interface Effort {
	nodes: number;
	fields: number;
	/** Typed; a field that is dragged into place is none. */
	expressions: number;
}

/** What a workflow took to set up, as it is saved. */
export function effortOf({ nodes }: Workflow): Effort {
	const set = nodes.flatMap(({ parameters }: WorkflowNode) => valuesIn(parameters));
	const typed = set.filter(
		(value) => typeof value === 'string' && value.startsWith('=') && plainPath(value) === undefined,
	);
	return { nodes: nodes.length, fields: set.length, expressions: typed.length };
}

/** Somebody who sets a node up in the editor and runs it. */
export class Person {
	constructor(private readonly tour: Tour) {}

	private get page(): Page {
		return this.tour.editor.page;
	}

	/** Adds an entry to "Same Value for Every Row" and fills it in. */
	async sameValue(panel: Locator, field: string, value: string): Promise<void> {
		await panel.getByText('Add Value', { exact: true }).click();
		await this.tour.editor.settled();
		const label = panel
			.getByTestId('input-label')
			.filter({ hasText: /^Field/ })
			.last();
		await this.tour.editor.choose(label.locator('.el-select').first(), field);
		const input = panel.getByTestId('rlc-input-container').last().locator('input').last();
		await input.fill(value);
		await input.blur();
		await this.tour.editor.settled();
	}

	async type(panel: Locator, parameter: string, value: string): Promise<void> {
		const input = panel.getByTestId(`parameter-input-${parameter}`).locator('input').last();
		await input.fill(value);
		await input.blur();
		await this.tour.editor.settled();
	}

	/** Adds an option and chooses its value. */
	async option(panel: Locator, name: string, parameter: string, value: string): Promise<void> {
		await panel.getByTestId('collection-parameter-add').first().click();
		await this.tour.editor.pick(name);
		await this.tour.editor.choose(panel.getByTestId(`parameter-input-${parameter}`), value);
	}

	async save(): Promise<void> {
		await this.page.keyboard.press('Control+s');
		await this.tour.editor.settled();
	}

	/** Presses the button, and answers when the last node has ended; whether it went well. */
	async run(last: string): Promise<boolean> {
		await this.page.getByTestId('execute-workflow-button').click();
		return await this.ended(last);
	}

	/** The same where a form comes first, which is filled in and sent. A browser without a window opens none by itself. */
	async runForm(
		last: string,
		webhook: string,
		fill: (form: Page) => Promise<void>,
	): Promise<boolean> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.page.getByText('Waiting for you to submit the form').first().waitFor();
		const form = await this.page.context().newPage();
		await form.goto(`${this.tour.url}/form-test/${webhook}`);
		await form.locator('form').first().waitFor();
		await fill(form);
		const sent = form.waitForResponse((response) => response.request().method() === 'POST');
		await form.locator('#submit-btn').click();
		await sent;
		const well = await this.ended(last);
		await form.close();
		return well;
	}

	private async ended(last: string): Promise<boolean> {
		const node = this.tour.editor.node(last);
		const good = node.getByTestId('canvas-node-status-success');
		const bad = node.getByTestId('node-issues');
		await good.or(bad).first().waitFor();
		await this.tour.editor.settled();
		return (await good.count()) > 0;
	}
}

/** Chooses the file of a form. */
export const upload =
	({ name, content }: FormFile) =>
	async (form: Page): Promise<void> => {
		const mimeType = name.endsWith('.csv')
			? 'text/csv'
			: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
		await form.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer: content });
	};
