export type { DuplicatePolicy } from './duplicates';
export * from './job';
export { recordPages, type ListReader } from './recordPages';
export * from './outcome';
export * from './request';
export { save } from './save';
export * from './order';
export { sentence } from './sentence';
