import type { INodeProperties } from 'n8n-workflow';

import type { N8nLine } from './n8nInstall';
import {
	evidenceOf,
	type Basis,
	type Evidence,
	type Field,
	type Fields,
	type Resource,
	type Vendor,
	type Rate,
	type WriteEndpoint,
	type WritePurpose,
} from '../../nodes/shared/definition';
import { STANDARD_LABELS, STANDARD_OPERATIONS } from '../../nodes/shared/definition/contract';
import { propertiesOf } from '../../nodes/shared/ui';
import { operationDescription, operationLabel } from '../../nodes/shared/ui/labels';

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** How firm the ground is, for the matrix. */
const MARKS: Readonly<Record<Basis, string>> = {
	documented: '●',
	observed: '◐',
	unverified: '○',
};

const LEGEND = `${MARKS.documented} documented by the vendor, ${MARKS.observed} seen in public code that uses the service, ${MARKS.unverified} unverified. A number stands for the reason why there is nothing.`;

/** Every resource against the standard operations, as Markdown, with the reason for each that is missing. */
export function operationMatrix(vendors: readonly Vendor[]): string {
	const reasons: string[] = [];
	const numberOf = (reason: string): string => {
		if (!reasons.includes(reason)) reasons.push(reason);
		return String(reasons.indexOf(reason) + 1);
	};
	const rows = vendors.flatMap(({ displayName, resources }) =>
		resources.map((resource) => {
			const name = `${displayName}: ${resource.label}`;
			const cells = STANDARD_OPERATIONS.map((standard) => {
				const operation = resource.operations[standard];
				if (operation !== undefined) return MARKS[evidenceOf(resource, operation).basis];
				return numberOf(`${name}: ${resource.silent?.[standard] ?? 'not said'}`);
			});
			return [name, ...cells];
		}),
	);
	const head = ['', ...STANDARD_OPERATIONS.map((name) => STANDARD_LABELS[name])];
	const list = reasons.map((reason, at) => `${at + 1}. ${reason}`);
	return [table(head, rows), LEGEND, ...(list.length === 0 ? [] : [list.join('\n')])].join('\n\n');
}

const sourceLink = ({ source }: Evidence): string =>
	source.startsWith('https://') ? `[source](${source})` : source;

/** What each operation does and what it rests on, as Markdown. */
export const operationTable = ({ resources }: Vendor): string =>
	table(
		['Resource', 'Operation', 'What it does', 'Rests on', 'Source'],
		resources.flatMap((resource) =>
			Object.entries(resource.operations).map(([name, operation]) => {
				const evidence = evidenceOf(resource, operation);
				return [
					resource.label,
					operationLabel(resource, name, operation),
					operationDescription(resource, name, operation),
					evidence.basis,
					sourceLink(evidence),
				];
			}),
		),
	);

const limitOf = ({ requests, seconds }: Rate): string =>
	seconds === 60 ? String(requests) : `${requests} in ${seconds} seconds`;

/** Records in one request and in one page, and what the node keeps to by itself. */
export function limitsTable(vendors: readonly Vendor[]): string {
	const most = (numbers: Array<number | undefined>) =>
		Math.max(...numbers.map((number) => number ?? 0)) || undefined;
	return table(
		['', 'Rows in a request', 'Size of a request', 'Records in a page', 'In parallel', 'A minute'],
		vendors.map(({ displayName, resources, concurrency, rate }) => {
			const endpoints = resources.flatMap((resource) => Object.values(resource.endpoints));
			const writes = endpoints.filter(
				(endpoint): endpoint is WriteEndpoint =>
					endpoint.does === 'write' && endpoint.request.method !== 'DELETE',
			);
			const pages = endpoints.map((endpoint) =>
				endpoint.does === 'list' && 'pageSize' in endpoint.paging
					? endpoint.paging.pageSize
					: undefined,
			);
			const bytes = most(writes.map(({ maxBytes }) => maxBytes));
			return [
				displayName,
				String(most(writes.map(({ max }) => max)) ?? ''),
				bytes === undefined ? 'not stated' : `${bytes / BYTES_PER_MB} MB`,
				String(most(pages) ?? 'no pages'),
				String(concurrency),
				rate === undefined ? 'not limited' : limitOf(rate),
			];
		}),
	);
}

/** The options of Bulk Save and Import, each with what it is before one touches it and whose it is. */
export function bulkOptionTable(vendors: readonly Vendor[]): string {
	const found = new Map<string, { option: INodeProperties; place: string; owners: Set<string> }>();
	for (const vendor of vendors)
		for (const property of propertiesOf(vendor)) {
			const shown = property.displayOptions?.show?.operation ?? [];
			if (!['bulkSave', 'import'].some((each) => shown.includes(each))) continue;
			const place = PLACES[property.name];
			if (place === undefined) continue;
			const { type, options } = property;
			for (const option of type === 'collection' ? (options as INodeProperties[]) : [property]) {
				const known = found.get(option.displayName) ?? { option, place, owners: new Set() };
				known.owners.add(vendor.displayName);
				found.set(option.displayName, known);
			}
		}
	return table(
		['Option', 'What it does', 'If you do not touch it', 'Where to find it', 'In'],
		[...found.values()]
			.sort((a, b) => a.option.displayName.localeCompare(b.option.displayName))
			.map(({ option, place, owners }) => [
				option.displayName,
				GENERAL_TEXTS[option.name] ?? option.description ?? '',
				untouched(option),
				place,
				owners.size === vendors.length ? 'every vendor' : [...owners].join(', '),
			]),
	);
}

/** Where the editor asks for what is decided beside the records. */
const PLACES: Readonly<Record<string, string>> = {
	validateOnly: 'in the panel',
	unknownFields: 'in the panel',
	duplicates: 'in the panel',
	sameValues: 'in the panel',
	valueMapping: 'in the panel',
	options: 'Options',
	technicalOptions: 'Technical Options',
};

/** Where the text in the editor speaks of one vendor's records. */
const GENERAL_TEXTS: Readonly<Record<string, string>> = {
	chunkSize: 'How many records to send in one request',
	duplicates: 'What to do with rows that have the same key',
};

/** Every other switch starts as on only because adding it is meant to turn it on. */
const ON_WITHOUT_BEING_ADDED = new Set(['waitForResult']);

/** What holds without the option, where that can be said in a word. */
function untouched({ name, type, default: value, options = [] }: INodeProperties): string {
	if (['chunkSize', 'concurrency', 'requestsPerMinute'].includes(name)) return 'see Limits';
	if (type === 'boolean') return ON_WITHOUT_BEING_ADDED.has(name) ? 'on' : 'off';
	// Added, it skips; without it all rows are sent.
	if (name === 'skipUnchanged') return 'Send All Rows';
	if (type === 'options')
		return options.find((option) => 'value' in option && option.value === value)?.name ?? '';
	return type === 'number' ? String(value) : '';
}

/** The versions that the end-to-end tests run. */
export const compatibilityTable = (lines: readonly N8nLine[]): string =>
	table(
		['n8n', 'Node.js'],
		lines.map(({ n8n, node }) => [n8n, node]),
	);

const BYTES_PER_MB = 1_000_000;

function typeOf({ kind, format, file, values, openValues, wire }: Field): string {
	const known = values?.join(', ');
	switch (kind) {
		case 'text':
			if (wire === 'digits') return 'phone number, digits';
			if (file !== undefined)
				return `file${file.kinds === undefined ? '' : ` (${file.kinds.join(', ')})`}`;
			return { email: 'e-mail address', phone: 'phone number', url: 'web address', none: 'text' }[
				format ?? 'none'
			];
		case 'boolean':
			return 'yes or no';
		case 'dateTime':
			return 'date and time';
		case 'choice':
			return openValues ? `text, for example ${known}` : `one of ${known}`;
		case 'textList':
			return known === undefined ? 'list of texts' : `list of ${known}`;
		case 'objectList':
			return 'list of objects';
		case 'json':
			return 'JSON';
		default:
			return kind;
	}
}

const limitsOf = ({ maxLength, decimals, file }: Field): string =>
	[
		...(maxLength === undefined ? [] : [`${maxLength} characters`]),
		...(decimals === undefined ? [] : [decimals === 0 ? 'whole' : `${decimals} decimals`]),
		...(file?.maxBytes === undefined ? [] : [`${file.maxBytes / BYTES_PER_MB} MB`]),
	].join(', ');

/** When a field is required, as people call it who do not speak of HTTP. */
const PURPOSES: Readonly<Record<WritePurpose, string>> = {
	create: 'create',
	replace: 'replace',
	patch: 'save',
	fill: 'fill',
};

const purposes = (required: readonly WritePurpose[] = []): string =>
	required.map((purpose) => PURPOSES[purpose]).join(', ');

const yes = (is: boolean | undefined): string => (is ? 'yes' : '');

/** Fields and, below each nested one, its flat columns and members. */
function fieldRows(fields: Fields, under = ''): string[][] {
	return Object.entries(fields).flatMap(([key, field]) => {
		const path = under + key;
		const own = [
			field.label,
			(field.naming?.names ?? [path]).map((name) => `\`${name}\``).join(' or '),
			field.access === 'readOnly' ? `${typeOf(field)}, read only` : typeOf(field),
			purposes(field.required),
			limitsOf(field),
			yes(field.clearWith !== undefined),
			yes(field.personal),
			field.evidence?.basis ?? '',
		];
		const columns = Object.entries(field.columns ?? {}).map(
			([column, { label, into, member, required }]) => [
				label,
				`\`${column}\``,
				into === 'each'
					? `column, a list for \`${path}.${member}\``
					: `column for \`${path}.${member}\``,
				purposes(required),
				...['', '', '', ''],
			],
		);
		return [own, ...columns, ...fieldRows(field.members ?? {}, `${path}.`)];
	});
}

/** The fields of a resource, as Markdown. */
export const fieldTable = ({ fields }: Resource): string =>
	table(
		['Label', 'Key', 'Type', 'Required', 'Limits', 'Can be cleared', 'Personal', 'Rests on'],
		fieldRows(fields),
	);

/** The fields of each of a vendor's resources, under headings of the third level. */
export const fieldTables = ({ resources }: Vendor): string =>
	resources.map((resource) => `### ${resource.label}\n\n${fieldTable(resource)}`).join('\n\n');
