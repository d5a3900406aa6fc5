import type { Sandbox } from '../../test/sandbox';
import type { Cluster } from './cluster';
import type { Report } from './report';

/** What every proof works with. */
export interface Bench {
	cluster: Cluster;
	sandbox: Sandbox;
	report: Report;
}
