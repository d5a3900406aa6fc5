export { valuesToChoose } from './asked';
export { subtitleOf } from './labels';
export { mapperFields, NAME_ROOM } from './mapper';
export { COLUMNS_METHOD, searchMethod, VALUES_METHOD } from './methods';
export { propertiesOf } from './properties';
export { lowered } from './texts';
export { hasSchema, SCHEMA, schemaDefault, schemaOperations } from './schema';
export {
	EVENT,
	EVENTS,
	FILE_SWITCH,
	triggerPropertiesOf,
	triggerSubtitleOf,
	watchesOf,
} from './trigger';
export { filledInFor, hasTemplate, TEMPLATE } from './template';
