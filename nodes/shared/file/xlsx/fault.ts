import { FileFault } from '../fault';

export const damaged = (): FileFault =>
	new FileFault(
		'The Excel file is damaged. Open it in Excel, save it again as .xlsx, and provide that file.',
	);

export const locked = (): FileFault =>
	new FileFault(
		'The Excel file is protected by a password. Save it without one (File > Info > Protect Workbook), then run again.',
	);

export const oversized = (): FileFault =>
	new FileFault(
		'The Excel file unpacks to far more than a list needs. Copy the list into a new workbook, or save it as CSV.',
	);
