// The vendors the sandbox can serve: one line each.
export { whoz } from './whoz';
