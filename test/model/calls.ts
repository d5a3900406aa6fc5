import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type FaultSpec, type Truth } from '../sandbox';
import { BIRDDOGHR_EXISTING } from '../sandbox/birddoghr';
import { ProcessedData } from '../support/processedData';
import { drive } from './drive';
import type { Count } from './play';
import { fault, type Settings } from './steps';
import { SUBJECTS } from './subjects';

/*
 * What is no save but changes something at the vendor all the same: a résumé that is uploaded, a request of the user's own.
 * None of them may be sent again once it may have been done, whatever makes the node run again.
 */

interface CallStory {
	way: 'uploadResume' | 'apiRequest';
	count: number;
	onError: Settings['onError'];
	retryOnFail: boolean;
	tool: boolean;
	fault?: FaultSpec;
}

export const callStory: fc.Arbitrary<CallStory> = fc.record({
	way: fc.constantFrom<CallStory['way'][]>('uploadResume', 'apiRequest'),
	count: fc.integer({ min: 1, max: 4 }),
	onError: fc.constantFrom<Settings['onError'][]>(
		'stopWorkflow',
		'continueRegularOutput',
		'continueErrorOutput',
	),
	retryOnFail: fc.boolean(),
	tool: fc.boolean(),
	fault: fc.option(fault, { nil: undefined, freq: 4 }),
});

const NAMES = ['cv-1.pdf', 'cv-2.pdf', 'cv-3.pdf', 'cv-4.pdf'];

interface Way {
	vendor: string;
	/** One value for each item. */
	parameters(names: readonly string[]): Readonly<Record<string, readonly unknown[]>>;
	/** How often the vendor did what was asked for this name. */
	done(truth: Truth, name: string): number;
}

const WAYS: Readonly<Record<CallStory['way'], Way>> = {
	uploadResume: {
		vendor: 'ingedata',
		parameters: (names) => ({
			fileUrl: names.map((name) => `https://files.example.com/${name}`),
			mimeType: names.map(() => 'application/pdf'),
			organizationalUnit: names.map(() => 'MG'),
		}),
		// The local vendor calls the person it reads from a file after the file.
		done: ({ records }, name) =>
			records.filter(
				({ value }) => (value as { attributes: IDataObject }).attributes.last_name === name,
			).length,
	},
	apiRequest: {
		vendor: 'birdDogHr',
		parameters: (names) => ({
			method: names.map(() => 'POST'),
			path: names.map(() => '/v2/TalentUser'),
			body: names.map((username) => ({
				username,
				email: 'ada@example.com',
				firstName: 'Ada',
				lastName: 'Example',
				displayName: 'Ada E.',
				employeeId: 'E1',
				jobCode: 'ENG-1',
				location: 'Omaha',
				hireDate: '2026-03-31T00:00:00Z',
				active: true,
				isManager: false,
				manager: BIRDDOGHR_EXISTING[0].name,
			})),
		}),
		done: (truth, name) => truth.savesOf(name),
	},
};

export async function playCalls(story: CallStory, tally: Count): Promise<void> {
	const way = WAYS[story.way];
	const subject = SUBJECTS.find(({ vendor }) => vendor.name === way.vendor)!;
	const sandbox = await startSandbox();
	try {
		if (story.fault !== undefined)
			sandbox.faults.add({ ...story.fault, vendor: subject.vendor.name });
		const names = NAMES.slice(0, story.count);
		const shared = {};
		const node = { name: 'Node', processed: new ProcessedData() };
		const made = (name: string) => way.done(sandbox.truth(way.vendor), name);
		for (const part of story.tool ? names.map((name) => [name]) : [names]) {
			tally.steps++;
			const ended = await drive(sandbox, subject, {
				node,
				items: part.map(() => ({ json: {} })),
				onError: story.onError,
				retryOnFail: story.retryOnFail,
				tool: story.tool,
				executeData: shared,
				byItem: way.parameters(part),
				parameters: { operation: story.way, options: { toolMaxRows: 1000 } },
			});
			for (const name of part)
				if (made(name) > 1) throw new Error(`${name} was sent ${made(name)} times.`);
			if (ended.how !== 'returned') {
				if (story.onError !== 'stopWorkflow')
					throw new Error(
						`A node that continues threw: ${String((ended as { error: unknown }).error)}`,
					);
				if (story.fault === undefined)
					throw new Error('A good call failed though nothing went wrong.');
				continue;
			}
			for (const [at, name] of part.entries()) {
				const own = ended.items.filter(
					({ pairedItem }) => (pairedItem as { item: number }).item === at,
				);
				if (own.length !== 1) throw new Error(`${name} has ${own.length} results.`);
				tally.saved++;
				const failed = own[0].json.error !== undefined;
				// What an answer means is for whoever wrote the request to judge.
				const refused = story.fault?.kind === 'failedRows';
				if (!failed && !refused && made(name) !== 1)
					throw new Error(`${name} is called done, and there are ${made(name)}.`);
				if (failed && story.fault === undefined)
					throw new Error(
						`${name} failed though nothing went wrong: ${JSON.stringify(own[0].json)}`,
					);
			}
		}
	} finally {
		await sandbox.close();
	}
}
