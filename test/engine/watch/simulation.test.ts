import type { Resource, Vendor as Definition, Watch } from '../../../nodes/shared/definition';
import { budgetOf, Sender, TransportFault, type HttpResponse } from '../../../nodes/shared/http';
import { watchesOf } from '../../../nodes/shared/ui';
import { watcherOf, type Cursor, type Happening } from '../../../nodes/shared/watch';
import { seededRandom } from '../../sandbox/random';
import { wholeVendors } from '../../support/vendors';
import { VirtualPort } from '../../support/virtualPort';
import { inSmallPages, Vendor } from './vendor';

/** A second or two each on a machine that has nothing else to do. */
jest.setTimeout(60_000);

/* A model of each watched vendor against the watching: what is lost, what comes twice. */

const cases = wholeVendors.flatMap((vendor) =>
	watchesOf(vendor).map(({ resource, key, watch }) => ({ vendor, resource, key, watch })),
);

interface Setup {
	vendor: Definition;
	resource: Resource;
	watch: Watch;
	seed: number;
	changes: number;
	/** Requests that end in a fault, of a hundred. */
	faults: number;
	/** Polls after which n8n is killed, of a hundred. `together`: it stores cursor and items at once. */
	kills: number;
	together: boolean;
	/** Moves the cursor before the items are given, which must be noticed. */
	early?: boolean;
}

function play({ vendor, resource, watch, seed, changes, faults, kills, together, early }: Setup) {
	const random = seededRandom(seed);
	const chance = (percent: number) => random() * 100 < percent;
	const small = inSmallPages(resource);
	// eslint-disable-next-line prefer-const -- the vendor's clock is the port's, and the port asks the vendor
	let port: VirtualPort;
	const lateMs = watch.by === 'changelog' || watch.by === 'compare' ? 0 : 60_000;
	const model = new Vendor(small, watch, () => port.clock, random, lateMs);
	let left = 0;
	const act = () => {
		if (left <= 0) return;
		left--;
		const kind = random();
		if (kind < 0.4 || model.people.size === 0) model.make();
		else model.change(kind > 0.9);
	};
	let calm = true;
	port = new VirtualPort((request): HttpResponse | Error => {
		if (!calm && chance(10)) act();
		if (!calm && chance(faults))
			return [
				{ status: 429, headers: { 'retry-after': '1' }, body: {} },
				{ status: 503, headers: {}, body: {} },
				new TransportFault('cut', 'The connection was cut'),
				{ status: 200, headers: {}, body: '<html>' },
			][Math.floor(random() * 4)];
		return model.answer(request);
	});
	const readerNow = () => ({
		resource: small,
		baseUrl: 'https://vendor.example',
		sender: new Sender(port, {
			baseUrl: 'https://vendor.example',
			budget: budgetOf(`simulation ${seed} ${vendor.name} ${random()}`),
			maxWaitMs: 60_000,
			timeoutMs: 10_000,
			errorMessages: [],
			redact: (text) => text,
		}),
	});
	const values = { ...watch.fixed };
	const watcher = () => watcherOf(readerNow(), watch, values, () => port.clock);

	const given: Happening[] = [];
	const repeatable = new Set<string>();
	let cursor: Cursor | undefined;
	const nameOf = ({ found }: Happening) => `${found.id} ${found.version}`;

	async function poll(): Promise<void> {
		try {
			if (cursor === undefined) cursor = await watcher().begin();
			else {
				const before = cursor;
				const { happenings, cursor: after } = await watcher().advance(cursor, 10);
				const stored = JSON.parse(JSON.stringify(after)) as Cursor;
				if (!chance(kills)) {
					for (const each of happenings) given.push(each);
					cursor = stored;
				} else if (early) cursor = stored;
				else if (!together && chance(50)) {
					// The items were handed over; that they were is forgotten.
					for (const each of happenings) given.push(each);
					for (const each of happenings) repeatable.add(nameOf(each));
					cursor = before;
				}
			}
		} catch (error) {
			if (!(error instanceof Error)) throw error;
		}
	}

	return (async () => {
		for (let n = 0; n < 20; n++) model.make();
		port.clock += 600_000;
		await poll();
		const first = [...model.people.keys()].length;
		left = changes;
		calm = false;
		while (left > 0) {
			const burst = 1 + Math.floor(random() * 12);
			for (let n = 0; n < burst; n++) act();
			port.clock += Math.floor(random() * 90_000);
			await poll();
		}
		calm = true;
		if (!early) kills = 0;
		for (let quiet = 0; quiet < 3; ) {
			port.clock += watch.by === 'changelog' ? 1_800_000 : 60_000;
			const before = given.length;
			await poll();
			quiet = given.length === before ? quiet + 1 : 0;
		}
		return { given, model, first, repeatable, nameOf, cursor };
	})();
}

/** Who was not given in their last state, though it came after the start. */
function lost({ given, model, first }: Awaited<ReturnType<typeof play>>, watch: Watch): number[] {
	const known = new Set(
		given.map(({ found }) => {
			const { version } = found.record as { version?: number };
			const id = JSON.stringify(found.record).match(/"(\d+)"/)?.[1];
			return watch.events.includes('changed') ? `${id} ${version}` : String(id);
		}),
	);
	return [...model.people.values()]
		.filter(({ id, changed, made }) => {
			if (watch.events.includes('changed')) {
				if (id <= first && changed === made) return false;
				return !known.has(`${id} ${changed}`);
			}
			return id > first && !known.has(String(id));
		})
		.map(({ id }) => id);
}

function doubled({ given, repeatable, nameOf }: Awaited<ReturnType<typeof play>>): string[] {
	const seen = new Set<string>();
	return given.map(nameOf).filter((name) => {
		const again = seen.has(name);
		seen.add(name);
		return again && !repeatable.has(name);
	});
}

describe.each(cases)('$vendor.displayName: $watch.label', ({ vendor, resource, watch }) => {
	const base = { vendor, resource, watch, changes: 200, faults: 10, kills: 10 };

	it.each([1, 2])('loses nobody and gives nobody twice (%i)', async (seed) => {
		const end = await play({ ...base, seed, together: true });
		expect(lost(end, watch)).toEqual([]);
		expect(doubled(end)).toEqual([]);
		expect(end.given.length).toBeGreaterThan(40);
	});

	it.each([4])(
		'loses nobody where n8n stores cursor and items apart, and repeats only what was in doubt (%i)',
		async (seed) => {
			const end = await play({ ...base, seed, together: false });
			expect(lost(end, watch)).toEqual([]);
			expect(doubled(end)).toEqual([]);
		},
	);

	it('would lose people if the cursor moved before they are given', async () => {
		const end = await play({ ...base, seed: 6, together: true, early: true, kills: 60 });
		expect(lost(end, watch).length).toBeGreaterThan(0);
	});
});
