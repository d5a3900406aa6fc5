/**
 * @jest-environment ./test/engine/mapping/timeZone.environment.ts
 * @jest-environment-options {"timeZone": "Pacific/Kiritimati"}
 */
import './suites';
