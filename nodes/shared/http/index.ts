export * from './budget';
export * from './errors';
export * from './fault';
export * from './port';
export * from './redact';
export * from './retry';
export * from './send';
export * from './urls';
