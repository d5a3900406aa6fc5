import { fold } from './text';

/**
 * Month names and their usual short forms in English, French, German, Spanish, Portuguese, Italian and Dutch. No form means
 * two months, not even across languages.
 */
const NAMES: readonly string[] = [
	'January Jan janvier janv Januar Jän Jänner Jaenner enero ene janeiro gennaio gen januari',
	'February Feb février févr fév Februar Feber febrero fevereiro fev febbraio februari',
	'March Mar mars März Maerz Mrz marzo março maart mrt',
	'April Apr avril avr abril abr aprile',
	'May mai mayo maio maggio mag mei',
	'June Jun juin Juni junio junho giugno giu',
	'July Jul juillet juil Juli julio julho luglio lug',
	'August Aug août agosto ago augustus',
	'September Sep Sept septembre septiembre setiembre setembro set settembre sett',
	'October Oct octobre Oktober Okt octubre outubro out ottobre ott',
	'November Nov novembre noviembre novembro',
	'December Dec décembre déc Dezember Dez diciembre dic dezembro dicembre',
];

const MONTHS: ReadonlyMap<string, number> = new Map(
	NAMES.flatMap((names, index) => names.split(' ').map((name) => [fold(name), index + 1] as const)),
);

/** 1 to 12; undefined when the word is no month. */
export const monthNamed = (word: string): number | undefined => MONTHS.get(fold(word));
