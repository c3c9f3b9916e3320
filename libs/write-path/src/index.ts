export { chainedId } from './chain-end.js';
export { ChainedEventLog } from './chained-event-log.js';
export * from './decided-streams.js';
export * from './envelope.js';
export * from './proposal.js';
export { FoldedStream } from './folded-stream.js';
export { oncePerRevision } from './once-per-revision.js';
export * from './snapshots.js';
