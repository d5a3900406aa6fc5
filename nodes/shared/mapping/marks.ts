import { fold } from './text';

/** Said of any field without changing what it is. */
const NEUTRAL = `
	required requis obligatoire obligatorio obbligatorio obrigatorio pflicht pflichtfeld verplicht mandatory optional optionnel
	facultatif opcional facoltativo optioneel
	legal official current primary main actual principal principale haupt hoofd value 1 yes text`;
/** The person the list is about. */
const PERSON = `
	employee emp candidate applicant person persoon persona pessoa personne worker associate staff member contact user
	salarie collaborateur employe candidat agent mitarbeiter bewerber kandidat
	empleado trabajador colaborador candidato solicitante funcionario
	dipendente collaboratore medewerker werknemer kandidaat`;
/** A place of work, which is where the package looks for people. */
const WORK = `
	work business office company professional corporate direct job
	pro professionnel professionnelle travail bureau geschaftlich dienstlich beruflich arbeit firma
	corporativo corporativa laboral trabajo trabalho profissional comercial empresa fijo fixo
	aziendale lavoro ufficio fisso zakelijk werk kantoor mobile cell`;
/** In front of a colon or a dash: the part of a form that a field stands in. */
const SECTION = `
	name names naam nom nome nombre names employment dienstverband general info information details data basic hr profile
	profil stammdaten`;
const CONNECTORS =
	'of the in de del du des d l la le der des di do da dell dello della van het een';
const RELATIVES = `
	partner spouse child children kind kinder father mother parent guardian conjoint enfant conyuge hijo hijos conjuge filho
	coniuge figlio`;
/** Somebody or something else: another person, a private address, an earlier or a second one. */
const OTHERS = `
	home personal private privat prive particular emergency notfall urgence emergencia emergenza nood
	manager supervisor boss n1 father mother spouse partner parent guardian child kind family relative next kin
	previous former old last next alternate alternative other second secondary autre andere otro outro altro 2 3
	maiden birth naissance geburt kana furigana hiragana chinese japanese native local phonetic
	monthly hourly daily mensuel monatlich mensual mensal mensile
	formateur enseignant tuteur doctor referee reference recruiter agency id code number`;

const words = (text: string): ReadonlySet<string> =>
	new Set(
		text
			.trim()
			.split(/\s+/)
			.filter((word) => word !== ''),
	);

const neutral = words(NEUTRAL);
const person = words(PERSON);
const work = words(WORK);
const section = words(SECTION);
const connectors = words(CONNECTORS);
const relatives = words(RELATIVES);
const others = words(OTHERS);

/** No heading of a spreadsheet is longer; texts of any length are not looked through. */
const LONGEST = 120;
/** Behind these a word says which number is meant, and that must not be guessed. */
const NUMBERS = words('id ids code no nr num nummer number numero key uid');
/** `#` and `N°`. */
const NUMBER_SIGN = /#|\bn[°º]\s*/i;
const BRACKETS = /\(([^()]*)\)|\[([^[\]]*)\]|<([^<>]*)>|\{([^{}]*)\}/g;
const PARTS = /:\s*|\s[-–—|]\s/;
/** `firstName`, `EMAIL_1` and `phone1` in their words. */
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+/gu;

const wordsIn = (text: string): string[] =>
	(text.normalize('NFC').match(WORDS) ?? []).map(fold).filter((word) => word !== '');

/** A name without the marks around it, folded. */
interface Bare {
	name: string;
	/** Words were left out that fit only what people have at work as well as in private. */
	atWork: boolean;
	/** `#` or `N°` stood there: a number is meant. */
	isNumber: boolean;
}

interface WithoutMarks {
	/** The closest first. */
	names: readonly Bare[];
	inBrackets: readonly string[];
}

const NOTHING: WithoutMarks = { names: [], inBrackets: [] };

/**
 * What a heading may mean without the marks people and systems put around a name (`Email (work)`, `E-mail 1 - Value`, `Legal
 * First Name`). Nothing for headings of somebody else or of another time.
 */
export function withoutMarks(heading: string): WithoutMarks {
	if (heading.length > LONGEST) return NOTHING;
	const inBrackets: string[] = [];
	const bare = heading.replace(BRACKETS, (_, ...inner: Array<string | undefined>) => {
		inBrackets.push(inner.slice(0, 4).find((text) => text !== undefined) ?? '');
		return ' ';
	});
	if (inBrackets.some((text) => wordsIn(text).some((word) => others.has(word)))) return NOTHING;
	const isNumber = NUMBER_SIGN.test(bare);
	const names: Bare[] = [];
	const add = (held: readonly string[], atWork = false) => {
		const name = trimmed(held).join('');
		if (name === '') return;
		names.push({ name, atWork, isNumber });
		if (isNumber) names.push({ name: `${name}number`, atWork, isNumber });
	};
	const part = fieldPart(bare.replace(NUMBER_SIGN, ' '));
	if (part === undefined) return { names, inBrackets };
	const all = wordsIn(part);
	const own = all.filter((word) => !neutral.has(word));
	add(all);
	add(own);
	// Whose ID or number it is must not be guessed.
	if (!all.some((word) => NUMBERS.has(word))) {
		const impersonal = own.filter((word) => !person.has(word));
		add(impersonal);
		add(
			impersonal.filter((word) => !work.has(word)),
			true,
		);
	}
	return { names, inBrackets };
}

/**
 * The part of a heading that names the field: all of it, or the last where those before say in which part of a form it stands.
 * Undefined where they say whose it is.
 */
function fieldPart(heading: string): string | undefined {
	const parts = heading.split(PARTS).filter((part) => wordsIn(part).length > 0);
	const last = parts.pop();
	if (last === undefined || parts.length === 0) return last;
	if (wordsIn(last).every((word) => neutral.has(word) || work.has(word)))
		return [...parts, last].join(' ');
	return parts.flatMap(wordsIn).every(isOfSection) ? last : undefined;
}

const isOfSection = (word: string): boolean =>
	[section, neutral, person, work, connectors].some((words) => words.has(word));

/** Without the small words that are left at both ends. */
function trimmed(held: readonly string[]): string[] {
	let first = 0;
	let last = held.length;
	while (first < last && connectors.has(held[first])) first++;
	while (last > first && connectors.has(held[last - 1])) last--;
	return held.slice(first, last);
}

/** `Poste / Fonction`: two names of one thing. */
export const alternatives = (heading: string): string[] =>
	heading.length > LONGEST
		? []
		: heading
				.split('/')
				.map((part) => part.trim())
				.filter((part) => part !== '');

/** `PartnerNaam`, `Child 1 Birthday`. */
export const isOfRelative = (heading: string): boolean =>
	heading.length <= LONGEST && relatives.has(wordsIn(heading)[0]);
