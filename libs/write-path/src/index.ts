export * from './decided-streams.js';
export * from './envelope.js';
export * from './proposal.js';
export { FoldedStream } from './folded-stream.js';
