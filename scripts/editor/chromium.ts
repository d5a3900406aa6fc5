import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';

import { run } from '../lib/processes';
import { step } from '../lib/progress';

/** A browser of the machine's own: what `CHROMIUM` says, else where Debian and others put it. */
const PLACES = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// Pixels do not depend on the machine's screen or colours.
	'--force-device-scale-factor=1',
	'--force-color-profile=srgb',
	// Nothing but this machine can be reached, whatever the editor or the browser asks for.
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** What n8n's editor calls the attribute that names its parts. */
selectors.setTestIdAttribute('data-test-id');

const found = (): string | undefined =>
	PLACES.find((path): path is string => path !== undefined && existsSync(path));

/**
 * Starts Chromium with an empty profile; installs it first where that is possible.
 *
 * @throws Error that says what is missing
 */
export async function startChromium(): Promise<Browser> {
	if (found() === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
		await step('Install Chromium (only once)', installWithApt);
	const executablePath = found();
	if (executablePath === undefined)
		throw new Error(
			'There is no Chromium on this machine. Install it (Debian and Ubuntu: apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome.',
		);
	// Signals are this script's to handle: it stops n8n as well.
	return await chromium.launch({
		executablePath,
		args: FLAGS,
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
}

async function installWithApt(): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update'], { env });
	await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
}
