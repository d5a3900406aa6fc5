import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

/** A payload as the documents of a system show it, and what is to be understood of it. */
export interface Example {
	of: string;
	payload: IDataObject;
	person?: Record<string, unknown[]>;
	skip?: string;
	problem?: string;
}

const FOLDER = join(__dirname, 'examples');

/** By system. */
export const EXAMPLES: ReadonlyMap<string, Example[]> = new Map(
	readdirSync(FOLDER).map((name) => [
		name.replace('.json', ''),
		(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { examples: Example[] }).examples,
	]),
);

/** As n8n's Webhook node gives what it received. */
export const received = (body: IDataObject): IDataObject => ({
	headers: { 'content-type': 'application/json', 'user-agent': 'example' },
	params: {},
	query: {},
	body,
	webhookUrl: 'https://n8n.example.com/webhook/people',
	executionMode: 'production',
});
