import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';

import type { N8nClient } from '../lib/n8nClient';

/** Wide enough for the three columns of a node's panel, high enough that none of ours has to be scrolled. */
const VIEWPORT = { width: 1400, height: 1600 };

/** The editor is several megabytes of scripts: 7 s on an idle machine. */
const PATIENCE_MS = 60_000;

const STILL = '*, *::before, *::after { transition: none !important; animation: none !important; }';

/** Looks in a row without a request under way: the editor asks for one thing when it has another. */
const LOOK_MS = 50;
const QUIET_LOOKS = 3;

/** n8n's editor in one tab of a browser, used as a person does. */
export class Editor {
	/** Scripts of it that failed. */
	readonly complaints = new Set<string>();

	private readonly pending = new Set<unknown>();

	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		page.setDefaultTimeout(PATIENCE_MS);
		page.on('request', (request) => {
			if (request.url().startsWith(`${url}/rest/`)) this.pending.add(request);
		});
		page.on('requestfinished', (request) => this.pending.delete(request));
		page.on('requestfailed', (request) => this.pending.delete(request));
		page.on('pageerror', ({ message }) => this.complaints.add(`a script failed: ${message}`));
	}

	/** A tab that is signed in as the client is. */
	static async open(browser: Browser, client: N8nClient, url: string): Promise<Editor> {
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme: 'light',
			locale: 'en-GB',
			timezoneId: 'UTC',
			reducedMotion: 'reduce',
		});
		const [name, value] = client.session.split('=');
		await context.addCookies([{ name, value, url }]);
		return new Editor(await context.newPage(), url);
	}

	async goto(path: string): Promise<void> {
		await this.page.goto(`${this.url}${path}`);
		// Lists and dialogs move into place, and cannot be used before they stand still.
		await this.page.addStyleTag({ content: STILL });
	}

	/** The canvas of a workflow. n8n lets one tab at a time change a workflow, and reloading makes another tab: open each once. */
	async openWorkflow({ id }: { id: string }): Promise<void> {
		await this.goto(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
		await this.settled();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the panel of a node on the canvas. */
	async openNode(name: string): Promise<Locator> {
		await this.node(name).dblclick();
		const panel = this.page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		await this.settled();
		return panel;
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
		await this.settled();
	}

	/** Opens a list in a panel or dialog and picks an entry by its name, if it is not chosen already. */
	async choose(list: Locator, name: string): Promise<void> {
		if ((await list.locator('input').first().inputValue()) === name) return;
		await list.click();
		await this.pick(name);
	}

	/** Picks from the list that is open. */
	async pick(name: string): Promise<void> {
		await this.entries()
			.filter({ has: this.page.getByText(name, { exact: true }) })
			.click();
		await this.settled();
	}

	/** The entries of the list that is open. */
	entries(): Locator {
		return this.page.locator('.el-select-dropdown__item:visible');
	}

	/** Waits until nothing more is loaded. */
	async settled(): Promise<void> {
		for (let quiet = 0; quiet < QUIET_LOOKS; ) {
			await sleep(LOOK_MS);
			quiet = this.pending.size === 0 ? quiet + 1 : 0;
		}
	}

	/** The theme of the system, which the editor takes. */
	async theme(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
		await this.settled();
	}

	/** Pop-up messages, by which the editor says what failed. */
	async messages(): Promise<string[]> {
		const texts = await this.page.locator('.el-notification:visible').allInnerTexts();
		return texts.map((text) => text.replace(/\s*\n\s*/g, ': '));
	}
}
