export { FileFault } from './fault';
export { openRows, readRows } from './open';
export { RejectFile, REJECT_COLUMNS, type RejectedRow } from './rejects';
export type { FileHead, FileRow, OpenedFile, ReadOptions } from './types';
