import { fold } from './text';

const entries = <T>(words: string, value: T): Array<[string, T]> =>
	words
		.trim()
		.split(/\s+/)
		.map((word) => [word, value]);

/** Whether somebody works there still, as lists of people say it in seven languages; folded. */
const WORKS: ReadonlyMap<string, boolean> = new Map([
	...entries(
		'a active aktiv actif active activo activa ativo ativa attivo attiva actief current employed enabled',
		true,
	),
	...entries(
		`i inactive terminated term left leaver former resigned dismissed disabled separated
		inaktiv ausgeschieden inactif inactive sorti parti inactivo inactiva baja cesado inativo inativa desligado demitido
		inattivo inattiva cessato inactief uitdienst`,
		false,
	),
]);

/** Of which a choice between two sexes is made; folded, by the first letter of what it means. */
const SEXES: ReadonlyMap<string, 'f' | 'm'> = new Map<string, 'f' | 'm'>([
	...entries<'f' | 'm'>(
		'f female woman w weiblich frau feminin femme feminino femenino femminile mujer donna mulher vrouw v vrouwelijk',
		'f',
	),
	...entries<'f' | 'm'>(
		'm male man mannlich mann masculin homme masculino maschile hombre uomo homem h mannelijk',
		'm',
	),
]);

export const worksStill = (word: string): boolean | undefined => WORKS.get(fold(word));

/** In Spanish `H` is hombre and `M` mujer: a list that has an H says so. */
export function sexOf(word: string, hasH: boolean): 'f' | 'm' | undefined {
	const folded = fold(word);
	return hasH && folded === 'm' ? 'f' : SEXES.get(folded);
}

const SALUTATIONS: ReadonlySet<string> = new Set(
	`mr mrs ms miss mx dr prof herr frau m mme mlle monsieur madame mademoiselle sr sra srta senor senora dona don
	sig sigra signor signora dott dottssa dhr mevr de heer mevrouw sir madam rev`
		.trim()
		.split(/\s+/),
);

export const isSalutation = (text: string): boolean => SALUTATIONS.has(fold(text));
