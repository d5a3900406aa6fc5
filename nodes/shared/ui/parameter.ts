import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Locator, Parameter } from '../definition';
import { searchMethod } from './methods';
import { isWeak, prose } from './texts';

/** n8n's linter wants lists of five and more in alphabetical order; shorter ones keep theirs. */
const SORTED_FROM = 5;

export const sortedOptions = (options: INodePropertyOptions[]): INodePropertyOptions[] =>
	options.length < SORTED_FROM
		? options
		: [...options].sort((a, b) => a.name.localeCompare(b.name));

export const sortedProperties = (properties: INodeProperties[]): INodeProperties[] =>
	properties.length < SORTED_FROM
		? properties
		: [...properties].sort((a, b) => a.displayName.localeCompare(b.displayName));

/** Words that stay in capitals. */
const CAPITALS = /^(id|url|json|iso|jtn)$/i;

/** A vendor's value as n8n's linter wants an option's name; one that does not begin in lower case is a name already. */
const valueName = (value: string): string =>
	/^\p{Ll}/u.test(value)
		? value
				.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
				.split(/[\s_]+/)
				.map((word) =>
					CAPITALS.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
				)
				.join(' ')
		: value;

export const valueOptions = (values: readonly string[] = []): INodePropertyOptions[] =>
	sortedOptions(values.map((value) => ({ name: valueName(value), value })));

/** What the control for a value depends on. */
export type Shape = Pick<
	Parameter,
	'kind' | 'values' | 'openValues' | 'default' | 'required' | 'placeholder'
>;

type Control = Pick<INodeProperties, 'type' | 'default' | 'typeOptions' | 'options'>;

const textOf = (value: Parameter['default']): string =>
	Array.isArray(value) ? value.join(', ') : String(value ?? '');

export function controlOf(shape: Shape): Control {
	const { kind, values, openValues, default: preset, required } = shape;
	switch (kind) {
		case 'boolean':
			return { type: 'boolean', default: preset === true };
		case 'number':
			// A required number must not be sent as 0 by those who overlook it.
			if (required && preset === undefined) return { type: 'string', default: '' };
			return { type: 'number', default: Number(preset ?? 0) };
		case 'date':
			return { type: 'dateTime', typeOptions: { dateOnly: true }, default: textOf(preset) };
		case 'dateTime':
			return { type: 'dateTime', default: textOf(preset) };
		case 'json':
			return { type: 'json', default: textOf(preset) || '{}' };
		case 'choice':
			if (!openValues)
				return {
					type: 'options',
					options: valueOptions(values),
					default: String(preset ?? values?.[0] ?? ''),
				};
			break;
		case 'choices':
			if (!openValues)
				return {
					type: 'multiOptions',
					options: valueOptions(values),
					default: Array.isArray(preset) ? [...preset] : [],
				};
	}
	return { type: 'string', default: textOf(preset) };
}

/** The help, and what people must know to fill the control. */
export function describeControl(shape: Shape, help: string | undefined): string | undefined {
	const { kind, values, openValues } = shape;
	const several = kind === 'textList' || (kind === 'choices' && openValues);
	return prose(
		help,
		several ? 'Separate several values by commas' : undefined,
		openValues && values !== undefined ? `Known values are ${values.join(', ')}` : undefined,
		kind === 'dateTime' ? 'A time without a zone is taken as UTC' : undefined,
	);
}

/** One record, chosen from a list or by its ID. */
export function locatorControl(
	resource: string,
	locator: Locator,
	placeholder: string | undefined,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	const byId = {
		displayName: 'By ID',
		name: 'id',
		type: 'string' as const,
		...(placeholder === undefined ? {} : { placeholder }),
	};
	if (locator.search === undefined)
		return {
			type: 'resourceLocator',
			default: { __rl: true, mode: 'id', value: '' },
			modes: [byId],
		};
	return {
		type: 'resourceLocator',
		default: { __rl: true, mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: searchMethod(locator.resource ?? resource, locator),
					searchable: true,
				},
			},
			byId,
		],
	};
}

const UNDOCUMENTED = 'Unverified: this is in no documentation of the service';

/** The control of an endpoint's parameter. `alone`: not a member of a collection, where nothing can be required. */
export function parameterProperty(
	resource: string,
	key: string,
	parameter: Parameter,
	alone: boolean,
): INodeProperties {
	const { label, help, where, placeholder, locator, required, evidence } = parameter;
	// Who adds a switch to a collection wants it on.
	const added = !alone && parameter.kind === 'boolean' ? { default: true } : {};
	const control =
		locator === undefined
			? { ...controlOf(parameter), ...added }
			: locatorControl(resource, locator, placeholder);
	const described = describeControl(parameter, alone ? help : prose(help, where));
	const description = isWeak(evidence) ? prose(described, UNDOCUMENTED) : described;
	return {
		displayName: label,
		name: key,
		...control,
		...(alone && required ? { required } : {}),
		...(placeholder === undefined || locator !== undefined ? {} : { placeholder }),
		...(description === undefined ? {} : { description }),
		...(alone && where !== undefined ? { hint: where } : {}),
	};
}
