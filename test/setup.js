const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core writes a settings file when it is loaded. One folder for each worker keeps that file out
// of the home directory and two workers out of each other's way.
process.env.N8N_USER_FOLDER = join(
	tmpdir(),
	'n8n-nodes-talent-test',
	process.env.JEST_WORKER_ID ?? '1',
);
