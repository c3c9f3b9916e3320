import { type Way } from './connection.js';

/** For tests: what holds of one way of appending holds of the other. */
export const WAYS: readonly Way[] = ['channel', 'package'];
