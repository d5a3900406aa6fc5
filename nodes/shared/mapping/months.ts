import { fold } from './text';

/**
 * Month names and their usual short forms in English, French, German, Spanish, Portuguese, Italian, Dutch, Polish, Turkish and the languages of the North. No form means
 * two months, not even across languages.
 */
const NAMES: readonly string[] = [
	'January Jan janvier janv Januar Jän Jänner Jaenner enero ene janeiro gennaio gen januari styczeń stycznia ocak',
	'February Feb février févr fév Februar Feber febrero fevereiro fev febbraio februari luty lutego şubat',
	'March Mar mars März Maerz Mrz marzo março maart mrt marzec marca mart marts',
	'April Apr avril avr abril abr aprile kwiecień kwietnia nisan',
	'May mai mayo maio maggio mag mei maj maja mayıs',
	'June Jun juin Juni junio junho giugno giu czerwiec czerwca haziran',
	'July Jul juillet juil Juli julio julho luglio lug lipiec lipca temmuz',
	'August Aug août agosto ago augustus sierpień sierpnia ağustos augusti',
	'September Sep Sept septembre septiembre setiembre setembro set settembre sett wrzesień września eylül',
	'October Oct octobre Oktober Okt octubre outubro out ottobre ott październik października ekim',
	'November Nov novembre noviembre novembro listopad listopada kasım',
	'December Dec décembre déc Dezember Dez diciembre dic dezembro dicembre grudzień grudnia aralık desember',
];

const MONTHS: ReadonlyMap<string, number> = new Map(
	NAMES.flatMap((names, index) => names.split(' ').map((name) => [fold(name), index + 1] as const)),
);

/** 1 to 12; undefined when the word is no month. */
export const monthNamed = (word: string): number | undefined => MONTHS.get(fold(word));
