export { FileFault } from './fault';
export { openRows } from './open';
export { RejectFile, type RejectFormat, type WrittenFile } from './rejects';
export { templateFile, type TemplateColumn, type TemplateFormat } from './template';
export { holdsData } from './table';
export { UNCLEAR } from './types';
export type { FieldsNamed, FileHead, FileRow, ReadOptions } from './types';
