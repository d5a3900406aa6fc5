export { runNode } from './node';
export { runTrigger } from './trigger';
export { lookupMethods } from './lookups';
