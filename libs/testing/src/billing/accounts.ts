import type { Personal, Fact } from '#contracts';
import { at } from '../moments.js';
import { ACCOUNT, ENTITY } from './ids.js';

/** What nobody can read: tests of rules never open it. */
export const sealed = (text = 'nobody'): Personal => ({ keyId: 'key', iv: 'iv', ciphertext: text });

export const anAccount = (data: Partial<Fact<'AccountOpened'>['data']> = {}): Fact<'AccountOpened'> => ({
  type: 'AccountOpened',
  data: {
    accountId: ACCOUNT,
    personal: sealed(),
    currency: 'USD',
    timeZone: 'UTC',
    netTermsDays: 30,
    taxStatus: 'taxable',
    entityId: ENTITY,
    metadata: {},
    openedAt: at('2025-12-01T00:00:00Z'),
    ...data,
  },
});
