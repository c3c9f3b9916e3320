import { refuse } from '#kernel';
import { StaleFacts } from '../../invoice/stale-facts.js';

const ATTEMPTS_MAX = 5;

/** Gathers facts and decides on them; where they had gone stale in between, both once more. */
export const gatheringAgain = async <Result>(gatherAndDecide: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    try {
      return await gatherAndDecide();
    } catch (error) {
      if (!(error instanceof StaleFacts)) throw error;
    }
  }
  return refuse('too_much_contention', 'Too many commands change this at once: try again.', 'unavailable');
};
