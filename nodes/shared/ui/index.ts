export { valuesToChoose } from './asked';
export { subtitleOf } from './labels';
export { mapperFields, NAME_ROOM } from './mapper';
export { COLUMNS_METHOD, searchMethod, VALUES_METHOD } from './methods';
export { propertiesOf } from './properties';
export { triggerPropertiesOf, triggerSubtitleOf, watchesOf } from './trigger';
