import type { Event } from './event.js';
import type { Instant } from './calendar/instant.js';

/** Where and when the log has a fact; folds that remember places or recorded time read it from here. */
export interface Recorded {
  readonly revision: number;
  readonly recordedAt: Instant;
}

/**
 * The rules of one stream. Both functions are pure: no clock, no I/O, no randomness.
 * `evolve` changes the given state, which belongs to one fold, and answers nothing.
 */
export interface Decider<State, Command, Fact extends Event> {
  initialState(): State;
  /** The facts that follow, none if there is nothing to do. @throws DomainError as a refusal */
  decide(command: Command, state: State): readonly Fact[];
  evolve(state: State, fact: Fact, recorded: Recorded): void;
}
