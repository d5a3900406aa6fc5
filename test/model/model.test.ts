import fc from 'fast-check';

import { callStory, playCalls } from './calls';
import { passTime, useVirtualTime } from './clock';
import { play, type Count } from './play';
import { storyOf } from './steps';
import { SUBJECTS } from './subjects';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await passTime(ms),
}));

/*
 * A second opinion on what is called saved: nodes are driven as n8n drives them, through whatever befalls people, and what
 * they say is held against what the local vendors hold. `npm run model` looks for longer, with another seed each time.
 */

const SECONDS = Number(process.env.MODEL_SECONDS ?? 8);
/** Always the same in `npm test`, so that a red test there is red everywhere. */
const SEED = Number(process.env.MODEL_SEED ?? 20260101);

/** Far above what a story takes. */
jest.setTimeout((SECONDS * 2 + 120) * 1000);

beforeAll(useVirtualTime);
afterAll(() => jest.restoreAllMocks());

/** Plays stories until the time is over. A story that does not add up is shrunk to a short one and told. */
async function tell<T>(
	name: string,
	stories: fc.Arbitrary<T>,
	playOne: (story: T, count: Count) => Promise<void>,
): Promise<void> {
	const count: Count = { steps: 0, saved: 0 };
	const start = performance.now();
	try {
		await fc.assert(
			fc.asyncProperty(stories, async (story) => await playOne(story, count)),
			{
				seed: SEED,
				numRuns: 1_000_000,
				interruptAfterTimeLimit: SECONDS * 1000,
				markInterruptAsFailure: false,
			},
		);
	} finally {
		const seconds = (performance.now() - start) / 1000;
		process.stderr.write(
			`${name}: ${count.steps} runs of its node in ${seconds.toFixed(1)} s, seed ${SEED}\n`,
		);
	}
	// Stories in which nothing is saved would prove nothing.
	expect(count.saved).toBeGreaterThan(0);
}

describe.each(SUBJECTS.map((subject) => [subject.vendor.name, subject] as const))(
	'%s',
	(name, subject) => {
		it('holds what its node calls saved, and nothing else', async () => {
			await tell(name, storyOf(subject), async (story, count) => await play(subject, story, count));
		});
	},
);

it('what is no save is done once, whatever makes the node run again', async () => {
	await tell('calls', callStory, playCalls);
});
