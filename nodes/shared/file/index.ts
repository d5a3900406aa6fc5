export { FileFault } from './fault';
export { openRows } from './open';
export { RejectFile, REJECT_COLUMNS, type RejectedRow } from './rejects';
export { holdsData } from './table';
export type { FieldsNamed, FileHead, FileRow, OpenedFile, ReadOptions } from './types';
