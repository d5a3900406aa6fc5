import type { Concept, FieldKind, WireForm } from '../field';
import { fieldsOfRule } from '../vendor';
import {
	allFieldsIn,
	columnKeys,
	evidenceIn,
	fieldsIn,
	flatColumnsIn,
	parametersIn,
	type Rule,
} from './walk';

/** Kinds of values each wire form can spell. */
const WIRE_KINDS: Readonly<Record<Exclude<WireForm, 'asIs'>, readonly string[]>> = {
	epochSeconds: ['date', 'dateTime'],
	isoMidnight: ['date'],
	commaJoined: ['textList', 'choices'],
	centsText: ['number'],
	digits: ['text'],
};

const fitsWire = (kind: string, wire: WireForm = 'asIs'): boolean =>
	wire === 'asIs' || WIRE_KINDS[wire].includes(kind);

/** What says who somebody is, how to reach them or where they live. */
const PERSONAL_CONCEPTS: ReadonlySet<Concept | undefined> = new Set<Concept>([
	...(['givenName', 'middleName', 'familyName', 'displayName'] as const),
	...(['email', 'phone', 'birthDate', 'address'] as const),
]);

/** n8n's guideline for what is still easy to read. */
const SIMPLIFIED_FIELDS = 10;

const NESTED: ReadonlySet<FieldKind> = new Set(['object', 'objectList']);

export const fieldRules = {
	*columnKeysUnique({ resources }) {
		for (const { name, fields } of resources) {
			const seen = new Set(Object.keys(fields));
			for (const [key, { columns = {} }] of Object.entries(fields))
				for (const column of Object.keys(columns)) {
					if (seen.has(column))
						yield `${name}.fields.${key}: the column key "${column}" stands twice.`;
					seen.add(column);
				}
		}
	},

	*columnLabelsUnique({ resources }) {
		for (const { name, fields } of resources) {
			const seen = new Set<string>();
			for (const [key, field] of Object.entries(fields)) {
				if (field.access === 'readOnly') continue;
				for (const { label } of field.columns === undefined
					? [field]
					: Object.values(field.columns)) {
					if (seen.has(label.toLowerCase()))
						yield `${name}.fields.${key}: two columns have the label "${label}".`;
					seen.add(label.toLowerCase());
				}
			}
		}
	},

	*columnsFitTheirField(vendor) {
		for (const { at, is, field } of flatColumnsIn(vendor)) {
			const kind = is.into === 'inside' ? 'object' : 'objectList';
			if (field.kind !== kind)
				yield `${at}: a column that writes ${is.into} needs a field of kind ${kind}, this is ${field.kind}.`;
			const member = field.members?.[is.member];
			if (member === undefined) yield `${at}: the field has no member "${is.member}".`;
			else if (NESTED.has(member.kind))
				yield `${at}: the member "${is.member}" is nested, a column takes plain values.`;
			for (const beside of Object.keys(is.beside ?? {}))
				if (field.members?.[beside] === undefined)
					yield `${at}: the field has no member "${beside}" to set beside it.`;
		}
	},

	*keyFieldExists({ resources }) {
		for (const { name, key, fields } of resources)
			if (!(key in fields)) yield `${name}: the key "${key}" is no field.`;
	},

	*rulesNameFields({ resources }) {
		for (const { name, rules = [], fields } of resources)
			for (const key of rules.flatMap((rule) => fieldsOfRule(rule)))
				if (!(key in fields)) yield `${name}.rules: "${key}" is no field.`;
	},

	*rulesNameValues({ resources }) {
		for (const { name, rules = [], fields } of resources)
			for (const rule of rules) {
				if (!('anyOf' in rule)) continue;
				for (const part of rule.anyOf) {
					if (typeof part === 'string' || !(part.field in fields)) continue;
					// A list or an object has no single value to compare with.
					if (!['text', 'number', 'boolean', 'choice'].includes(fields[part.field].kind))
						yield `${name}.rules: "${part.field}" has no single value that a rule could name.`;
					else if (!fields[part.field].schema.safeParse(part.is).success)
						yield `${name}.rules: "${part.field}" never has the value ${JSON.stringify(part.is)}.`;
				}
			}
	},

	*onlyWritableFieldsAreCleared(vendor) {
		for (const { at, is } of allFieldsIn(vendor))
			if (is.clearWith !== undefined && is.access === 'readOnly')
				yield `${at}: a field that cannot be written cannot be cleared.`;
	},

	*onlyListsAreClearedByEmptyList(vendor) {
		for (const { at, is } of allFieldsIn(vendor)) {
			const mayBeList = ['textList', 'objectList', 'json'].includes(is.kind) && is.wire === 'asIs';
			if (is.clearWith === 'emptyList' && !mayBeList)
				yield `${at}: it holds no list that an empty list could replace.`;
		}
	},

	*extensionsHaveColumns(vendor) {
		for (const { at, resource, is } of fieldsIn(vendor)) {
			const extension = is.file?.extension;
			const columns = Object.entries(resource.fields).flatMap(([key, field]) =>
				columnKeys(key, field),
			);
			if (extension !== undefined && !columns.includes(extension))
				yield `${at}: the extension goes to "${extension}", which is no column.`;
		}
	},

	*neededFieldsAreNotCleared(vendor) {
		for (const { at, resource, key, is } of fieldsIn(vendor))
			if (is.clearWith !== undefined && (key === resource.key || is.required?.includes('patch')))
				yield `${at}: a field that every save needs cannot be cleared.`;
	},

	*requiredFieldsCanBeWritten(vendor) {
		for (const { at, is } of allFieldsIn(vendor))
			if (is.access === 'readOnly' && is.required !== undefined)
				yield `${at}: a field that cannot be written is required.`;
	},

	*wireFitsKind(vendor) {
		for (const { at, is } of [...allFieldsIn(vendor), ...parametersIn(vendor)])
			if (!fitsWire(is.kind, is.wire))
				yield `${at}: ${is.wire} cannot spell values of kind ${is.kind}.`;
	},

	*secondPassIsOptional(vendor) {
		for (const { at, is } of fieldsIn(vendor))
			if (is.relation?.order === 'secondPass' && (is.required?.length ?? 0) > 0)
				yield `${at}: it is sent in a second pass and cannot be required in the first.`;
	},

	*relationsReferToFields(vendor) {
		for (const { at, resource, is } of fieldsIn(vendor))
			for (const key of is.relation?.refersTo.split(' ') ?? [])
				if (!(key in resource.fields)) yield `${at}: it refers to "${key}", which is no field.`;
	},

	*fillingsFitTheirField(vendor) {
		for (const { at, resource, is } of fieldsIn(vendor)) {
			const { whenMissing } = is;
			if (whenMissing === undefined) continue;
			if (whenMissing === 'now') {
				if (is.kind !== 'dateTime') yield `${at}: only an instant can be the time of the run.`;
			} else if ('value' in whenMissing) {
				if (!is.schema.safeParse(whenMissing.value).success)
					yield `${at}: it cannot hold what is sent where it is missing.`;
			} else
				for (const key of whenMissing.joined)
					if (resource.fields[key]?.kind !== 'text')
						yield `${at}: it is made of "${key}", which is no field of text.`;
		}
	},

	*peopleAreMarkedPersonal(vendor) {
		const message = (at: string, concept?: Concept) =>
			`${at}: ${concept} is personal data and not marked so.`;
		for (const { at, is } of allFieldsIn(vendor))
			if (PERSONAL_CONCEPTS.has(is.concept) && !is.personal) yield message(at, is.concept);
		for (const { at, is, field } of flatColumnsIn(vendor))
			if (
				PERSONAL_CONCEPTS.has(is.concept) &&
				!field.personal &&
				!field.members?.[is.member]?.personal
			)
				yield message(at, is.concept);
	},

	*simplifiedOutputIsShort({ resources }) {
		for (const { name, fields } of resources) {
			const count = Object.values(fields).filter((field) => field.simplified).length;
			if (count > SIMPLIFIED_FIELDS)
				yield `${name}: ${count} fields are marked simplified, the limit is ${SIMPLIFIED_FIELDS}.`;
		}
	},

	*namesAreToChooseFrom(vendor) {
		for (const { at, key, is } of fieldsIn(vendor)) {
			const names = is.naming?.names;
			if (names === undefined) continue;
			if (names[0] !== (is.path ?? key))
				yield `${at}: the first name is "${names[0]}", but "${is.path ?? key}" is sent.`;
			if (new Set(names).size < names.length) yield `${at}: a name stands twice.`;
		}
	},

	*membersHaveOneName(vendor) {
		for (const { at, is } of allFieldsIn(vendor))
			for (const [key, member] of Object.entries(is.members ?? {}))
				if (member.naming !== undefined)
					yield `${at}.${key}: only fields of records can be given a name by the user.`;
	},

	*sourcesCanBeRead(vendor) {
		for (const { at, is } of evidenceIn(vendor))
			if (!/^(https:\/\/\S+$|VENDOR\.md\b)/.test(is.source))
				yield is.source === ''
					? `${at}: say in "source" where this is documented, as a public address or a place in VENDOR.md.`
					: `${at}: the source "${is.source}" is neither a public address nor a place in VENDOR.md.`;
	},
} satisfies Record<string, Rule>;
