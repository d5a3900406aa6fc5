import type { Journey } from './journeys';

/** What was looked at in the editor, and what was wrong with it. */
export class Report {
	/** What people had to do on the way to their first person. */
	readonly journeys: Journey[] = [];

	checks = 0;

	readonly wrong: string[] = [];

	/** Texts people read, place by place, to be read as they are shown. */
	readonly texts: string[] = [];

	private place = '';

	/** Says where the following checks are made. */
	at(place: string): void {
		this.place = place;
	}

	check(holds: boolean, complaint: string): void {
		this.checks += 1;
		if (!holds) this.wrong.push(`${this.place}: ${complaint}`);
	}

	/** Two lists of texts, in order. */
	same(what: string, shown: readonly string[], wanted: readonly string[]): void {
		const [has, should] = [shown, wanted].map((list) => list.join(' | '));
		this.check(has === should, `${what}\n    shown:  ${has}\n    wanted: ${should}`);
	}

	note(texts: readonly string[]): void {
		this.texts.push(`## ${this.place}`, ...texts, '');
	}
}
