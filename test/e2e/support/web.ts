import { setTimeout as sleep } from 'node:timers/promises';

import type { N8n } from './n8n';

/** What is done from outside of n8n: a service that calls a webhook, a person with a browser at a form. */

const POLL_MS = 100;

/** 2.x answers that a workflow is active before its address is there. */
export async function post(
	{ url }: N8n,
	path: string,
	body: string | FormData,
	headers: Record<string, string> = {},
): Promise<Response> {
	for (let tries = 1; ; tries++) {
		const response = await fetch(`${url}/${path}`, { method: 'POST', body, headers });
		if (response.status !== 404 || tries === 100) return response;
		await sleep(POLL_MS);
	}
}

export interface Page {
	/** What a person reads, without tags. */
	text: string;
	/** The file that the browser saves. */
	file?: { name: string; content: string };
}

/**
 * Fills in a form in the order of its fields, waits for its last page as the browser does, and reads that.
 */
export async function submit(n8n: N8n, path: string, values: Array<string | File>): Promise<Page> {
	const form = new FormData();
	for (const [at, value] of values.entries()) form.append(`field-${at}`, value);
	const response = await post(n8n, `form/${path}`, form);
	const { formWaitingUrl } = (await response.json()) as { formWaitingUrl: string };
	const { pathname, search } = new URL(formWaitingUrl);
	const waiting = `${n8n.url}${pathname}`;
	for (;;) {
		const status = await (await fetch(`${waiting}/n8n-execution-status${search}`)).text();
		if (status.trim() === 'form-waiting') break;
		if (['error', 'crashed', 'canceled', 'success'].includes(status.trim()))
			throw new Error(`The workflow ended without a page: ${status}`);
		await sleep(POLL_MS);
	}
	const html = await (await fetch(waiting + search)).text();
	// The page's own script says that it was shown, which ends the execution.
	await fetch(waiting + search, { method: 'POST' });
	return pageOf(html);
}

function pageOf(html: string): Page {
	const [, body = ''] = /<body>([\s\S]*?)(?:<div class='n8n-link'>|<script)/.exec(html) ?? [];
	const page: Page = { text: wordsOf(body) };
	const [, encoded = ''] = /(?:binaries|binary) = "([^"]*)"/.exec(html) ?? [];
	if (encoded !== '') {
		type Sent = { data: string | { data: number[] }; fileName: string };
		const sent = JSON.parse(decodeURIComponent(encoded)) as Sent | Sent[];
		const [first] = Array.isArray(sent) ? sent : [sent];
		if (first?.data !== undefined) {
			const { data, fileName } = first;
			const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data);
			page.file = { name: fileName, content: bytes.toString('utf8') };
		}
	}
	return page;
}

const wordsOf = (html: string): string =>
	html
		.replace(/<style[\s\S]*?<\/style>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
