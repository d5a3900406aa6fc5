import { createRequire } from 'node:module';
import { inspect } from 'node:util';

import { LoggerProxy, type Logger } from 'n8n-workflow';

/** n8n-core brings its own copies of these; others of the same name may be installed beside it. */
const own = createRequire(require.resolve('n8n-core'));
const { Container } = own('@n8n/di') as {
	Container: {
		get<T>(type: new (...parts: never[]) => T): T;
		set(type: unknown, value: unknown): void;
	};
};
const common = own('@n8n/backend-common') as { Logger: unknown };

/** Everything n8n has logged since the tests began, one entry a line. */
export const logLines: string[] = [];

const record =
	(level: string) =>
	(message: string, details?: object): void => {
		const more = details === undefined ? '' : ` ${inspect(details, { depth: 8 })}`;
		logLines.push(`${level}: ${message}${more}`);
	};

const recorder: Logger & { scoped(): Logger } = {
	debug: record('debug'),
	info: record('info'),
	warn: record('warn'),
	error: record('error'),
	scoped: () => recorder,
};

Container.set(common.Logger, recorder);
LoggerProxy.init(recorder);

export { Container };
