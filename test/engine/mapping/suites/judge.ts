import {
	choice,
	date,
	dateTime,
	email,
	file,
	flag,
	number,
	phone,
	resource,
	text,
	textList,
	url,
	write,
	type SaveOperation,
} from '../../../../nodes/shared/definition';
import { prepareMapper } from '../../../../nodes/shared/mapping';
import { POLICY } from '../people';

const member = resource({
	name: 'member',
	label: 'Member',
	plural: 'Members',
	key: 'number',
	fields: {
		number: text({ label: 'Number', concept: 'externalId' }),
		id: number({ label: 'Member ID', decimals: 0, concept: 'internalId' }),
		name: text({ label: 'Last Name', concept: 'familyName' }),
		title: text({ label: 'Job Title', concept: 'jobTitle' }),
		email: email({ label: 'Email', concept: 'email' }),
		phone: phone({ label: 'Phone', concept: 'phone' }),
		phones: textList({ label: 'Other Phones' }),
		since: date({ label: 'Since', concept: 'startDate' }),
		seen: dateTime({ label: 'Last Seen' }),
		active: flag({ label: 'Active', concept: 'status' }),
		gender: choice({ label: 'Gender', values: ['Male', 'Female'], concept: 'gender' }),
		cv: file({ label: 'CV', limits: {} }),
		linkedIn: url({ label: 'LinkedIn', concept: 'linkedIn' }),
		boss: text({
			label: 'Boss',
			concept: 'manager',
			relation: { refersTo: 'number', order: 'parentsFirst' },
		}),
		lead: text({
			label: 'Lead',
			concept: 'mentor',
			relation: { refersTo: 'name title', order: 'parentsFirst' },
		}),
		salary: number({ label: 'Salary', decimals: 2, concept: 'salary' }),
		share: number({ label: 'Share' }),
	},
	endpoints: {
		save: write({
			request: { method: 'POST', path: '/members' },
			basis: 'documented',
			source: 'https://example.com',
			max: 100,
			repeatable: true,
			outcome: { by: 'status' },
		}),
	},
	operations: {
		bulkSave: { does: 'save', rows: 'items', action: 'Save', purpose: 'patch', route: 'save' },
	},
});
const mapper = prepareMapper(member, member.operations.bulkSave as SaveOperation);

function judge(header: string, values: readonly unknown[], policy = POLICY) {
	const survey = mapper.survey(policy);
	for (const value of values) survey.take({ [header]: value });
	return survey.verdict();
}
/** What the rows hold once the column has been judged. */
const read = (header: string, values: readonly unknown[], policy = POLICY) => {
	const { readings } = judge(header, values, policy);
	return values.map((value) => {
		const { record, issues } = mapper.map({ [header]: value }, { ...policy, readings });
		return issues.length > 0 ? issues[0].code : Object.values(record)[0];
	});
};

describe('a column that holds something else than its field stops the run', () => {
	test.each<[string, readonly unknown[], RegExp]>([
		['Email', ['Paris', 'Rome', 'Oslo'], /none of its values is an e-mail address/],
		['Phone', ['Sales', 'Sales', 'IT'], /none of its values is a phone number/],
		['Since', ['yes', 'no', 'yes'], /none of its values is a date/],
		['Since', ['1', '2', '3'], /is a date/],
		['Since', [17, 18, 19], /is a date/],
		['Salary', ['high', 'low', 'low'], /is a number/],
		['Status', ['Full-time', 'Part-time', 'Full-time'], /is yes or no/],
		['Gender', ['A1', 'B2', 'C3'], /is one of Male, Female/],
		['Last Name', ['12', '13', '14'], /holds numbers only/],
		['Last Name', ['E1', 'E2', 'E3'], /holds numbers only/],
		['Employee Number', ['00123', '124'], /zeros in front/],
		['Employee Number', ['7', '7', '7'], /same value in all rows/],
		['Title', ['Mr', 'Ms.', 'Mrs'], /forms of address/],
		['Title', ['Ms.'], /forms of address/],
		['Member ID', ['1', '2', '3'], /only counts the rows/],
		['Member ID', ['4b5b2f5e-1', '0035g01', 'ana1@x.com'], /is a whole number/],
		['Last Name', ['Roy, Ana', 'Lind, Bo', 'Ng, Cy'], /last and first name in one/],
		['Last Name', ['Mr', 'Ms.'], /forms of address/],
		['Job Title', ['12345', '12', '7'], /is a title: they are numbers/],
		[
			'Since',
			['2024-03-30T23:00:00.000Z', '2024-04-30T22:00:00.000Z', '2024-05-01T22:00:00Z'],
			/midnight somewhere else/,
		],
		['Salary', ['$85,000', '€65,000'], /several currencies/],
		['Salary', ['85000 USD', '65000 CHF', '1'], /several currencies/],
		['CV', ['ana.pdf', 'Bo.docx', 'see mail'], /is a file .*Names of files/],
		['CV', ['Attached', 'attached', 'yes12345'], /is a file/],
		['LinkedIn', ['https://x.example/1', 'https://x.example/2', 'ana'], /at LinkedIn/],
		['Boss', ['Grace Hopper', 'Hopper, Grace', 'Ada M. Lovelace'], /is an ID: they are names/],
		['Lead', ['E1', 'grace@acme.example', '00042'], /is a first and last name/],
	])('%s of %j', (header, values, words) => {
		expect(judge(header, values).problems).toEqual([expect.stringMatching(words)]);
	});
	test('and the message quotes no value', () => {
		expect(judge('Email', ['Paris', 'Rome', 'Oslo']).problems).toEqual([
			'Column "Email" goes to "Email", but none of its values is an e-mail address.',
		]);
	});
	test.each<[string, readonly unknown[]]>([
		['Email', ['Paris', 'Rome']],
		['Email', ['Paris', 'Rome', 'a@x.com']],
		['Email', ['', null, undefined, ' ']],
		['Phone', ['after six', '030 1234', 'NULL']],
		['Since', ['31/03/24', '31/03/24', 'March']],
		['Since', [45382, 45383, 45384]],
		['Status', ['Full-time', 'Active', 'x']],
		['Last Name', ['12', 'Roy', '14']],
		['Employee Number', ['7', '7', '8']],
		['Employee Number', ['7', '7']],
		['Employee Number', ['00123', '12345', '123456', '012345', '7']],
		['Employee Number', ['00123', '12345', 'E7']],
		['Email', ['a@x.com', 'a@x.com', 'a@x.com']],
		['Title', ['Mr', 'Engineer']],
		['Member ID', ['1', '2', '4']],
		['Salary', ['85k', '85,000', '$1']],
		['Since', ['2024-03-30T23:00:00.000Z', '2024-04-30T09:13:00Z', '2024-05-01T22:00:00Z']],
		['Since', ['2024-03-30T00:00:00Z', '2024-04-30T05:00:00Z', '2024-05-01T04:00:00Z']],
		['Last Seen', ['2024-03-30T23:00:00Z', '2024-04-30T22:00:00Z', '2024-05-01T22:00:00Z']],
		['Salary', ['$85,000', 'USD 65,000', 'US$ 1.50']],
		['Last Name', ['Roy, Ana', 'Lind, Bo', 'Ng']],
		['Last Name', ['Mr', 'Roy']],
		['CV', ['ana.pdf', 'Bo.docx', `JVBERi0xLjQ${'A'.repeat(80)}`]],
		['Boss', ['Grace Hopper', 'E1', 'Ada Lovelace']],
		['Boss', ['ana.roy', 'bo', 'E 17']],
		['Lead', ['E1', 'Grace Hopper', '7']],
		['Lead', ['Madonna', 'Cher', 'Prince']],
	])('but not %s of %j', (header, values) => {
		expect(judge(header, values).problems).toEqual([]);
	});
	test('judged by the first thousand rows', () => {
		const values = Array.from({ length: 3_000 }, (_, at) => (at < 1_000 ? 'Paris' : 'a@x.com'));
		expect(judge('Email', values).problems).toHaveLength(1);
	});
});

describe('a column settles how its values are read', () => {
	test.each<[readonly string[], readonly unknown[], RegExp]>([
		[
			['03/04/2026', '31/03/2026'],
			['2026-04-03', '2026-03-31'],
			/"\/" are read with the day first/,
		],
		[
			['03/04/2026', '03/31/2026'],
			['2026-03-04', '2026-03-31'],
			/"\/" are read with the month first/,
		],
		[['03-04-2026', '31-03-2026 00:00'], ['2026-04-03', '2026-03-31'], /"-" are read with the day/],
		[['03.04.2026', "'31.03.2026"], ['2026-04-03', '2026-03-31'], /"\." are read with the day/],
	])('dates: %j', (values, expected, notice) => {
		expect(read('Since', values)).toEqual(expected);
		expect(judge('Since', values).notices).toEqual([expect.stringMatching(notice)]);
	});
	test.each<[readonly string[]]>([
		[['03/04/2026', '05/06/2026']],
		[['03/04/2026', '31/03/2026', '03/31/2026']],
		[['03/04/2026', '31/03/2026', '\u200b03/31/2026']],
		[['03.04.2026', '31.03.2026', '03.31.2026 09:00']],
	])('not where nothing or too much settles it: %j', (values) => {
		expect(read('Since', values)[0]).toBe('AMBIGUOUS_DATE');
		expect(judge('Since', values).notices).toEqual([]);
	});
	const MARKS = ['-', '/', '.'];
	const PAIRS = MARKS.flatMap((mark) =>
		MARKS.filter((other) => other !== mark).map((other) => [mark, other] as const),
	);
	test.each(PAIRS)('dates with "%s" say nothing of those with "%s"', (mark, other) => {
		const of = (between: string, ...numbers: string[]) => numbers.join(between);
		for (const [clear, day] of [
			[of(mark, '12', '31', '2026'), '2026-12-31'],
			[of(mark, '31', '12', '2026'), '2026-12-31'],
		]) {
			const unclear = of(other, '05', '03', '2026');
			expect(read('Since', [clear, unclear])).toEqual([day, 'AMBIGUOUS_DATE']);
			expect(judge('Since', [clear, unclear]).notices).toEqual([]);
			// With a time behind them they are the same dates.
			expect(read('Last Seen', [`${clear} 09:00`, `${unclear} 09:00`])).toEqual([
				`${day}T09:00:00Z`,
				'AMBIGUOUS_DATE',
			]);
		}
	});
	test('each mark has an order of its own', () => {
		const values = ['12/31/2026', '05/03/2026', '31.12.2026', '05.03.2026'];
		expect(read('Since', values)).toEqual(['2026-12-31', '2026-05-03', '2026-12-31', '2026-03-05']);
		expect(judge('Since', values).notices).toEqual([
			'Column "Since": dates with "/" are read with the month first, dates with "." are read with the day first, since some of them can be read in no other way.',
		]);
		expect(
			read('Last Seen', ['12/31/2026 09:00', '05/03/2026', '05.03.2026 1:30 pm', '13.03.2026']),
		).toEqual([
			'2026-12-31T09:00:00Z',
			'2026-05-03T00:00:00Z',
			'2026-03-05T13:30:00Z',
			'2026-03-13T00:00:00Z',
		]);
	});
	test('two orders with one mark leave those with another alone', () => {
		const values = ['12/31/2026', '31/12/2026', '05/03/2026', '31.12.2026', '05.03.2026'];
		expect(read('Since', values).slice(2)).toEqual(['AMBIGUOUS_DATE', '2026-12-31', '2026-03-05']);
	});
	describe('two names of one field', () => {
		const items = (
			...given: ReadonlyArray<Readonly<Record<string, string>>>
		): { values: unknown[]; notices: readonly string[] } => {
			const survey = mapper.survey(POLICY);
			for (const item of given) survey.take(item);
			const { readings, notices } = survey.verdict();
			const values = given.map((item) => {
				const { record, issues } = mapper.map(item, { ...POLICY, readings });
				return issues[0]?.code ?? Object.values(record)[0];
			});
			return { values, notices };
		};
		test('do not settle what the other contradicts', () => {
			const { values, notices } = items(
				{ Since: '03/04/2026' },
				{ Since: '31/12/2026' },
				{ 'Start Date': '03/04/2026' },
				{ 'Start Date': '12/31/2026' },
			);
			expect(values).toEqual(['AMBIGUOUS_DATE', '2026-12-31', 'AMBIGUOUS_DATE', '2026-12-31']);
			expect(notices).toEqual([]);
			const numbers = items(
				{ Share: '1,250' },
				{ Share: '12.5' },
				{ share: '1.250' },
				{ share: '12,5' },
			);
			expect(numbers.values).toEqual(['INVALID_VALUE', 12.5, 'INVALID_VALUE', 12.5]);
		});
		test('settle each its own where they agree, and nothing where one says nothing', () => {
			expect(
				items(
					{ Since: '03/04/2026' },
					{ 'Start Date': '05/04/2026' },
					{ Since: '31/12/2026' },
					{ 'Hire Date': '05/04/2026' },
					{ 'Hire Date': '30/04/2026' },
				).values,
			).toEqual(['2026-04-03', 'AMBIGUOUS_DATE', '2026-12-31', '2026-04-05', '2026-04-30']);
			expect(items({ Share: '1,250' }, { share: '1,250' }, { Share: '12.5' }).values).toEqual([
				1250,
				'INVALID_VALUE',
				12.5,
			]);
			const money = items({ Salary: '85,000' }, { salary: '85.000' });
			expect(money.values).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
			expect(items({ Salary: '85,000' }, { salary: '92,500' }).values).toEqual([85000, 92500]);
		});
	});
	test.each<[readonly string[], readonly unknown[]]>([
		// No day, no month: the year. It stands last, and the order of the two before it is clear.
		[
			['03/04/2026', '25/12/85'],
			['2026-04-03', 'INVALID_VALUE'],
		],
		[
			['03/04/2026', '12/25/21'],
			['2026-03-04', 'INVALID_VALUE'],
		],
		// It may stand first.
		[
			['03/04/2026', '25/12/21'],
			['AMBIGUOUS_DATE', 'INVALID_VALUE'],
		],
		[
			['03/04/2026', '25/12/21', '31/12/2026'],
			['2026-04-03', 'INVALID_VALUE', '2026-12-31'],
		],
		[
			['03/04/2026', '25/12/21', '12/31/2026'],
			['AMBIGUOUS_DATE', 'INVALID_VALUE', '2026-12-31'],
		],
		[
			['03/04/2026', '31/12/2026', '12/25/85'],
			['AMBIGUOUS_DATE', '2026-12-31', 'INVALID_VALUE'],
		],
		[
			['03/04/2026', '03/04/21'],
			['AMBIGUOUS_DATE', 'INVALID_VALUE'],
		],
	])('a year of two digits says what it can: %j', (values, expected) => {
		expect(read('Since', values)).toEqual(expected);
	});
	test('days that are the numbers of a spreadsheet are told of', () => {
		expect(judge('Since', [45382, '2026-03-31']).notices).toEqual([
			expect.stringMatching(
				/^Column "Since": numbers were read as days .* give the file to Import/,
			),
		]);
		expect(judge('Since', ['2026-03-31']).notices).toEqual([]);
		expect(judge('Last Seen', [1767225600]).notices).toEqual([]);
	});
	test("nothing settles it against the user's choice", () => {
		const policy = { ...POLICY, dateOrder: 'monthFirst' as const };
		expect(read('Since', ['03/04/2026', '31/03/2026'], policy)).toEqual([
			'2026-03-04',
			'INVALID_VALUE',
		]);
	});
	test.each<[string, readonly string[], readonly unknown[]]>([
		['Share', ['1,250', '1,250.50'], [1250, 1250.5]],
		['Share', ['1.250', '12,5'], [1250, 12.5]],
		['Share', ['1,250', '12.5'], [1250, 12.5]],
		['Share', ['1,250', '3,500'], ['INVALID_VALUE', 'INVALID_VALUE']],
		['Share', ['1,250', '1.250', '12,5', '12.5'], ['INVALID_VALUE', 'INVALID_VALUE', 12.5, 12.5]],
		['Salary', ['85,000', '$92,500'], [85000, 92500]],
		['Salary', ['85.000', '92.500 €'], [85000, 92500]],
		['Salary', ['85.000', '92,500'], ['INVALID_VALUE', 'INVALID_VALUE']],
		['Salary', ['85,000', '1.234,50'], ['INVALID_VALUE', 1234.5]],
		['Salary', ['85,000', '1,234.50'], [85000, 1234.5]],
	])('numbers of %s: %j', (header, values, expected) => {
		expect(read(header, values)).toEqual(expected);
	});
	test('an x where there is nothing else', () => {
		expect(read('Active', ['x', 'X', ''])).toEqual([true, true, 'EMPTY_ROW']);
		expect(read('Active', ['x', 'no'])).toEqual(['INVALID_VALUE', false]);
	});
	test('single letters where there is nothing else', () => {
		expect(read('Active', ['O', 'n'])).toEqual([true, false]);
		expect(read('Active', ['T', 'F', ''])).toEqual([true, false, 'EMPTY_ROW']);
		expect(read('Active', ['O', 'oui', 'N'])).toEqual(['INVALID_VALUE', true, false]);
		expect(read('Active', ['F', 'F'])).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
		expect(read('Active', ['O', 'T'])).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
	});
	test('yes and no in other languages', () => {
		expect(read('Active', ['tak', 'nie', 'Evet', 'Hayır', 'nej', 'да', 'はい', 'ΝΑΙ'])).toEqual([
			...[true, false, true, false, false, true, true, true],
		]);
	});
	test('an M that may be hombre or mujer is not read', () => {
		expect(read('Sexo', ['M', 'M'])).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
		expect(read('Sexo', ['M', 'F'])).toEqual(['Male', 'Female']);
		expect(read('Sexo', ['M', 'mujer'])).toEqual(['Male', 'Female']);
		expect(read('Gender', ['M', 'm'])).toEqual(['Male', 'Male']);
	});
	test('M beside an H', () => {
		expect(read('Gender', ['M', 'H'])).toEqual(['Female', 'Male']);
		expect(read('Gender', ['M', 'F'])).toEqual(['Male', 'Female']);
	});
});
