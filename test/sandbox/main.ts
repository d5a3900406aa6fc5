import { parseArgs } from 'node:util';

import { startSandbox } from '.';

/**
 * Runs the sandbox as a process of its own:
 * `tsx test/sandbox/main.ts [--port 0] [--vendors a,b] [--delay ms] [--jitter ms]`.
 * Prints one line of JSON, `{ url, vendors: { <name>: <base URL> } }`, once it listens, and ends on
 * SIGINT or SIGTERM.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			vendors: { type: 'string' },
			delay: { type: 'string', default: '0' },
			jitter: { type: 'string', default: '0' },
		},
	});
	const sandbox = await startSandbox({
		port: Number(values.port),
		vendors: values.vendors?.split(','),
		delay: { ms: Number(values.delay), jitter: Number(values.jitter) },
	});
	const vendors = Object.fromEntries(sandbox.vendors.map((name) => [name, sandbox.baseUrl(name)]));
	process.stdout.write(`${JSON.stringify({ url: sandbox.url, vendors })}\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => sandbox.close());
}

void main();
