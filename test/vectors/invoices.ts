import type { Adapters } from './adapter.js';

export const invoices: Adapters = {};
