export { columnFields, methodsOf } from './methods';
export { searchesOf, searchRecords, type Search } from './search';
export type { Page, PageReader } from './types';
