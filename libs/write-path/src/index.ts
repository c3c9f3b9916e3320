export * from './decided-streams.js';
export * from './envelope.js';
export { FoldedStream } from './folded-stream.js';
