/**
 * @jest-environment ./test/engine/mapping/timeZone.environment.ts
 * @jest-environment-options {"timeZone": "America/St_Johns"}
 */
import './suites';
