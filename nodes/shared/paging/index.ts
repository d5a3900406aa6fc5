export * from './identity';
export * from './pages';
export { listIn, respelled } from './records';
