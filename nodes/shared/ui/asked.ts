import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Locator, Parameter, Resource } from '../definition';
import type { ColumnView } from '../mapping';
import { controlOf, describeControl, locatorControl, valueOptions, type Shape } from './parameter';

export const YES_OR_NO: INodePropertyOptions[] = [
	{ name: 'Yes', value: true },
	{ name: 'No', value: false },
];

/** The values of a field as a list shows them; none where it takes anything. */
export const valuesToChoose = ({ kind, values }: Field): INodePropertyOptions[] =>
	kind === 'boolean' ? YES_OR_NO : valueOptions(values);

const PARAMETER_KINDS = { object: 'json', objectList: 'json' } as const;

function shapeOf({ field, many }: ColumnView, preset: Parameter['default']): Shape {
	const { kind, values, openValues } = field;
	const plain = kind === 'object' || kind === 'objectList' ? PARAMETER_KINDS[kind] : kind;
	return {
		kind: many ? 'textList' : plain,
		values,
		openValues,
		default: preset,
		required: true,
	};
}

/** How the resource's own records are chosen elsewhere; undefined when they are not, or not by the key. */
export function keyLocator(resource: Resource): Locator | undefined {
	const keyPath = resource.fields[resource.key]?.path ?? resource.key;
	for (const endpoint of Object.values(resource.endpoints))
		for (const { locator } of Object.values(endpoint.parameters ?? {})) {
			const own = locator?.resource === undefined || locator.resource === resource.name;
			if (own && locator?.search !== undefined && (locator.value ?? keyPath) === keyPath)
				return locator;
		}
	return undefined;
}

/** A column of the record that is asked by itself. */
export function askedProperty(
	resource: Resource,
	column: ColumnView,
	preset: Parameter['default'],
): INodeProperties {
	const { key, label, help, field } = column;
	const { placeholder } = field;
	const shape = shapeOf(column, preset);
	const locator = key === resource.key ? keyLocator(resource) : field.locator;
	const control = locator
		? locatorControl(resource.name, locator, placeholder)
		: shape.kind === 'boolean'
			? { type: 'options' as const, options: YES_OR_NO, default: preset === true }
			: controlOf(shape);
	const description = describeControl(shape, help);
	return {
		displayName: label,
		name: key,
		...control,
		required: true,
		...(placeholder === undefined || locator !== undefined ? {} : { placeholder }),
		...(description === undefined ? {} : { description }),
		...(field.where === undefined ? {} : { hint: field.where }),
	};
}
