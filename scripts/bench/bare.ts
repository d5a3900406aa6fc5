/**
 * The same work without n8n, as a process of its own so that its time, CPU and memory are its own: reads people from a
 * file and saves them, or lists talents. Prints `{ url }` once it listens; a task is posted to it as JSON.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { INGEDATA_TALENTS_PATH } from '../../test/sandbox/ingedata';
import { WHOZ_SAVE_PATH } from '../../test/sandbox/whoz';
import { bareClient, SideBySide, type BareKind, type BareSettings } from '../lib/bareClient';
import { readPeople, type Row } from './people';

interface Task extends BareSettings {
	kind: BareKind;
	/** Records in one request. */
	size: number;
}

export interface SaveTask extends Task {
	do: 'save';
	/** CSV file of the people. */
	file: string;
}

export interface ListTask extends Task {
	do: 'list';
}

export interface Answer {
	/** Rows that were sent. */
	size: number;
	body?: unknown;
	error?: string;
}

export interface Done {
	ms: number;
	cpuMs: number;
	/** Of a save: what was said to each request, in the order of the rows. */
	answers: Answer[];
	/** Of a list. */
	records: number;
}

const recordOf = (row: Row) => ({
	externalId: row['External ID'],
	firstName: row['First Name'],
	lastName: row['Last Name'],
	emails: [{ address: row.Email, main: true }],
	history: [{ since: row.Since, workspaceId: row['Workspace ID'] }],
	tags: row.Tags.split('; '),
});

async function save({ kind, size, ...settings }: SaveTask, people: Row[]): Promise<Answer[]> {
	const client = bareClient(kind, settings);
	const sending = new SideBySide(settings.concurrency);
	const answers: Answer[] = [];
	for (let at = 0; at < people.length; at += size) {
		const data = people.slice(at, at + size).map(recordOf);
		const body = JSON.stringify({
			configuration: { usingPatch: true, trustedSource: false },
			data,
		});
		const answer: Answer = { size: data.length };
		answers.push(answer);
		await sending.add(async () => {
			try {
				answer.body = await client.ask('POST', WHOZ_SAVE_PATH, body);
			} catch (error) {
				answer.error = String(error);
			}
		});
	}
	await sending.end();
	client.close();
	return answers;
}

/** Page after page, since only a page that is not full says that it is the last. */
async function list({ kind, size, ...settings }: ListTask): Promise<number> {
	const client = bareClient(kind, settings);
	const records: unknown[] = [];
	for (let page = 1; ; page++) {
		const path = `${INGEDATA_TALENTS_PATH}?page[number]=${page}&page[size]=${size}`;
		const { data } = (await client.ask('GET', path)) as { data: unknown[] };
		for (const record of data) records.push(record);
		if (data.length < size) break;
	}
	client.close();
	return records.length;
}

async function perform(task: SaveTask | ListTask): Promise<Done> {
	// The rows are there before n8n's nodes start as well.
	const people = task.do === 'save' ? await readPeople(task.file) : [];
	const cpu = process.cpuUsage();
	const start = performance.now();
	const answers = task.do === 'save' ? await save(task, people) : [];
	const records = task.do === 'list' ? await list(task) : 0;
	const ms = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	return { ms, cpuMs: (user + system) / 1000, answers, records };
}

if (require.main === module) {
	const server = createServer(async (incoming, outgoing) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		try {
			const task = JSON.parse(Buffer.concat(chunks).toString()) as SaveTask | ListTask;
			outgoing.end(JSON.stringify(await perform(task)));
		} catch (error) {
			outgoing.writeHead(500).end(String(error));
		}
	});
	server.listen(0, '127.0.0.1', () => {
		const { port } = server.address() as AddressInfo;
		console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
	});
}
