export { runNode } from './node';
export { lookupMethods } from './lookups';
