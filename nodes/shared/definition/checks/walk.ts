import type { Endpoint, Parameter } from '../endpoint';
import type { Evidence } from '../evidence';
import type { Column, Field, Fields } from '../field';
import {
	endpointsOf,
	isRouteChoice,
	type Operation,
	type Route,
	type SaveOperation,
} from '../operation';
import type { Resource, Vendor } from '../vendor';

/** One thing of a definition and where it stands, for example `talent.fields.emails.address`. */
export interface Place<T> {
	at: string;
	resource: Resource;
	key: string;
	is: T;
}

/** A rule: what a definition does wrong, a sentence each. */
export type Rule = (vendor: Vendor) => Iterable<string>;

function* placesIn<T>(
	resource: Resource,
	under: string,
	things: Readonly<Record<string, T>> = {},
): Generator<Place<T>> {
	for (const [key, is] of Object.entries(things))
		yield { at: `${under}.${key}`, resource, key, is };
}

const inResources = function* <T>(
	{ resources }: Vendor,
	take: (resource: Resource) => Iterable<Place<T>>,
): Generator<Place<T>> {
	for (const resource of resources) yield* take(resource);
};

export const operationsIn = (vendor: Vendor): Iterable<Place<Operation>> =>
	inResources(vendor, (resource) => placesIn(resource, resource.name, resource.operations));

export function* savesIn(vendor: Vendor): Generator<Place<SaveOperation>> {
	for (const { is, ...place } of operationsIn(vendor))
		if (is.does === 'save') yield { ...place, is };
}

export const endpointsIn = (vendor: Vendor): Iterable<Place<Endpoint>> =>
	inResources(vendor, (resource) =>
		placesIn(resource, `${resource.name}.endpoints`, resource.endpoints),
	);

/** Parameters of endpoints, and the endpoint each belongs to. */
export function* parametersIn(
	vendor: Vendor,
): Generator<Place<Parameter> & { endpoint: Endpoint }> {
	for (const { at, resource, is: endpoint } of endpointsIn(vendor))
		for (const place of placesIn(resource, at, endpoint.parameters)) yield { ...place, endpoint };
}

/** Fields of records, without the members of nested ones. */
export const fieldsIn = (vendor: Vendor): Iterable<Place<Field>> =>
	inResources(vendor, (resource) => placesIn(resource, `${resource.name}.fields`, resource.fields));

/** Fields of records and, at any depth, their members. */
export function* allFieldsIn(vendor: Vendor): Generator<Place<Field>> {
	function* within(resource: Resource, under: string, fields?: Fields): Generator<Place<Field>> {
		for (const place of placesIn(resource, under, fields)) {
			yield place;
			yield* within(resource, place.at, place.is.members);
		}
	}
	for (const resource of vendor.resources)
		yield* within(resource, `${resource.name}.fields`, resource.fields);
}

/** Flat columns of nested fields, at any depth, and the field each writes into. */
export function* flatColumnsIn(vendor: Vendor): Generator<Place<Column> & { field: Field }> {
	for (const { at, resource, is: field } of allFieldsIn(vendor))
		for (const place of placesIn(resource, at, field.columns)) yield { ...place, field };
}

/** Keys of the columns people fill for a field: itself, or its flat columns. */
export const columnKeys = (key: string, field: Field): string[] =>
	field.columns === undefined ? [key] : Object.keys(field.columns);

/** The routes a save may take, one for each choice of the user. */
export const routesOf = ({ route }: SaveOperation): Route[] =>
	isRouteChoice(route) ? route.choices.map((choice) => choice.route) : [route];

/** Names of the endpoints an operation sends its requests to. Polls and parts of other resources are not among them. */
export function namesOf(operation: Operation): string[] {
	switch (operation.does) {
		case 'request':
			return [];
		case 'save':
			return endpointsOf(operation.route);
		case 'list':
			return [
				operation.endpoint,
				...(operation.details === undefined ? [] : [operation.details.endpoint]),
			];
		default:
			return [operation.endpoint];
	}
}

/** Everything in a definition that names its source. */
export function* evidenceIn(vendor: Vendor): Generator<{ at: string; is: Evidence }> {
	yield* endpointsIn(vendor);
	for (const { at, is } of [...allFieldsIn(vendor), ...parametersIn(vendor)])
		if (is.evidence !== undefined) yield { at, is: is.evidence };
	for (const { at, is } of operationsIn(vendor)) if (is.does === 'request') yield { at, is };
	if (vendor.oneTimeToken !== undefined) yield { at: 'oneTimeToken', is: vendor.oneTimeToken };
}
