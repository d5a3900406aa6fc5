import { FileFault } from './fault';
import type { FieldsNamed } from './types';

/** A list of records inside an object, as services answer: `{"data": [{…}]}`. */
export interface InnerList {
	/** Keys from the outermost object to the list. */
	path: string;
	/** Behind its opening bracket. */
	at: number;
	/** Objects around it. */
	depth: number;
}

interface Candidate extends InnerList {
	/** Keys of its first record. */
	keys: string[];
}

/** How deep services nest their list: `d.results`, `data.attributes.entries`. */
const DEEPEST = 3;

/** What services and exports call the list of an answer. */
const LIST_NAMES =
	/^(?:data|results?|values?|items|records|rows|entries|elements|list|content|resources|objects|report_entry|employees?|people|persons?|workers?|candidates|users|members|contacts|talents|profiles|staff|hits)$/i;
/** Lists that describe the answer. */
const DESCRIBING =
	/^(?:fields|columns|schema|meta(?:data)?|links|errors|messages|included|parameters)$/i;

/**
 * Finds the list of records in a file that begins with an object. Undefined when the object is a record itself, of which
 * lists may well be part.
 *
 * @param text start of the file; what it holds of the first record decides.
 * @throws FileFault when there are several and nothing speaks for one.
 */
export function innerList(text: string, fieldsNamed?: FieldsNamed): InnerList | undefined {
	const { candidates, keys } = outline(text);
	if (candidates.length === 0) return undefined;
	const named = (of: readonly string[]): number =>
		fieldsNamed === undefined ? 0 : fieldsNamed(of).filter((field) => field !== undefined).length;
	const worth = (candidate: Candidate): number => {
		const name = nameOf(candidate);
		return (
			named(candidate.keys) * 2 + (LIST_NAMES.test(name) ? 1 : 0) - (DESCRIBING.test(name) ? 2 : 0)
		);
	};
	const record = named(keys) * 2;
	const ranked = candidates
		.map((candidate) => ({ candidate, worth: worth(candidate) }))
		.filter((one) => one.worth > 0 && one.worth >= record)
		.sort((a, b) => b.worth - a.worth);
	if (ranked.length === 0) return undefined;
	const [best, next] = ranked;
	const others = fieldsNamed === undefined ? [] : ranked.slice(1);
	const likePeople = others.find(
		({ candidate }) =>
			!DESCRIBING.test(nameOf(candidate)) && isLike(named(candidate.keys), best.candidate),
	);
	const other = next?.worth === best.worth && best.worth > 1 ? next : likePeople;
	if (other !== undefined)
		throw new FileFault(
			`The file holds several lists: "${clipped(best.candidate.path)}" and "${clipped(other.candidate.path)}". Provide the one with the records.`,
		);
	return best.candidate;

	/** Does a list name enough of what this one does to be of people as well? */
	function isLike(fields: number, list: Candidate): boolean {
		return fields >= FEW_FIELDS && fields * 2 >= named(list.keys);
	}
}

/** An ID and a name are in lists of anything. */
const FEW_FIELDS = 2;

/**
 * The path of a list of records behind the one that was read, which would be passed over without a word.
 *
 * @param rest what stands behind that list, from its closing bracket on.
 */
export function listBehind(
	rest: string,
	{ path }: InnerList,
	fieldsNamed?: FieldsNamed,
): string | undefined {
	const around = path.split('.').slice(0, -1);
	const opened = around.map((name) => `{${JSON.stringify(name)}:`).join('');
	const { candidates } = outline(`${opened}{"":0${rest}`);
	const found = candidates.find((candidate) => {
		if (DESCRIBING.test(nameOf(candidate))) return false;
		const fields = fieldsNamed?.(candidate.keys).filter((field) => field !== undefined).length;
		return fields === undefined || fields >= FEW_FIELDS;
	});
	return found === undefined ? undefined : clipped(found.path);
}

const nameOf = ({ path }: InnerList): string => path.slice(path.lastIndexOf('.') + 1);

/** Far longer than names of lists are. */
const LONGEST_NAME = 60;
const clipped = (path: string): string =>
	path.length > LONGEST_NAME ? `${path.slice(0, LONGEST_NAME)}…` : path;

/** Enough to tell a record by. */
const MANY_KEYS = 200;
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** The lists of objects near the top, and the keys of the outermost object. */
function outline(text: string): { candidates: Candidate[]; keys: string[] } {
	const candidates: Candidate[] = [];
	const keys: string[] = [];
	/** Names of the open objects' members; undefined for a list. */
	const open: Array<string | undefined> = [];
	let held: Candidate | undefined;
	let listAt = 0;
	let name = '';
	let previous = '';
	for (const { 0: token, index } of text.matchAll(TOKENS)) {
		if (token === ':' && previous.startsWith('"')) {
			name = previous.slice(1, -1);
			if (open.length === 1) keys.push(name);
			if (held !== undefined && open.length === held.depth + 2 && held.keys.length < MANY_KEYS)
				held.keys.push(name);
		} else if (token === '{' || token === '[') {
			if (previous === '[' && token === '{') {
				const depth = open.length - 1;
				const names = open.slice(1);
				if (depth <= DEEPEST && names.every((one) => one !== undefined)) {
					held = { path: names.join('.'), at: listAt, depth, keys: [] };
					candidates.push(held);
				}
			}
			open.push(previous === ':' ? name : undefined);
			listAt = index + 1;
		} else if (token === '}' || token === ']') {
			// The first record says what its list holds.
			if (held !== undefined && open.length === held.depth + 2) held = undefined;
			open.pop();
			// More behind it: objects one after another are records.
			if (open.length === 0)
				return { candidates: text.slice(index + 1).trim() === '' ? candidates : [], keys };
		}
		previous = token;
	}
	return { candidates, keys };
}
