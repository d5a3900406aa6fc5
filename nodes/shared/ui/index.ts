export { subtitleOf } from './labels';
export { mapperFields, NAME_ROOM } from './mapper';
export { COLUMNS_METHOD, searchMethod } from './methods';
export { MAX_WAIT_SECONDS, TOOL_ROWS } from './options';
export { propertiesOf } from './properties';
