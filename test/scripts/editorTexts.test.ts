import { Report } from '../../scripts/editor/report';
import { checkTexts } from '../../scripts/editor/texts';

const complaintsAbout = (text: string): number => {
	const report = new Report();
	checkTexts(report, [text]);
	return report.wrong.length;
};

it.each([
	'[object Object]',
	'Up to undefined rows',
	'ndv.output.noOutputDataInNode',
	'The value "" is not supported!',
	"Can't get fields.",
	'No fields found in Whoz.',
	'Fetching fields',
	'Error fetching options from Whoz',
])('"%s" is no text for people', (text) => {
	expect(complaintsAbout(text)).toBe(1);
});

it.each([
	'Every save sets the status back to DRAFT, unless a switch is on.',
	'e.g. https://sandbox.whoz.com',
	'The service is apiv2.eightfold.ai.',
	'ana.silva@example.com',
	'{{ $json.number }}',
	'Rows that failed, e.g. those without an ID',
])('"%s" is', (text) => {
	expect(complaintsAbout(text)).toBe(0);
});

it('a report names the place and both lists', () => {
	const report = new Report();
	report.at('A panel');
	report.same('the fields', ['Name'], ['Name']);
	report.same('the fields', ['Name'], ['Name', 'Email']);
	expect([report.checks, report.wrong]).toEqual([
		2,
		['A panel: the fields\n    shown:  Name\n    wanted: Name | Email'],
	]);
});
