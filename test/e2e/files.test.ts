import { collective } from '../../nodes/Collective/collective.vendor';
import { testOf } from './support/cases';
import {
	MANUAL,
	outputsOf,
	runOnce,
	talentNode,
	theN8n,
	workflowOf,
	type N8n,
} from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds } from './support/world';

/* Files go in and come out as n8n keeps them: inline on 1.123, on disk on 2.x. */

const PDF = Buffer.from('%PDF-1.4 résumé of a practice person').toString('base64');

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});

testOf('collective')('sends a résumé from binary data', async () => {
	const internalUserId = 'e2e-with-resume';
	const execution = await runOnce(n8n, {
		...workflowOf('Résumé into collective', [
			MANUAL,
			{
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: {
					operation: 'toBinary',
					sourceProperty: 'resume',
					binaryPropertyName: 'cv',
					options: { fileName: 'resume.pdf' },
				},
			},
			talentNode(n8n, collective, {
				resource: 'talent',
				operation: 'upsert',
				columns: { mappingMode: 'defineBelow', value: { internalUserId } },
				options: { resumeBinaryProperty: 'cv' },
			}),
		]),
		pinData: { [MANUAL.name]: [{ json: { resume: PDF } }] },
	});
	const { error, outputs } = outputsOf(execution, 'Talent');
	expect(error).toBeUndefined();
	expect(outputs[0][0].json).toMatchObject({
		key: internalUserId,
		status: 'saved',
		action: 'created',
	});
	const record = (await sandbox.truth('collective')).find(({ key }) => key === internalUserId);
	expect(record?.value).toMatchObject({ resume: PDF });
});

testOf('collective').each([
	['getAll', { fullDetails: true }, 3],
	['get', {}, 1],
])('gives CVs out as files that another node can read (%s)', async (operation, options, count) => {
	const { good } = await worlds.collective.asked!('application', operation);
	const [[name, value]] = Object.entries(good);
	const execution = await runOnce(
		n8n,
		workflowOf(`CV from collective ${operation}`, [
			MANUAL,
			talentNode(n8n, collective, {
				resource: 'application',
				operation,
				[name]: { __rl: true, mode: 'id', value },
				binaryPropertyName: 'cv',
				options,
			}),
			{
				name: 'Read',
				type: 'n8n-nodes-base.extractFromFile',
				typeVersion: 1,
				parameters: { operation: 'text', binaryPropertyName: 'cv', options: {} },
			},
		]),
	);
	const { error, outputs } = outputsOf(execution, 'Talent');
	expect(error).toBeUndefined();
	expect(outputs[0][0].binary).toMatchObject({
		cv: { fileName: 'cv-1.pdf', mimeType: 'application/pdf' },
	});
	const texts = outputsOf(execution, 'Read').outputs[0].map(({ json }) => json.data);
	// Whoever applied in another test comes behind them.
	expect(texts.slice(0, count)).toEqual([1, 2, 3].slice(0, count).map((n) => `%PDF-1.4 CV ${n}`));
});
