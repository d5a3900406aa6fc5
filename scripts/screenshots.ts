/**
 * `npm run screenshots`: a tour through the editor of a real n8n in a browser, as its users see this
 * package. Everything on the way is checked, and the pictures of the documentation are taken anew.
 *
 * `--check` only checks, `--journeys` goes only the ways of new users. What else there is to look at, all panels and the texts in them, is in
 * `test-results/editor`.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startSandbox } from '../test/sandbox';
import { startChromium } from './editor/chromium';
import { journeys, journeyTable } from './editor/journeys';
import { credentialDialogs } from './editor/credentialDialogs';
import { Editor } from './editor/editor';
import { nodesPanel } from './editor/nodesPanel';
import { panels } from './editor/panels';
import { LOOKED_AT, Pictures } from './editor/pictures';
import { Report } from './editor/report';
import { runs } from './editor/runs';
import { showcase } from './editor/showcase';
import type { Tour } from './editor/tour';
import { N8nClient } from './lib/n8nClient';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { installPackage } from './lib/n8nPackage';
import { startN8n } from './lib/n8nServer';
import { N8N_ROOT } from './lib/paths';
import { freePort } from './lib/ports';
import { OWNER, practiceCredentials, provideFiles } from './lib/practice';
import { run } from './lib/processes';
import { secondsSince, step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';

const HOME = join(N8N_ROOT, 'editor');

/** The address of the local vendors is in pictures, so it should be the same each time. */
const SANDBOX_PORT = 47_000;

/** Answers with the exit code. */
async function main(): Promise<number> {
	const start = Date.now();
	const browser = await startChromium();
	await step('Build the package', () => run('npm', ['run', 'build']));
	const installed = await installN8n(N8N_CURRENT);
	await rm(HOME, { recursive: true, force: true });
	await step('Install the package into n8n', () => installPackage(HOME));
	const sandbox = await startSandbox({ port: await freePort(SANDBOX_PORT) });
	const { url } = await step(`Start n8n ${installed.line.n8n}`, () => startN8n(installed, HOME));

	const client = new N8nClient(url);
	await client.signIn(OWNER);
	const credentials: Tour['credentials'] = new Map();
	for (const practice of practiceCredentials(sandbox)) {
		const { type, name, data } = practice;
		const id = await client.saveCredential(type, name, data);
		credentials.set(type, { ...practice, id });
	}
	const report = new Report();
	const pictures = await Pictures.into(report, !process.argv.includes('--check'));
	const editor = await Editor.open(browser, client, url);
	const files = await provideFiles(HOME);
	const tour: Tour = { client, url, home: HOME, credentials, files, editor, report, pictures };
	try {
		if (!process.argv.includes('--journeys')) await wholeTour(tour);
		await step('Go from nothing to the first person saved', () => journeys(tour));
	} catch (error) {
		await pictures.stopped(editor.page);
		report.check(false, `the tour stopped here: ${String(error)}`);
	}
	report.at('The editor');
	for (const complaint of editor.complaints) report.check(false, complaint);
	await writeFile(join(LOOKED_AT, 'texts.md'), report.texts.join('\n'));
	await browser.close();

	console.log(`\n${journeyTable(report.journeys)}`);
	console.log(`\n${report.checks} checks, ${pictures.count} pictures, ${secondsSince(start)}.`);
	if (report.wrong.length === 0) return 0;
	console.error(`${report.wrong.length} are wrong:\n- ${report.wrong.join('\n- ')}`);
	return 1;
}

async function wholeTour(tour: Tour): Promise<void> {
	await step('Look for the nodes in the nodes panel', () => nodesPanel(tour));
	await step('Fill in the credentials, wrong and right', () => credentialDialogs(tour));
	await step('Choose every operation in the panels of the nodes', () => panels(tour));
	await step('Set the nodes up as people do', () => showcase(tour));
	await step('Run workflows', () => runs(tour));
}

runToEnd(main);
