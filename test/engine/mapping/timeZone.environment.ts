import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Runs a test file in the time zone of its `@jest-environment-options`. A test's own `process.env` is a copy that node does not
 * watch; this one is real, and node reads it anew for the next date.
 */
export default class TimeZoneEnvironment extends TestEnvironment {
	private readonly before = process.env.TZ;

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		const { timeZone } = config.projectConfig.testEnvironmentOptions;
		process.env.TZ = String(timeZone);
		this.global.expectedTimeZone = timeZone;
	}

	override async teardown(): Promise<void> {
		if (this.before === undefined) delete process.env.TZ;
		else process.env.TZ = this.before;
		await super.teardown();
	}
}
