import type { ReadModel } from '#projection';
import { bankProjection } from './bank.projection.js';
import { BankQuery } from './bank.query.js';

export * from './bank.projection.js';
export * from './bank.query.js';

export const readModel: ReadModel = { projection: bankProjection, queries: [BankQuery], decides: true };
