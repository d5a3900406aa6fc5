import type { FaultSpec } from './faults';
import type { Sandbox } from './server';
import { isObject, type Answer, type Happening } from './vendor';

/**
 * The sandbox's own interface under `/__sandbox/`, for a process that cannot reach its objects.
 *
 * `GET ledger` · `GET truth?vendor=` · `GET counts?vendor=` · `GET | POST | DELETE faults` · `POST fill?vendor=` ·
 * `POST happen?vendor=` · `POST reset`
 *
 * A fault is posted as JSON, with `pathPattern` (source of a regular expression) where code would
 * give a `RegExp` as `path`, and without the functions `when` and `pick`.
 */
export function control(
	sandbox: Sandbox,
	request: { method: string; action: string; query: URLSearchParams; body: unknown },
): Answer {
	const vendor = request.query.get('vendor') ?? '';
	const isServed = sandbox.vendors.includes(vendor);
	const notServed = {
		status: 404,
		body: { message: `Vendors here: ${sandbox.vendors.join(', ')}` },
	};
	switch (`${request.method} ${request.action}`) {
		case 'GET ledger':
			return { status: 200, body: sandbox.ledger };
		case 'GET truth':
			return isServed ? { status: 200, body: sandbox.truth(vendor) } : notServed;
		case 'GET counts':
			return isServed ? { status: 200, body: countsOf(sandbox, vendor) } : notServed;
		case 'POST fill':
			return isServed ? fill(sandbox, vendor, request.body) : notServed;
		case 'POST happen':
			return isServed ? happen(sandbox, vendor, request.body) : notServed;
		case 'GET faults':
			return { status: 200, body: sandbox.faults.list() };
		case 'POST faults':
			return addFault(sandbox, request.body);
		case 'DELETE faults':
			sandbox.faults.clear();
			return { status: 204 };
		case 'POST reset':
			sandbox.reset();
			return { status: 204 };
		default:
			return { status: 404, body: { message: 'No such control' } };
	}
}

function addFault(sandbox: Sandbox, body: unknown): Answer {
	if (!isObject(body)) return { status: 400, body: { message: 'A fault is a JSON object' } };
	try {
		const { pathPattern } = body;
		const path = pathPattern === undefined ? body.path : new RegExp(String(pathPattern));
		sandbox.faults.add({ ...body, path } as unknown as FaultSpec);
	} catch (error) {
		return { status: 400, body: { message: (error as Error).message } };
	}
	return { status: 201, body };
}

/** Ledger and truth without what was sent, which is much after large runs. */
function countsOf({ ledger, truth }: Sandbox, vendor: string) {
	const requests = ledger.requests.filter((entry) => entry.vendor === vendor);
	const { created, updated, deleted } = truth(vendor);
	return {
		requests: requests.length,
		connections: new Set(requests.map(({ connection }) => connection)).size,
		created,
		updated,
		deleted,
	};
}

function fill(sandbox: Sandbox, vendor: string, body: unknown): Answer {
	const count = isObject(body) ? body.count : undefined;
	if (!Number.isInteger(count)) return { status: 400, body: { message: 'How many is "count"' } };
	return sandbox.fill(vendor, count as number)
		? { status: 204 }
		: { status: 501, body: { message: `${vendor} cannot be filled` } };
}

function happen(sandbox: Sandbox, vendor: string, body: unknown): Answer {
	const { what, count = 1 } = isObject(body) ? body : {};
	const ids = sandbox.happen(vendor, what as Happening, Number(count));
	return ids === undefined
		? { status: 501, body: { message: `${String(what)} cannot happen at ${vendor}` } }
		: { status: 200, body: ids };
}
