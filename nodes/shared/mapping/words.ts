import { fold } from './text';
import type { FlagLetters } from './values';

const entries = <T>(words: string, value: T): Array<[string, T]> =>
	words
		.trim()
		.split(/\s+/)
		.map((word) => [word, value]);

/** Whether somebody works there still, as lists of people say it; folded. */
const WORKS: ReadonlyMap<string, boolean> = new Map([
	...entries(
		`a active aktiv actif active activo activa ativo ativa attivo attiva actief current employed enabled alta
		aktywny aktywna zatrudniony zatrudniona aktif aktivni aktivan 在籍 在職`,
		true,
	),
	...entries(
		`i inactive terminated term left leaver former resigned dismissed disabled separated
		inaktiv ausgeschieden inactif inactive sorti parti inactivo inactiva baja cesado inativo inativa desligado demitido
		inattivo inattiva cessato inactief uitdienst nieaktywny nieaktywna zwolniony zwolniona pasif 退職 退社`,
		false,
	),
]);

/** Of which a choice between two sexes is made; folded, by the first letter of what it means. */
const SEXES: ReadonlyMap<string, 'f' | 'm'> = new Map<string, 'f' | 'm'>([
	...entries<'f' | 'm'>(
		`f female woman w weiblich frau feminin femme feminino femenino femminile mujer donna mulher vrouw v vrouwelijk
		k kobieta kadin zena 女 女性`,
		'f',
	),
	...entries<'f' | 'm'>(
		`m male man mannlich mann masculin homme masculino maschile hombre uomo homem h mannelijk
		mezczyzna erkek muz 男 男性`,
		'm',
	),
]);

export const worksStill = (word: string): boolean | undefined => WORKS.get(fold(word));

/** In Spanish `H` is hombre and `M` mujer: a list that has an H says so. */
export function sexOf(word: string, hasH: boolean): 'f' | 'm' | undefined {
	const folded = fold(word);
	return hasH && folded === 'm' ? 'f' : SEXES.get(folded);
}

/** What a single letter may say in a column of them, beside the first letters of yes and no that everybody knows. */
export function flagLetters(text: string): { letters: FlagLetters; yes: boolean } | undefined {
	if (/^[x✓✔☑]$/i.test(text)) return { letters: 'x', yes: true };
	if (/^[on]$/i.test(text)) return { letters: 'on', yes: /o/i.test(text) };
	return /^[tf]$/i.test(text) ? { letters: 'tf', yes: /t/i.test(text) } : undefined;
}

const SALUTATIONS: ReadonlySet<string> = new Set(
	`mr mrs ms miss mx dr prof herr frau m mme mlle monsieur madame mademoiselle sr sra srta senor senora dona don
	sig sigra signor signora dott dottssa dhr mevr de heer mevrouw sir madam rev`
		.trim()
		.split(/\s+/),
);

export const isSalutation = (text: string): boolean => SALUTATIONS.has(fold(text));
