import type { Concept } from './field';

/**
 * What a foreign record may say of a person. Besides the concepts: addresses in the web, sorted into LinkedIn and others by where they
 * lead; where the CV lies; the job the person applied for, which is not the one they have.
 */
export type PersonPart = Exclude<Concept, 'internalId'> | 'links' | 'resumeUrl' | 'appliedJob';

/**
 * Where a value stands: names between dots. `list[]` is every entry of a list, `list[type=resume]` the entries whose member says so;
 * a slash in front begins at the top of the payload instead of at the person.
 */
export type SourcePath = string;

/** What stands at a path: something of a kind, or one of these values. */
export type Mark = 'text' | 'number' | 'id' | 'list' | 'object' | ReadonlyArray<string | boolean>;

interface Shape {
	/** Public page that shows it. */
	documents: string;
	/** What all of these together tell: no other system has them, and no row of columns. One is a list or an object. */
	marks: Readonly<Record<SourcePath, Mark>>;
}

/** A payload that tells of a person. */
export interface PersonPayload extends Shape {
	/** Where the person stands. Absent: the payload is the person. */
	person?: SourcePath;
	/** Of several places the first that holds something; for what people have several of, all. */
	fields: Readonly<Partial<Record<PersonPart, SourcePath | readonly SourcePath[]>>>;
}

/** A payload that brings nobody to save, as a test or a deletion. */
export interface OtherPayload extends Shape {
	/** Where the name of the event stands. */
	event: SourcePath;
}

/** A payload of which no page shows more of the person than an ID. */
export interface BarePayload extends Shape {
	/** What reads the rest, as it ends a sentence. */
	readBy: string;
}

export type Payload = PersonPayload | OtherPayload | BarePayload;

/** A system whose records are understood as they come. Of its payloads the first that fits counts. */
export interface Source {
	/** Stored value. */
	name: string;
	label: string;
	payloads: readonly Payload[];
}

export const source = (definition: Source): Source => definition;
