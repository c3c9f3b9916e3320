import type { Adapters } from './adapter.js';

export const ledger: Adapters = {};
