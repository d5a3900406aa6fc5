import type { ResourceMapperField } from 'n8n-workflow';

import type { FieldKind, Resource, SaveOperation } from '../definition';
import { UNVERIFIED } from '../definition/contract';
import { columnsOf, type ColumnView } from '../mapping';
import { YES_OR_NO } from './asked';
import { valueOptions } from './parameter';
import { isWeak } from './texts';

type MapperType = Pick<ResourceMapperField, 'type' | 'options'>;

const TEXT: MapperType = { type: 'string' };

/**
 * n8n refuses to run a node whose mapper holds a constant that does not fit the type, so a type other than text is given
 * only where every other value would be refused by us as well. Dates are text because n8n moves them to its own time zone.
 * Yes-or-no fields are a choice because the editor gives a switch the value false as soon as it is shown.
 */
function typeOf({ field, many }: ColumnView): MapperType {
	if (many || field.wire !== 'asIs') return TEXT;
	switch (field.kind) {
		case 'number':
			return { type: 'number' };
		case 'boolean':
			return { type: 'options', options: YES_OR_NO };
		case 'choice':
			return field.openValues ? TEXT : { type: 'options', options: valueOptions(field.values) };
		case 'object':
			return { type: 'object' };
		case 'objectList':
			return { type: 'array' };
		default:
			return TEXT;
	}
}

/** Text fields in n8n's mapper have neither placeholder nor description, so the name has to say how a value is written. */
const FORMS: Partial<Record<FieldKind, string>> = { date: 'Y-M-D', dateTime: 'Y-M-D H:M' };

/** Characters of a name that n8n has room for. A longer one is cut off, and pushes its field out of the panel. */
export const NAME_ROOM = 26;

/** The label with what it means and how it is written, as far as there is room. */
function nameOf({ label, field, column }: ColumnView, weak: boolean): string {
	const said = weak ? [UNVERIFIED] : [];
	const { meaning } = column ?? field;
	const form = FORMS[field.kind];
	const named = (...more: Array<string | undefined>) => {
		const inBrackets = more.filter(Boolean).join(', ');
		return [label, ...(inBrackets === '' ? [] : [`(${inBrackets})`]), ...said].join(' ');
	};
	const fits = (name: string) => name.length <= NAME_ROOM;
	return [named(meaning, form), named(meaning), named(form)].find(fits) ?? named();
}

/** The columns the editor offers for the records of an operation. */
export const mapperFields = (resource: Resource, operation: SaveOperation): ResourceMapperField[] =>
	columnsOf(resource, operation).map((column) => {
		const { key, field, fieldKey, required, shown } = column;
		const weak = isWeak(field.evidence ?? resource.fields[fieldKey].evidence);
		return {
			id: key,
			displayName: nameOf(column, weak),
			required: required.includes(operation.purpose),
			// Nobody types base64: a file comes from the binary data of the item.
			display: field.file === undefined,
			// Not shown, but there to be added. What is required for a new record is useful for any, unless the rest is stored already.
			removed:
				operation.purpose === 'fill' ? !required.includes('fill') : required.length === 0 && !shown,
			// Which record is meant is settled by the operation, not by the user.
			defaultMatch: false,
			canBeUsedToMatch: false,
			...typeOf(column),
		};
	});
