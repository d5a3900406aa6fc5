export * from './evidence';
export * from './field';
export * from './endpoint';
export * from './operation';
export * from './vendor';
export * from './naming';
export * from './path';
export * from './nodeOptions';
