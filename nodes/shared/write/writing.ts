import type { Fault } from '../http';
import { Aftermath } from './aftermath';
import { Dispatch } from './dispatch';
import { Health } from './health';
import type { SaveJob } from './job';
import { Pool } from './pool';
import { Report } from './report';

/** What all parts of one run work with: the job, and what has become of it so far. */
export class Writing {
	readonly pool: Pool;
	readonly report: Report;
	readonly health: Health;
	readonly aftermath: Aftermath;
	readonly dispatch: Dispatch;

	constructor(readonly job: SaveJob) {
		this.pool = new Pool(job.concurrency);
		this.report = new Report(job);
		this.health = new Health(this.report);
		this.aftermath = new Aftermath(job, this.pool, this.report, this.health);
		this.dispatch = new Dispatch(job, this.pool, this.report, this.health, (...verdict) =>
			this.aftermath.settle(...verdict),
		);
	}

	/** Whether anything was sent is known when the requests under way have ended. */
	async broke(error: unknown): Promise<Fault> {
		await this.pool.drain();
		return this.health.broke(error);
	}
}
