export * from './projection-runner.js';
export * from './projection-status.js';
export * from './projection.js';
export type { AroundBatch } from './projector.js';
export * from './rebuild-requests.js';
export * from './rebuilder.js';
export * from './reported.js';
export { RowChanges } from './row-changes.js';
export * from './table.js';
