import type { Adapters } from './adapter.js';
import { aggregation } from './aggregation.js';
import { analytics } from './analytics.js';
import { calendar } from './calendar.js';
import { invoices } from './invoices.js';
import { ledger } from './ledger.js';
import { proration } from './proration.js';
import { tiers } from './tiers.js';

const composed = (...files: readonly Adapters[]): Adapters => {
  const kinds = files.flatMap((file) => Object.keys(file));
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) throw new Error(`Two adapters know the kind ${twice}.`);
  return Object.assign({}, ...files) as Adapters;
};

/** Every kind with the adapter that runs it, or the reason why Recount does not follow it. */
export const ADAPTERS: Adapters = composed(invoices, ledger, analytics, calendar, proration, tiers, aggregation);
