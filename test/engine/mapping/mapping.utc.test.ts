/**
 * @jest-environment ./test/engine/mapping/timeZone.environment.ts
 * @jest-environment-options {"timeZone": "UTC"}
 */
import './suites';
