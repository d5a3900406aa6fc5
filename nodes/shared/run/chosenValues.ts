import type { IDataObject } from 'n8n-workflow';

import { listed, type Resource, type SaveOperation } from '../definition';
import { SetupFault } from '../http';
import {
	columnsOf,
	presenceOf,
	type ChosenValues,
	type Mapper,
	type ValuesReport,
} from '../mapping';
import type { Options } from './options';
import { isLocator } from './parameters';
import { unusable } from './values';

const SAME = 'Same Value for Every Row';
const MAPPING = 'Value Mapping';

/** What the user has said of values for all rows of the run. */
export function chosenValuesOf(
	{ sameValues, valueMapping, unmappedValues = 'send' }: Options,
	resource: Resource,
	operation: SaveOperation,
): ChosenValues {
	const labels = new Map(columnsOf(resource, operation).map(({ key, label }) => [key, label]));
	const labelOf = (option: string, key: unknown): string => {
		const label = labels.get(String(key));
		if (label !== undefined) return label;
		throw unusable(option, 'is set for something that is no field here. Choose one of the list.');
	};

	const same = new Map<string, unknown>();
	for (const { field, value } of sameValues?.values ?? []) {
		const label = labelOf(SAME, field);
		const given = chosenIn(value);
		if (presenceOf(given) !== 'value')
			throw unusable(SAME, `has no value for "${label}". Enter one, or remove it.`);
		if (same.has(String(field)))
			throw unusable(SAME, `has two values for "${label}". Keep one of them.`);
		same.set(String(field), given);
	}

	const translations = new Map<string, Map<string, unknown>>();
	for (const { field, from, to } of valueMapping?.values ?? []) {
		const label = labelOf(MAPPING, field);
		const text = presenceOf(from) === 'value' ? String(from).trim() : undefined;
		const given = chosenIn(to);
		if (text === undefined || presenceOf(given) !== 'value')
			throw unusable(
				MAPPING,
				`has an entry for "${label}" that is not filled in. Enter both values, or remove it.`,
			);
		let entries = translations.get(String(field));
		if (entries === undefined) translations.set(String(field), (entries = new Map()));
		const known = [...entries.keys()].some((other) => other.toLowerCase() === text.toLowerCase());
		if (known)
			throw unusable(MAPPING, `has two entries for one value of "${label}". Keep one of them.`);
		entries.set(text, given);
	}
	return { same, translations, unmapped: unmappedValues };
}

const chosenIn = (value: unknown): unknown =>
	isLocator(value) && 'value' in value ? value.value : value;

/** @throws SetupFault before anything is sent: what is wrong would be wrong in every row */
export function refuseWrongChoices(mapper: Mapper): void {
	const [issue] = mapper.choiceIssues();
	if (issue !== undefined)
		throw new SetupFault({ code: 'REFUSED', message: issue.message, applied: 'no' });
}

const rowsOf = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

/** What the choices did, for a hint. Values of people stand in none. */
export const choiceNotices = (report: ValuesReport): string[] => [
	...filledLine(report),
	...report.unmapped.map((column) =>
		column.personal ? `${unmappedStart(column)}. The summary lists them.` : unmappedLine(column),
	),
];

/** The same for whoever gets the summary. */
export const choiceLines = (report: ValuesReport): string[] => [
	...filledLine(report),
	...report.unmapped.map(unmappedLine),
];

/** The same as numbers. */
export const choiceCounts = ({ filled, unmapped }: ValuesReport): IDataObject => ({
	...(filled.length > 0 && {
		filled: Object.fromEntries(filled.map(({ label, rows }) => [label, rows])),
	}),
	...(unmapped.length > 0 && {
		unmapped: Object.fromEntries(
			unmapped.map(({ label, values }) => [label, Object.fromEntries(values)]),
		),
	}),
});

function filledLine({ filled }: ValuesReport): string[] {
	if (filled.length === 0) return [];
	const parts = filled.map(({ label, rows }) => `"${label}" in ${rowsOf(rows)}`);
	return [`Filled in as "${SAME}" says: ${parts.join(', ')}.`];
}

type Unmapped = ValuesReport['unmapped'][number];

const unmappedStart = ({ label, values }: Unmapped): string =>
	`"${MAPPING}" has no entry for ${values.length} ${values.length === 1 ? 'value' : 'values'} of "${label}"`;

function unmappedLine(column: Unmapped): string {
	const shown = column.values.map(([value, count]) => `${value} (${rowsOf(count)})`);
	return `${unmappedStart(column)}: ${listed(shown)}.`;
}
