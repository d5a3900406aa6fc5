import type { Concept } from '../definition';
import type { ColumnView } from './types';

/** A person nobody is, in forms that no vendor's check refuses: addresses and numbers are reserved for examples. */
const BY_CONCEPT: Readonly<Partial<Record<Concept, string>>> = {
	givenName: 'Jane',
	familyName: 'Example',
	displayName: 'Jane Example',
	username: 'jane.example',
	jobTitle: 'Engineer',
	department: 'Research',
	location: 'Paris',
	country: 'France',
	phone: '202-555-0100',
	linkedIn: 'https://www.linkedin.com/in/jane-example',
};
const BY_FORMAT = {
	email: 'jane.example@example.com',
	phone: '202-555-0100',
	url: 'https://www.example.com/jane',
} as const;

const KEY = 'EXAMPLE-1';
const OTHER_KEY = 'EXAMPLE-2';

/** What people type in this column, as the row of an example shows it; '' where an example could only mislead. */
export function exampleOf({ field, concept, fieldKey, required }: ColumnView, key: string): string {
	if (field.file !== undefined) return '';
	// Who that other record is nobody knows; where one is needed, it is as little anybody's.
	if (field.relation !== undefined) return required.length === 0 ? '' : OTHER_KEY;
	if (fieldKey === key && field.kind === 'text' && field.format === undefined) return KEY;
	const placeholder = field.placeholder?.replace(/^e\.g\. /, '');
	switch (field.kind) {
		case 'date':
			return '2026-01-31';
		case 'dateTime':
			return '2026-01-31T09:00:00Z';
		case 'boolean':
			return 'yes';
		case 'number':
			return placeholder ?? '1';
		case 'object':
		case 'objectList':
		case 'json':
			return '';
	}
	const meant = concept && BY_CONCEPT[concept];
	if (field.format !== undefined) return meant ?? BY_FORMAT[field.format];
	const known = field.values?.[0] ?? meant ?? placeholder;
	return (known ?? 'Example').slice(0, field.maxLength);
}

const isOnlyAnExample = (value: string): boolean => /example/i.test(value);

/** What a row of a file has to do with the row of the example. */
export type Likeness = 'example' | { leftIn: ColumnView } | undefined;

/** Compares rows with the example of these columns. */
export function exampleFinder(
	headers: Readonly<Record<string, string>>,
	columns: readonly ColumnView[],
	key: string,
): (values: Readonly<Record<string, unknown>>) => Likeness {
	const known = Object.entries(headers).flatMap(([header, column]) => {
		const view = columns.find((candidate) => candidate.key === column);
		return view === undefined ? [] : [{ header, view, example: exampleOf(view, key) }];
	});
	const telling = known.filter(({ example }) => isOnlyAnExample(example));
	return (values) => {
		// Nearly no row is like the example, and each is asked: without a function of its own.
		for (const { header, example, view } of telling)
			if (isText(values[header], example))
				return known.every((each) => isText(values[each.header], each.example))
					? 'example'
					: { leftIn: view };
		return undefined;
	};
}

const isText = (value: unknown, text: string): boolean =>
	typeof value === 'string'
		? value === text || (value.length > text.length && value.trim() === text)
		: typeof value === 'number'
			? String(value) === text
			: text === '';
