import type { Field, Resource } from '../definition';
import type { Issue } from '../mapping/types';

/** Longer ones are pages; a vendor that names a field does so at the start. */
const LONGEST = 500;
/** A name as vendors write it: `history.workspaceId`, `history[0].workspaceId`, `/data/attributes/first_name`. */
const NAMES = /[A-Za-z_][\w.[\]/]{0,99}/g;
/** Nobody writes it in a sentence: it has a dot, a slash, an underscore or a capital inside. */
const TECHNICAL = /[a-z\d\]][._/A-Z]\w/;
/** A plain word is a field where the sentence begins with it. */
const SUBJECT = /^["'`]?(\w{1,40})["'`]? (?:is|are|was|must|may|can|cannot|should|has)\b/;
const MISSING =
	/\b(?:missing|mandatory|required|(?:can't|cannot|must not|may not|should not) be (?:blank|empty|null))\b/i;

/**
 * Says of which field a vendor's message speaks. Vendors name the paths of their own interface, which nobody who maps
 * columns has seen: `Missing field history.workspaceId` becomes `"Workspace ID" is missing (Acme: Missing field …)`.
 */
export class VendorWords {
	private readonly labels = new Map<string, string>();

	constructor(
		{ fields }: Resource,
		private readonly vendor: string,
	) {
		this.learn(fields, '', '');
	}

	private learn(fields: Readonly<Record<string, Field>>, path: string, label: string): void {
		for (const [name, field] of Object.entries(fields)) {
			const own = path + (field.path ?? name);
			const ownLabel = label === '' ? field.label : `${label}: ${field.label}`;
			this.labels.set(own.toLowerCase(), ownLabel);
			this.learn(field.members ?? {}, `${own}.`, ownLabel);
			for (const column of Object.values(field.columns ?? {})) {
				const member = field.members?.[column.member];
				const memberPath = `${own}.${member?.path ?? column.member}`;
				this.labels.set(memberPath.toLowerCase(), column.label);
			}
		}
	}

	explained(issue: Issue): Issue {
		if (issue.field !== undefined) return issue;
		const label = this.labelIn(issue.message.slice(0, LONGEST));
		if (label === undefined) return issue;
		const fault = MISSING.test(issue.message.slice(0, LONGEST)) ? 'is missing' : 'was not accepted';
		return {
			...issue,
			message: `"${label}" ${fault} (${this.vendor}: ${issue.message.replace(/\.$/, '')}).`,
			field: label,
		};
	}

	private labelIn(message: string): string | undefined {
		const subject = SUBJECT.exec(message)?.[1];
		const names = message.match(NAMES)?.filter((name) => TECHNICAL.test(name)) ?? [];
		for (const name of subject === undefined ? names : [...names, subject]) {
			const label = this.labelOf(name);
			if (label !== undefined) return label;
		}
		return undefined;
	}

	/** By the path itself, or by its end where the vendor names what stands around the record as well. */
	private labelOf(name: string): string | undefined {
		const steps = name
			.toLowerCase()
			.replace(/\[\d*\]/g, '')
			.split(/[./]/)
			.filter((step) => step !== '' && !/^\d+$/.test(step));
		for (let at = 0; at < steps.length; at++) {
			const label = this.labels.get(steps.slice(at).join('.'));
			if (label !== undefined) return label;
		}
		return undefined;
	}
}
