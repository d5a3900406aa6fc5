export { contentOf, inlineFile, storedFile } from './binary';
export { Engine, type EngineRun, type EngineSetup, type WorkflowSetup } from './engine';
export { inlineNode } from './nodes';
export { loadPackage } from './package';
