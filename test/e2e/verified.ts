import { expect } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';

/** By the log: one account, or all. */
export const expectVerified = async (client: TestClient, account?: Any): Promise<void> => {
  const { id } = await client.create('audit/verifications', account === undefined ? {} : { accountId: account.id });
  const verified = await eventually(
    () => client.done('GET', `audit/verifications/${id}`),
    ({ status }) => status !== 'running',
  );
  expect(verified).toMatchObject({ status: 'completed', differences: [] });
};
