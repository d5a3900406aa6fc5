/**
 * Local stand-ins for what examples talk to besides the vendors: an ATS that is asked for an applicant, a channel that
 * takes messages, a mail server, a chat model. They hold what an example needs and nothing else.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createMailServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

import { answerOf, type ChatRequest } from './chatModel';
import { ROOT } from './paths';

const LEVER_KEY = 'practice-lever-key';
const MODEL_KEY = 'practice-model-key';

export interface StandIns {
	/** What stands in an example, and what it becomes here. */
	addresses: Record<string, string>;
	credentials: Array<{ type: string; name: string; data: object }>;
	/** What was posted to the channel, oldest first. */
	messages: string[];
	/** E-mails as they came, oldest first. */
	mails: string[];
	close(): Promise<void>;
}

/** Status and body of an answer; a text stays one, as Slack gives it. */
type Answer = [status: number, body: unknown];

export async function startStandIns(): Promise<StandIns> {
	const messages: string[] = [];
	const mails: string[] = [];
	const mail = await startMail(mails);
	const server = createServer((request, response) => {
		void bodyOf(request)
			.then((body) => answerTo(request, body, messages))
			.catch((error: unknown): Answer => [500, { error: String(error) }])
			.then(([status, body]) => {
				const isText = typeof body === 'string';
				response.writeHead(status, {
					'content-type': isText ? 'text/html' : 'application/json',
				});
				response.end(isText ? body : JSON.stringify(body));
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		addresses: {
			'https://api.lever.co': `${url}/lever`,
			'https://hooks.slack.com': `${url}/slack`,
		},
		credentials: [
			{ type: 'httpBasicAuth', name: 'Lever API key', data: { user: LEVER_KEY, password: '' } },
			{
				type: 'httpBasicAuth',
				name: 'Greenhouse webhook sign-in',
				data: { user: 'greenhouse', password: 'practice-webhook-password' },
			},
			{
				type: 'httpHeaderAuth',
				name: 'Key of the import workflow',
				data: { name: 'X-Import-Key', value: 'practice-import-key' },
			},
			{
				type: 'openAiApi',
				name: 'Chat model',
				data: { apiKey: MODEL_KEY, url: `${url}/model/v1` },
			},
			{
				type: 'smtp',
				name: 'Mail server',
				data: {
					user: '',
					password: '',
					host: '127.0.0.1',
					port: (mail.address() as AddressInfo).port,
					secure: false,
					disableStartTls: true,
				},
			},
		],
		messages,
		mails,
		close: async () => {
			mail.close();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

/** A mail server that takes whatever comes. */
async function startMail(mails: string[]): Promise<Server> {
	const END = '\r\n.\r\n';
	const server = createMailServer((socket) => {
		let text = '';
		let isMail = false;
		const say = (line: string) => socket.write(`${line}\r\n`);
		const hear = (line: string) => {
			const word = line.slice(0, 4).toUpperCase();
			isMail = word === 'DATA';
			say({ DATA: '354 Go on', QUIT: '221 Bye' }[word] ?? '250 OK');
			if (word === 'QUIT') socket.end();
		};
		say('220 practice');
		socket.on('error', () => socket.destroy());
		socket.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
			for (;;) {
				const end = isMail ? END : '\r\n';
				const at = text.indexOf(end);
				if (at < 0) return;
				const part = text.slice(0, at);
				text = text.slice(at + end.length);
				if (!isMail) hear(part);
				else {
					mails.push(part);
					isMail = false;
					say('250 OK');
				}
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return text;
}

function answerTo(
	{ url = '', method, headers }: IncomingMessage,
	body: string,
	messages: string[],
): Answer {
	const [, service, ...path] = url.split('?')[0].split('/');
	const signIn = headers.authorization;
	switch (`${method} ${service}`) {
		case 'GET lever':
			return signIn === `Basic ${Buffer.from(`${LEVER_KEY}:`).toString('base64')}`
				? opportunity(path.join('/'))
				: [401, { code: 'Unauthorized', message: 'The API key is wrong.' }];
		case 'POST slack':
			messages.push((JSON.parse(body) as { text: string }).text);
			return [200, 'ok'];
		case 'GET model':
		case 'POST model':
			if (signIn !== `Bearer ${MODEL_KEY}`) return [401, { error: { message: 'Wrong API key' } }];
			return method === 'GET'
				? [200, { object: 'list', data: [{ id: 'practice-model', object: 'model' }] }]
				: [200, answerOf(JSON.parse(body) as ChatRequest)];
		default:
			return [404, { error: `Nothing answers ${method} ${url}` }];
	}
}

/** The one opportunity that Lever's example webhook is about. */
function opportunity(path: string): Answer {
	const held = JSON.parse(
		readFileSync(join(ROOT, 'examples/data/lever-opportunity.json'), 'utf8'),
	) as { data: { id: string } };
	return path === `v1/opportunities/${held.data.id}`
		? [200, held]
		: [404, { code: 'ResourceNotFound', message: 'Opportunity was not found' }];
}
