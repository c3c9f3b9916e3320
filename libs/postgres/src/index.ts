export * from './advisory-lock.js';
export * from './amounts.js';
export * from './data-source.js';
export * from './lists.js';
export * from './outage.js';
export * from './pool.js';
export * from './roles.js';
export * from './tenant-transactions.js';
export type { Pool, PoolClient } from 'pg';
