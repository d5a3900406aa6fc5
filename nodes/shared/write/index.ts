export * from './duplicates';
export * from './outcome';
export * from './request';
export * from './save';
export * from './order';
