import {
	evidenceOf,
	lowered,
	type Basis,
	type Operation,
	type Resource,
	type Vendor,
} from '../definition';
import {
	isStandard,
	STANDARD_LABELS,
	UNVERIFIED,
	UPSERT_DESCRIPTION,
	type StandardOperation,
} from '../definition/contract';
import { isWeak, unverified } from './texts';

const isWeakOperation = (resource: Resource, operation: Operation): boolean =>
	isWeak(evidenceOf(resource, operation));

/** These labels are compared by n8n's linter, so their description or notice alone says what they rest on. */
const UNMARKED = new Set(['getAll', 'upsert']);

export function operationLabel(resource: Resource, name: string, operation: Operation): string {
	const label = operation.label ?? (isStandard(name) ? STANDARD_LABELS[name] : name);
	const marked = isWeakOperation(resource, operation) && !UNMARKED.has(name);
	return marked && !label.endsWith(UNVERIFIED) ? `${label} ${UNVERIFIED}` : label;
}

/** What the canvas shows below a node's name: `Bulk Save: Talent`. What stands in brackets has room in the panel only. */
export function subtitleOf({ resources }: Vendor): string {
	const words = resources.flatMap((resource) =>
		Object.entries(resource.operations).map(([name, operation]) => {
			const label = operationLabel(resource, name, operation).replace(/ \(.*$/, '');
			return [`${resource.name} ${name}`, `${label}: ${resource.label}`];
		}),
	);
	// One level deep: two closing braces would end the expression.
	return `={{ (${JSON.stringify(Object.fromEntries(words))})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
}

const describe: Readonly<Record<StandardOperation, (one: string, many: string) => string>> = {
	getAll: (_, many) => `List ${many}`,
	get: (one) => `Read one ${one}`,
	create: (one) => `Create a new ${one}`,
	update: (one) => `Change an existing ${one}`,
	upsert: () => UPSERT_DESCRIPTION,
	delete: (one) => `Delete an existing ${one}`,
	bulkSave: (_, many) =>
		`For rows of another node: saves all input items as ${many}, with a result for each`,
	import: (_, many) => `For a file: saves its rows as ${many}, with a result for each`,
};

export function operationDescription(
	resource: Resource,
	name: string,
	operation: Operation,
): string {
	const standard = isStandard(name)
		? describe[name](lowered(resource.label), lowered(resource.plural))
		: operation.action;
	const description = operation.description ?? standard;
	const marked = isWeakOperation(resource, operation) && name !== 'upsert';
	return marked ? unverified(description) : description;
}

/** The mark of what it rests on. What exactly is known stands in the vendor's page. */
const GROUNDS: Readonly<Record<Basis, string | undefined>> = {
	documented: undefined,
	observed: 'Unverified: seen in public code only.',
	unverified: 'Unverified: try one record first.',
};

/** What the user must know before running it, consequences first; undefined when there is nothing. */
export function operationNotice(resource: Resource, operation: Operation): string | undefined {
	const { notice } = operation;
	const ground = GROUNDS[evidenceOf(resource, operation).basis];
	if (notice === undefined || ground === undefined) return notice ?? ground;
	return /unverified/i.test(notice) ? notice : `${notice} ${ground}`;
}
