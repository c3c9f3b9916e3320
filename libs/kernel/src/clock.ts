import type { Instant } from './calendar/instant.js';

/** The port to time: handlers ask it, deciders get what it said. */
export abstract class Clock {
  abstract now(): Instant;
}
