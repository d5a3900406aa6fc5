// The vendors the sandbox can serve: one line each.
export { whoz } from './whoz';
export { eightfold } from './eightfold';
export { ingedata } from './ingedata';
export { collective } from './collective';
export { birdDogHr } from './birddoghr';
