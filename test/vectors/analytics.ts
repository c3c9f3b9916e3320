import type { Adapters } from './adapter.js';

export const analytics: Adapters = {};
