import type { Expected } from './expected';
import type { VendorName } from './run';

interface Export extends Expected {
	name: string;
	vendor: VendorName;
	text: string;
	/** Default: a CSV. */
	file?: string;
}

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
const json = (value: unknown): { text: string; file: string } => ({
	text: JSON.stringify(value),
	file: 'people.json',
});

/** The columns Whoz needs, and somebody. */
const WHOZ = 'External ID,First Name,Last Name,Email,Workspace ID,Since';
const whoz = (id: string, since = '2024-03-31', first = 'Ana', last = 'Roy') =>
	`${id},${first},${last},p@acme.example,W1,${since}`;
/** Those of BirdDogHR. */
const USER = 'Username,First Name,Last Name,Email,Employee ID,Job Code,Manager,Location,Hire Date';
const user = (n: number, more = '', manager = 'Grace Hopper') =>
	`p${n}@acme.example,Ana,Roy,p${n}@acme.example,E${n},ENG,${manager},Paris,2024-03-31${more}`;
/** Those of Collective. */
const TALENT = 'Internal User ID,First Name,Last Name,LinkedIn URL';
const talent = (n: number, more = '') => `E${n},Ana,Roy,https://www.linkedin.com/in/a${n}${more}`;
/** Those of Eightfold. */
const CANDIDATE = 'Candidate ID,First Name,Last Name,Email';
const candidate = (n: number, more = '') => `C${n},Ana,Roy,p${n}@acme.example${more}`;

const SAVED = 'saved' as const;
const FAILED = 'failed' as const;
const isFailed = (says: RegExp, count = 1): Expected => ({
	rows: Array.from({ length: count }, () => FAILED),
	says,
});

export const EXPORTS: readonly Export[] = [
	// What systems call their columns.
	{
		name: 'a worker report of Workday',
		vendor: 'whoz',
		text: lines(
			'Employee ID,Worker,Legal Name - First Name,Legal Name - Last Name,Email - Primary Work,Workspace ID,Hire Date,Original Hire Date,FTE %',
			'00123,Ana Roy,Ana,Roy,ana@acme.example,W1,2024-03-31-07:00,2010-01-31-08:00,100%',
		),
		holds: [
			{ externalId: '00123', firstName: 'Ana', email: 'ana@acme.example', since: '2024-03-31' },
		],
		says: /Original Hire Date/,
	},
	{
		name: 'an employee file of SuccessFactors, with technical names and labels',
		vendor: 'birdDogHr',
		text: lines(
			'STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,GENDER,EMAIL,MANAGER,JOBCODE,LOCATION,HIREDATE,EMPID',
			'Status,User ID,Username,First Name,Last Name,Gender,Email,Manager,Job Code,Location,Hire Date,Employee ID',
			'active,p1,p1@acme.example,Ana,Roy,F,ana@acme.example,Grace Hopper,ENG,Paris,03/31/2024,E1',
		),
		holds: [{ username: 'p1@acme.example', gender: 'Female', hireDate: '2024-03-31T00:00:00Z' }],
		says: /column names once more/,
	},
	{
		name: 'people of SuccessFactors without a manager',
		vendor: 'birdDogHr',
		text: lines(USER, user(1, '', 'NO_MANAGER')),
		...isFailed(/"Manager" is missing/),
	},
	{
		name: 'a payroll list of DATEV',
		vendor: 'whoz',
		text: lines(
			'Pers.-Nr.;Name;Vorname;Geschlecht;Eintritt;Austritt;Straße;PLZ;Ort;Workspace ID',
			'00001;Müller;Jörg;m;01.04.2010;00.00.0000;Hauptstr. 1;80331;München;W1',
			'00002;Groß;Zoë;w;15.04.2012;;Hauptstr. 2;01067;Dresden;W1',
		),
		holds: [
			{ externalId: '00001', firstName: 'Jörg', lastName: 'Müller', since: '2010-04-01' },
			{ externalId: '00002', firstName: 'Zoë', lastName: 'Groß', since: '2012-04-15' },
		],
	},
	{
		name: 'a list of ADP',
		vendor: 'whoz',
		text: lines(
			'Associate ID,File Number,Payroll Name,Legal First Name,Legal Last Name,Work Contact: Work Email,Hire Date,Workspace ID',
			'A1B2,000123,"Roy, Ana",Ana,Roy,ana@acme.example,03/31/2024,W1',
		),
		holds: [{ externalId: 'A1B2', lastName: 'Roy', email: 'ana@acme.example' }],
	},
	{
		name: 'a directory of BambooHR, with managers by name and by number',
		vendor: 'birdDogHr',
		text: lines(`${USER},Manager ID`, user(1, ',M1')),
		holds: [{ manager: 'Grace Hopper' }],
	},
	{
		name: 'numbers of two kinds',
		vendor: 'whoz',
		text: lines(`Personnel number,${WHOZ}`, `4711,${whoz('E1')}`),
		holds: [{ externalId: 'E1' }],
		says: /Personnel number/,
	},
	{
		name: 'numbers of two kinds, of which neither is certain',
		vendor: 'eightfold',
		text: lines(
			'External ID,Employee Number,First Name,Last Name,Email',
			'E1,4711,Ana,Roy,ana@acme.example',
		),
		refused: /"External ID" and "Employee Number" all belong to "Candidate ID"/,
	},
	// Languages.
	{
		name: 'a French list',
		vendor: 'whoz',
		text: lines(
			"Matricule;Nom;Prénom;Courriel professionnel;Date d'entrée;Workspace ID",
			'00123;ROY;Ana;ana@acme.example;03/04/2024;W1',
			'00124;DE LA CRUZ;Jean-Luc;jl@acme.example;25/12/2024;W1',
		),
		holds: [
			{ lastName: 'ROY', since: '2024-04-03' },
			{ lastName: 'DE LA CRUZ', since: '2024-12-25' },
		],
		says: /read with the day first/,
	},
	{
		name: 'O and N for yes and no',
		vendor: 'birdDogHr',
		text: lines(`${USER},Actif`, user(1, ',O'), user(2, ',N')),
		holds: [{ active: true }, { active: false }],
	},
	{
		name: 'yes and no in ten languages',
		vendor: 'birdDogHr',
		text: lines(
			`${USER},Active`,
			...['ja', 'oui', 'Sí', 'sim', 'tak', 'Evet', 'はい', 'да', 'kyllä', 'ano'].map((yes, at) =>
				user(at, `,${yes}`),
			),
		),
		holds: Array.from({ length: 10 }, () => ({ active: true })),
	},
	{
		name: 'a Spanish list of people who are all M',
		vendor: 'birdDogHr',
		text: lines(`${USER},Sexo`, user(1, ',M'), user(2, ',M')),
		...isFailed(/is not one of Male, Female/, 2),
	},
	{
		name: 'a Polish list',
		vendor: 'whoz',
		text: lines(
			'Numer ewidencyjny;Imię;Nazwisko;Adres e-mail;Data zatrudnienia;Workspace ID',
			'00123;Łukasz;Wałęsa;lukasz@acme.example;3 kwietnia 2024;W1',
		),
		holds: [{ externalId: '00123', firstName: 'Łukasz', since: '2024-04-03' }],
	},
	{
		name: 'a Turkish list',
		vendor: 'whoz',
		text: lines(
			'Sicil No;Adı;Soyadı;E-posta;İşe Giriş Tarihi;Workspace ID',
			'00123;İpek;Yılmaz;ipek@acme.example;3 Nisan 2024;W1',
		),
		holds: [{ externalId: '00123', firstName: 'İpek', lastName: 'Yılmaz', since: '2024-04-03' }],
	},
	{
		name: 'a Japanese list',
		vendor: 'whoz',
		text: lines(
			'社員番号,姓,名,メールアドレス,入社日,Workspace ID',
			'Ｅ１２３,佐藤,美咲,misaki@acme.example,2024年4月3日,W1',
			'E124,林,大輔,daisuke@acme.example,令和6年4月1日,W1',
		),
		holds: [{ externalId: 'E123', firstName: '美咲', lastName: '佐藤', since: '2024-04-03' }],
		rows: [SAVED, FAILED],
		says: /is not a date/,
	},
	// Names.
	{
		name: 'last and first name in one column',
		vendor: 'ingedata',
		text: lines('First Name,Last Name', 'Ana,"Roy, Ana"', 'Bo,"Lind, Bo"', 'Cy,"Ng, Cy"'),
		refused: /"Last Name" holds last and first name in one/,
	},
	{
		name: 'last and first name in one cell',
		vendor: 'ingedata',
		text: lines('First Name,Last Name', 'Ana,"Roy, Ana"', 'Bo,"Lind, Jr."', 'Cy,"Ng, PhD, CPA"'),
		holds: [{ last_name: 'Lind, Jr.' }, { last_name: 'Ng, PhD, CPA' }],
		rows: [FAILED, SAVED, SAVED],
		says: /last and first name stood together/,
	},
	{
		name: 'names that are none',
		vendor: 'ingedata',
		text: lines(
			'First Name,Last Name',
			'12345,Ng',
			'ana@acme.example,Ng',
			'E7,Ng',
			'???,Ng',
			'Ana,Ng',
		),
		holds: [{ first_name: 'Ana' }],
		rows: [FAILED, FAILED, FAILED, FAILED, SAVED],
	},
	{
		name: 'names of one or two letters, dashes and dots',
		vendor: 'ingedata',
		text: lines('First Name,Last Name', '-,Ng', 'Jo,Na', 'n/a,Roy', 'O´Neill,Mª'),
		holds: [
			{ first_name: '-', last_name: 'Ng' },
			{ first_name: 'Jo', last_name: 'Na' },
			{ first_name: undefined, last_name: 'Roy' },
			{ first_name: 'O´Neill', last_name: 'Mª' },
		],
	},
	{
		name: 'names from a web page and from another encoding',
		vendor: 'ingedata',
		text: lines('First Name,Last Name', 'Di,<b>May</b>', 'Ed,May<br>', 'Łukasz,Wa³êsa'),
		...isFailed(/web page[^]*wrong encoding/, 3),
	},
	{
		name: 'IDs under First Name',
		vendor: 'whoz',
		text: lines(
			WHOZ.replace('External ID,First Name', 'First Name,External ID'),
			whoz('E1'),
			whoz('E2'),
			whoz('E3'),
		),
		refused: /"First Name" holds numbers only, or codes/,
	},
	// IDs.
	{
		name: 'zeros lost in half of the rows',
		vendor: 'whoz',
		text: lines(WHOZ, whoz('00123'), whoz('124'), whoz('00125'), whoz('126')),
		refused: /"External ID" holds numbers with zeros in front and shorter ones/,
	},
	{
		name: 'IDs that spreadsheets and people spoilt',
		vendor: 'whoz',
		text: lines(
			WHOZ,
			whoz('01-Mar'),
			whoz('2024-03-01 00:00:00'),
			whoz('"12,345"'),
			whoz('E10; E11'),
			whoz('"E8\nE9"'),
			whoz('TBD'),
			whoz('0.0'),
			whoz('E-17'),
		),
		holds: [{ externalId: 'E-17' }],
		rows: [FAILED, FAILED, FAILED, FAILED, FAILED, FAILED, FAILED, SAVED],
		says: /made a date by a spreadsheet[^]*two IDs[^]*stands for no ID/,
	},
	{
		name: 'IDs of another system',
		vendor: 'ingedata',
		text: lines(
			'Talent ID,First Name,Last Name',
			'4b5b2f5e-1111-4c2d,Ana,Roy',
			'0035g00000ABCDE,Bo,Lind',
			'ana@acme.example,Cy,Ng',
		),
		refused: /none of its values is a whole number/,
	},
	{
		name: 'managers by name where their ID is wanted',
		vendor: 'whoz',
		text: lines(
			`${WHOZ},Manager`,
			`${whoz('E1')},Grace Hopper`,
			`${whoz('E2')},Grace Hopper`,
			`${whoz('E3')},"Hopper, Grace"`,
		),
		refused: /"Manager External ID", but none of its values is an ID: they are names/,
	},
	{
		name: 'managers by ID where their name is wanted',
		vendor: 'birdDogHr',
		text: lines(USER, user(1, '', 'M100'), user(2, '', 'M100'), user(3, '', 'M101')),
		refused: /none of its values is a first and last name/,
	},
	// Numbers of telephones, addresses, files.
	{
		name: 'telephones with extensions and notes',
		vendor: 'collective',
		text: lines(
			`${TALENT},Phone`,
			talent(1, ',tel:+1-515-555-0100;ext=12'),
			talent(2, ',030/123456 u. 0171/9876543'),
			talent(3, ',after six'),
			talent(4, ',n/a'),
		),
		holds: [{ phones: ['+1-515-555-0100 ext. 12'] }, { phones: undefined }],
		rows: [SAVED, FAILED, FAILED, SAVED],
	},
	{
		name: 'a telephone with a zero that is not dialled',
		vendor: 'birdDogHr',
		text: lines(`${USER},Phone`, user(1, ',0049 (0)30 123456-78'), user(2, ',(030) 123456')),
		holds: [{ phone1: '00493012345678' }, { phone1: '030123456' }],
	},
	{
		name: 'two addresses in one cell',
		vendor: 'collective',
		text: lines(
			`${TALENT},Email`,
			talent(1, ',ana@acme.example / ana@home.example'),
			talent(2, ',ana@acme.example (private: ana@home.example)'),
		),
		holds: [{ emails: ['ana@acme.example', 'ana@home.example'] }],
		rows: [SAVED, FAILED],
	},
	{
		name: 'profiles without https',
		vendor: 'collective',
		text: lines(TALENT, 'E1,Ana,Roy,www.linkedin.com/in/ana', 'E2,Bo,Lind,linkedin.com/in/bo'),
		holds: [
			{ linkedInUrl: 'https://www.linkedin.com/in/ana' },
			{ linkedInUrl: 'https://linkedin.com/in/bo' },
		],
		says: /https:\/\/ that they lacked/,
	},
	{
		name: 'names of files where files are wanted',
		vendor: 'collective',
		text: lines(`${TALENT},CV`, talent(1, ',ana.pdf'), talent(2, ',yes'), talent(3, ',see mail')),
		refused: /"Résumé", but none of its values is a file/,
	},
	{
		name: 'a word where a file is wanted',
		vendor: 'collective',
		text: lines(`${TALENT},CV`, talent(1, ',attached'), talent(2, ',')),
		holds: [{ internalUserId: 'E2' }],
		rows: [FAILED, SAVED],
		says: /a word or the name of a file/,
	},
	// Dates and amounts.
	{
		name: 'days that nobody means',
		vendor: 'whoz',
		text: lines(
			WHOZ,
			whoz('E1', '0024-03-31'),
			whoz('E2', '31.03.0024'),
			whoz('E3', '2567-03-31'),
			whoz('E4', '-'),
			whoz('E5', '2024-03-31'),
		),
		holds: [{ externalId: 'E5' }],
		rows: [FAILED, FAILED, FAILED, FAILED, SAVED],
		says: /before the year 1900/,
	},
	{
		name: 'days of birth that are still to come',
		vendor: 'eightfold',
		text: lines(
			`${CANDIDATE},Date of Birth`,
			candidate(1, ',2065-05-12'),
			candidate(2, ',1965-05-12'),
		),
		holds: [{ candidateId: 'C2', dateOfBirth: '1965-05-12' }],
		rows: [FAILED, SAVED],
	},
	{
		name: 'days that a database moved',
		vendor: 'whoz',
		text: lines(
			WHOZ,
			whoz('E1', '2024-03-30T23:00:00.000Z'),
			whoz('E2', '2024-04-30T22:00:00.000Z'),
			whoz('E3', '2024-05-30T22:00:00.000Z'),
		),
		refused: /midnight somewhere else/,
	},
	{
		name: 'years of two digits that contradict the others',
		vendor: 'whoz',
		text: lines(WHOZ, whoz('E1', '03/04/2024'), whoz('E2', '31/12/2024'), whoz('E3', '12/31/85')),
		holds: [{ externalId: 'E2' }],
		rows: [FAILED, SAVED, FAILED],
		says: /can be read as two different days/,
	},
	{
		name: 'an end that is none, and a dash',
		vendor: 'birdDogHr',
		text: lines(`${USER},Termination Date`, user(1, ',31.12.9999'), user(2, ',-'), user(3, ',n/a')),
		holds: [1, 2, 3].map(() => ({ terminationDate: undefined })),
		says: /a date that means there is none/,
	},
	{
		name: 'amounts in several currencies',
		vendor: 'birdDogHr',
		text: lines(`${USER},Salary`, user(1, ',"$85,000"'), user(2, ',"€65,000"')),
		refused: /several currencies/,
	},
	{
		name: 'amounts of two countries',
		vendor: 'birdDogHr',
		text: lines(`${USER},Salary`, user(1, ',"85,000"'), user(2, ',"1.234,50"')),
		holds: [{ salary: 1234.5 }],
		rows: [FAILED, SAVED],
	},
	{
		name: 'who is active marked with a cross',
		vendor: 'birdDogHr',
		text: lines(`${USER},Active`, user(1, ',x'), user(2, ',')),
		holds: [{ active: true }],
		rows: [SAVED, FAILED],
		says: /marks with an x/,
	},
	{
		name: 'amounts with words',
		vendor: 'birdDogHr',
		text: lines(
			`${USER},Salary`,
			user(1, ',"$85,000 / year"'),
			user(2, ',85k'),
			user(3, ',"USD 85,000.50"'),
		),
		holds: [{ salary: 85000.5 }],
		rows: [FAILED, FAILED, SAVED],
	},
	// Lists.
	{
		name: 'skills from a web page',
		vendor: 'eightfold',
		text: lines(`${CANDIDATE},Skills`, candidate(1, ',Sales; R&amp;D'), candidate(2, ',none')),
		holds: [{ skills: ['Sales', 'R&D'] }, { skills: undefined }],
	},
	{
		name: 'no title, in words',
		vendor: 'eightfold',
		text: lines(`${CANDIDATE},Title,Location`, candidate(1, ',-,n/a')),
		holds: [{ title: undefined, location: undefined }],
		says: /was read as empty/,
	},
	// The table.
	{
		name: 'a template with kinds and hints below the names',
		vendor: 'ingedata',
		text: lines('First Name,Last Name', 'text,text', 'Required,(max. 50 characters)', 'Ana,Roy'),
		holds: [{ first_name: 'Ana' }],
		rows: [SAVED],
		says: /what the columns are to hold/,
	},
	{
		name: 'headings of departments, a legend and a signature between the people',
		vendor: 'ingedata',
		text: lines(
			'First Name,Last Name,Unit',
			'Sales,,',
			'Ana,Roy,MG',
			'Vorname,Nachname,Unit',
			'Bo,Lind,MG',
			'MG = Madagascar,,',
			'Prepared by,Grace Hopper,',
			'Stand: 31.03.2026,,',
		),
		holds: [{ first_name: 'Ana' }, { first_name: 'Bo' }],
		rows: [FAILED, SAVED, SAVED, FAILED],
		says: /column names once more[^]*as in a heading or a note/,
	},
	{
		name: 'places that are vacant',
		vendor: 'whoz',
		text: lines(
			WHOZ,
			whoz('E1'),
			whoz('E2', '2024-03-31', 'Vacant', 'Vacant'),
			whoz('E3', '2024-03-31', 'N.N.', 'TBD'),
		),
		holds: [{ externalId: 'E1' }],
		rows: [SAVED, FAILED, FAILED],
		says: /still to come/,
	},
	{
		name: 'addresses as links',
		vendor: 'eightfold',
		text: lines(
			CANDIDATE,
			'C1,Ana,Roy,mailto:ana@acme.example?subject=x',
			'C2,“Bo”,Lind,bo@acme.example#mailto:bo@acme.example#',
		),
		holds: [{ emails: 'ana@acme.example' }, { firstName: 'Bo', emails: 'bo@acme.example' }],
	},
	{
		name: 'another table below',
		vendor: 'ingedata',
		text: lines('First Name,Last Name,Unit', 'Ana,Roy,MG', '', 'Name,Phone,Team', 'Bo Lind,1,IT'),
		refused: /two lists were joined/,
	},
	{
		name: 'two lists side by side',
		vendor: 'whoz',
		text: lines(`${WHOZ},,${WHOZ}`, `${whoz('E1')},,${whoz('E2')}`),
		refused: /two lists stand side by side/,
	},
	{
		name: 'rows in quotes as a whole',
		vendor: 'whoz',
		text: lines(`"${WHOZ}"`, `"${whoz('E1')}"`),
		refused: /there are quotes around it/,
	},
	{
		name: 'rows in quotes below a header without',
		vendor: 'whoz',
		text: lines(WHOZ, `"${whoz('E1')}"`),
		...isFailed(/The whole row stands in one cell/),
	},
	{
		name: 'two lists in one answer of a service',
		vendor: 'ingedata',
		...json({
			employees: [{ firstName: 'Ana', lastName: 'Roy' }],
			contractors: [{ firstName: 'Bo', lastName: 'Lind' }],
		}),
		refused: /several lists: "employees" and "contractors"/,
	},
	{
		name: 'users of Microsoft Graph',
		vendor: 'whoz',
		...json({
			'@odata.context': 'x',
			value: [
				{
					displayName: 'Ana Roy',
					givenName: 'Ana',
					surname: 'Roy',
					mail: 'ana@acme.example',
					id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
					employeeId: 'E1',
					employeeHireDate: '2024-03-31T00:00:00Z',
					workspaceId: 'W1',
				},
			],
		}),
		holds: [{ externalId: 'E1', lastName: 'Roy', since: '2024-03-31' }],
	},
	{
		name: 'users of SCIM, with addresses in a list',
		vendor: 'eightfold',
		...json({
			Resources: [
				{ externalId: 'E1', name: { givenName: 'Ana' }, emails: [{ value: 'ana@acme.example' }] },
			],
		}),
		...isFailed(/a list or an object where a text is expected/),
	},
];
