export { FileFault } from './fault';
export { REJECT_COLUMNS } from './marks';
export { openRows } from './open';
export { RejectFile, type RejectFormat, type RejectedRow, type WrittenFile } from './rejects';
export { templateFile, type TemplateColumn, type TemplateFormat } from './template';
export { holdsData } from './table';
export { UNCLEAR } from './types';
export type { FieldsNamed, FileHead, FileRow, OpenedFile, ReadOptions } from './types';
