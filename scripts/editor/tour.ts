import type { N8n } from '../../test/e2e/support/n8n';
import type { Editor } from './editor';
import type { Pictures } from './pictures';
import type { Report } from './report';

/** What every part of the tour through the editor has at hand. */
export interface Tour extends N8n {
	editor: Editor;
	/** Folder from which nodes may read files. */
	files: string;
	report: Report;
	pictures: Pictures;
}
