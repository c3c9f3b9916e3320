import { exportsIn } from '#discovery';
import { allRefusals, type Refusals } from '#kernel';

/** What the nouns of billing refuse with: all that stands in their `<noun>.refusals.ts`. */
export const BILLING_REFUSALS: Refusals = allRefusals(
  (await exportsIn(import.meta.dirname, /^[^/]+\/[^/]+\.refusals$/u)) as Refusals[],
);
