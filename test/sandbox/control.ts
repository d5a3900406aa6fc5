import type { FaultSpec } from './faults';
import type { Sandbox } from './server';
import { isObject, type Answer } from './vendor';

/**
 * The sandbox's own interface under `/__sandbox/`, for a process that cannot reach its objects.
 *
 * `GET ledger` · `GET truth?vendor=` · `GET | POST | DELETE faults` · `POST reset`
 *
 * A fault is posted as JSON, with `pathPattern` (source of a regular expression) where code would
 * give a `RegExp` as `path`, and without the functions `when` and `pick`.
 */
export function control(
	sandbox: Sandbox,
	request: { method: string; action: string; query: URLSearchParams; body: unknown },
): Answer {
	const vendor = request.query.get('vendor') ?? '';
	switch (`${request.method} ${request.action}`) {
		case 'GET ledger':
			return { status: 200, body: sandbox.ledger };
		case 'GET truth':
			return sandbox.vendors.includes(vendor)
				? { status: 200, body: sandbox.truth(vendor) }
				: { status: 404, body: { message: `Vendors here: ${sandbox.vendors.join(', ')}` } };
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
