import type { Issue } from './types';
import type { Payload, Source } from '../definition';
import { personIn, type Person } from './person';
import { bears, valuesAt } from './sourcePath';
import { isRecord } from './values';

/** What a record of a system comes to. */
export type Understood =
	| { person: Person }
	/** Nobody is meant to be saved. */
	| { skip: Issue }
	| { problem: Issue };

const fits = (value: unknown, { marks }: Payload): boolean =>
	Object.entries(marks).every(([path, mark]) => bears(value, path, mark));

/** Undefined: no system's. */
export function understood(
	value: Readonly<Record<string, unknown>>,
	sources: readonly Source[],
): Understood | undefined {
	// Every payload has a list or an object in it, and the rows of a list have not.
	if (!Object.values(value).some((held) => typeof held === 'object' && held !== null))
		return undefined;
	const claims = sources.flatMap((source) => {
		const payload = source.payloads.find((each) => fits(value, each));
		return payload === undefined ? [] : [{ source, payload }];
	});
	if (claims.length === 0) return undefined;
	if (claims.length > 1) {
		const names = claims.map(({ source: { label } }) => label).join(' and ');
		return {
			problem: {
				code: 'CONFLICT',
				message: `The item may be a record of ${names}. Choose which it is under "Input Format".`,
			},
		};
	}
	const [{ source, payload }] = claims;
	if ('fields' in payload) return { person: personIn(value, payload) };
	if ('readBy' in payload)
		return {
			problem: {
				code: 'UNREADABLE_ROW',
				message: `This webhook of ${source.label} does not say who the person is. Put ${payload.readBy} before this one.`,
			},
		};
	return { skip: otherEvent(source, eventIn(value, payload.event)) };
}

const eventIn = (value: unknown, path: string): string => {
	const [event] = valuesAt(value, path);
	// What is no name of an event is not shown.
	return typeof event === 'string' && /^[\w.:-]{1,60}$/.test(event) ? ` "${event}"` : '';
};

const otherEvent = ({ label }: Source, event: string): Issue => ({
	code: 'OTHER_EVENT',
	message: `The event${event} of ${label} brings nobody to save.`,
});

/** Names an item may have beside its body where n8n's Webhook gives it. */
const OF_A_WEBHOOK = ['headers', 'params', 'query'];

/** What models write where they know nothing. */
const NOTHING_KNOWN =
	/^(?:n\/?a|none|null|nil|unknown|not (?:available|provided|specified|given|mentioned|stated|found|known|applicable)|-+|\?+)$/i;

/** A model's answer without the words for nothing. */
function withoutNothing(value: unknown): unknown {
	if (typeof value === 'string') return NOTHING_KNOWN.test(value.trim()) ? null : value;
	if (Array.isArray(value)) {
		const entries = value.map(withoutNothing).filter((entry) => entry !== null);
		return entries.length > 0 ? entries : null;
	}
	if (!isRecord(value)) return value;
	const members = Object.entries(value).map(([key, held]) => [key, withoutNothing(held)] as const);
	const isEmpty = members.every(([, held]) => held === null);
	return isEmpty && members.length > 0 ? null : Object.fromEntries(members);
}

/** The record inside what n8n's own nodes put around it: a webhook its request, a parser of a model's answer the word `output`. */
export function unwrapped(
	value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
	const { body, output } = value;
	if (isRecord(body) && OF_A_WEBHOOK.every((name) => isRecord(value[name]))) return body;
	if (isRecord(output) && Object.keys(value).length === 1)
		return Object.fromEntries(
			Object.entries(output).map(([key, held]) => [key, withoutNothing(held)]),
		);
	return value;
}
