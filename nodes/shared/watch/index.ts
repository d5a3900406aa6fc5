export { newestOfList } from './sources';
export { clockOf, timeOf } from './time';
export type { Cursor, Happening } from './types';
export { watcherOf, type Watcher } from './watcher';
