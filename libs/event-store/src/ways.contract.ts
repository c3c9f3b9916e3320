import { type AppendWay } from './appending.js';

/** For tests: what holds of one way of appending holds of the other. */
export const WAYS: readonly AppendWay[] = ['channel', 'package'];
