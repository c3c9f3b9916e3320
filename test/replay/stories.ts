import type { TestRecount } from '../services/test-recount.js';
import { tellOfParties } from './party-story.js';
import { tellStory } from './story.js';
import { tellOfTaxes } from './tax-story.js';

/** What each version stored first: later ones tell only what is new. */
export const STORIES: Readonly<Record<string, (recount: TestRecount) => Promise<void>>> = {
  '0.9.0': tellStory,
  '0.10.0': async (recount) => {
    await tellOfTaxes(recount);
    await tellOfParties(recount);
  },
};
