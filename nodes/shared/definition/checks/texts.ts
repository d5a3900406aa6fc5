import { flatColumnsIn, allFieldsIn, operationsIn, parametersIn, savesIn, type Rule } from './walk';
import { isRouteChoice } from '../operation';
import type { Vendor } from '../vendor';

interface Text {
	at: string;
	label?: string;
	help?: string;
	placeholder?: string;
}

/** Everything with a label people read. */
function* textsOf(vendor: Vendor): Generator<Text> {
	for (const { label, authentication } of vendor.signIns)
		yield { at: `signIns.${authentication}`, label };
	for (const { name, label, plural } of vendor.resources) {
		yield { at: name, label };
		yield { at: name, label: plural };
	}
	for (const { at, is } of allFieldsIn(vendor)) {
		yield { at, ...is };
		if (is.naming !== undefined) yield { at: `${at}.naming`, ...is.naming };
	}
	for (const { at, is } of flatColumnsIn(vendor)) yield { at, ...is };
	for (const { at, is } of parametersIn(vendor)) yield { at, ...is };
	for (const { at, is } of operationsIn(vendor))
		yield { at, label: is.label, help: is.description };
	for (const { at, is } of savesIn(vendor))
		if (isRouteChoice(is.route)) {
			const { option, label, help, choices } = is.route;
			yield { at: `${at}.${option}`, label, help };
			for (const choice of choices) yield { at: `${at}.${option}.${choice.value}`, ...choice };
		}
}

/** Words that n8n's linter leaves in lower case inside a title. */
const SMALL_WORDS = new Set(
	'a an and as at because but by en for if in neither nor of on only or over per so some than that the to up upon via vs when with without yet'.split(
		' ',
	),
);

const isTitleCase = (label: string): boolean =>
	label.split(/[\s–—-]+/).every((word, at) => {
		const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]{1,50}$/gu, '');
		return bare === '' || !/^\p{Ll}/u.test(bare) || (at > 0 && SMALL_WORDS.has(bare));
	});

/** The full stop of an abbreviation ends no sentence. */
const sentencesIn = (text: string): number => text.replaceAll('e.g.', 'eg').split('. ').length;

/** Abbreviations keep their capitals; every other word but the first is in lower case. */
const isSentenceCase = (action: string): boolean =>
	action
		.split(' ')
		.every((word, at) =>
			at === 0 ? /^[A-Z]/.test(word) : [word.toUpperCase(), word.toLowerCase()].includes(word),
		);

export const textRules = {
	*labelsAreSaid(vendor) {
		for (const { at, label } of textsOf(vendor))
			if (label === '') yield `${at}: say in "label" what the vendor calls it.`;
	},

	*labelsInTitleCase(vendor) {
		for (const { at, label } of textsOf(vendor))
			if (label !== undefined && !isTitleCase(label))
				yield `${at}: the label "${label}" is not in title case.`;
	},

	*textsTrimmed(vendor) {
		for (const { at, label = '', help = '', placeholder = '' } of textsOf(vendor))
			for (const text of [label, help, placeholder])
				if (text !== text.trim() || /\s{2}/.test(text))
					yield `${at}: "${text}" has blanks at an end, or two in a row.`;
	},

	*helpBeginsWithCapital(vendor) {
		for (const { at, help = '' } of textsOf(vendor))
			if (/^\p{Ll}/u.test(help)) yield `${at}: "${help}" does not begin with a capital letter.`;
	},

	*fullStopsBetweenSentences(vendor) {
		for (const { at, help = '' } of textsOf(vendor)) {
			if (help === '') continue;
			const one = sentencesIn(help) === 1;
			if (one && help.endsWith('.'))
				yield `${at}: "${help}" is one sentence and ends with a full stop.`;
			if (!one && !help.endsWith('.'))
				yield `${at}: "${help}" is several sentences and does not end with a full stop.`;
		}
	},

	*helpAddsToLabel(vendor) {
		for (const { at, label, help } of textsOf(vendor))
			if (help !== undefined && help.toLowerCase() === label?.toLowerCase())
				yield `${at}: the help says no more than the label "${label}".`;
	},

	*abbreviationsInCapitals(vendor) {
		for (const { at, label = '', help = '', placeholder = '' } of textsOf(vendor)) {
			const [small] =
				/\b(?:[Ii]d|[Uu]rl|[Jj]son)s?\b/.exec(`${label} ${help} ${placeholder}`) ?? [];
			if (small !== undefined) yield `${at}: "${small}" is an abbreviation and not in capitals.`;
		}
	},

	*placeholdersAreExamples(vendor) {
		for (const { at, placeholder } of textsOf(vendor))
			if (placeholder !== undefined && !placeholder.startsWith('e.g. '))
				yield `${at}: the placeholder "${placeholder}" does not begin with "e.g. ".`;
	},

	*switchesSayWhether(vendor) {
		for (const { at, is } of parametersIn(vendor))
			if (is.kind === 'boolean' && !is.help?.startsWith('Whether '))
				yield `${at}: the help of a yes-or-no parameter does not begin with "Whether".`;
	},

	*actionsInSentenceCase(vendor) {
		for (const { at, is } of operationsIn(vendor))
			if (!isSentenceCase(is.action))
				yield `${at}: the action "${is.action}" is not in sentence case.`;
	},

	*actionsSayWhatIsDone(vendor) {
		for (const { at, key, is } of operationsIn(vendor)) {
			const start = { getAll: 'Get many ', upsert: 'Create or update ' }[key];
			if (start !== undefined && !is.action.startsWith(start))
				yield `${at}: the action "${is.action}" does not begin with "${start.trim()}".`;
		}
	},
} satisfies Record<string, Rule>;
