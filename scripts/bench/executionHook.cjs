/**
 * Loaded by n8n (EXTERNAL_HOOK_FILES): writes the times that n8n itself reports of an execution into a file, so that they
 * can be had without n8n writing all items of the execution into its database.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

function timesOf({ status, startedAt, stoppedAt, data }) {
	const { runData, error } = data.resultData;
	return {
		status,
		startedAt: startedAt.getTime(),
		stoppedAt: stoppedAt.getTime(),
		error: error?.message,
		nodes: Object.fromEntries(
			Object.entries(runData).map(([name, runs]) => [
				name,
				runs.map(({ startTime, executionTime, data: output }) => ({
					startTime,
					executionTime,
					items: output?.main[0]?.length ?? 0,
				})),
			]),
		),
	};
}

module.exports = {
	workflow: {
		postExecute: [
			async function (run, _workflow, executionId) {
				const file = join(process.env.BENCH_EXECUTIONS, `${executionId}.json`);
				writeFileSync(`${file}.part`, JSON.stringify(timesOf(run)));
				// Whoever waits for the file finds it whole.
				renameSync(`${file}.part`, file);
			},
		],
	},
};
