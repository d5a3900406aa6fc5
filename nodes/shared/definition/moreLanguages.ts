import type { Concept } from './field';

const words = (...lines: readonly string[]): readonly string[] =>
	lines.flatMap((line) => line.split('|'));

/** What lists in Polish, Turkish and Japanese (a line each) call the fields that nearly every list of people has. */
export const MORE_HEADERS: Readonly<Partial<Record<Concept, readonly string[]>>> = {
	externalId: words(
		'Numer ewidencyjny|Nr ewidencyjny|Numer pracownika|Nr pracownika|Numer kadrowy|ID pracownika|Numer kandydata|ID kandydata',
		'Sicil No|Sicil Numarası|Personel No|Personel Numarası|Çalışan No|Aday No',
		'社員番号|社員ID|社員コード|社員No|従業員番号|従業員ID|従業員コード|職員番号|候補者ID',
	),
	givenName: words('Imię|Pierwsze imię', 'Adı|İsim', '名'),
	familyName: words('Nazwisko', 'Soyadı|Soyad|Soyisim', '姓|苗字|名字'),
	displayName: words(
		'Imię i nazwisko|Nazwisko i imię',
		'Adı Soyadı|Ad Soyad|İsim Soyisim|Ad ve Soyad',
		'氏名|名前|お名前',
	),
	email: words(
		'Adres e-mail|Adres poczty elektronicznej|E-mail służbowy',
		'E-posta|E-posta Adresi|İş E-postası',
		'メールアドレス|メール|Eメール|電子メール|会社メールアドレス',
	),
	phone: words(
		'Numer telefonu|Nr telefonu|Telefon służbowy|Telefon komórkowy|Komórka',
		'Telefon No|Telefon Numarası|Cep Telefonu|İş Telefonu',
		'電話番号|電話|携帯電話|携帯番号|携帯電話番号',
	),
	jobTitle: words('Stanowisko|Stanowisko pracy', 'Unvan|Unvanı|Görevi|Pozisyonu', '役職|職種'),
	department: words('Dział', 'Departman|Departmanı|Birim', '部署|部門|所属'),
	location: words('Lokalizacja|Miejsce pracy', 'Lokasyon|İş Yeri', '勤務地|事業所'),
	country: words('Kraj', 'Ülke', '国'),
	manager: words(
		'Przełożony|Bezpośredni przełożony',
		'Yöneticisi|Bağlı Olduğu Yönetici',
		'上司|直属上司|上長',
	),
	startDate: words(
		'Data zatrudnienia|Data rozpoczęcia pracy|Data przyjęcia',
		'İşe Giriş Tarihi|İşe Başlama Tarihi',
		'入社日|入社年月日|採用日',
	),
	endDate: words(
		'Data zwolnienia|Data zakończenia pracy|Data odejścia',
		'İşten Çıkış Tarihi|İşten Ayrılış Tarihi',
		'退職日|退社日|退職年月日',
	),
	birthDate: words('Data urodzenia', 'Doğum Tarihi', '生年月日|誕生日'),
	gender: words('Płeć', 'Cinsiyet|Cinsiyeti', '性別'),
	status: words('Aktywny|Czy aktywny', 'Aktif|Aktif mi', '在籍|在籍状況|在籍区分'),
};
