export { FileFault } from './fault';
export { openRows } from './open';
export { RejectFile, REJECT_COLUMNS, type RejectedRow } from './rejects';
export type { FileHead, FileRow, OpenedFile, ReadOptions } from './types';
