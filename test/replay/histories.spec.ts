import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalogs } from '#billing/catalog';
import { Tenants } from '#billing/tenant';
import { decodeEvent, encodeEvent, FACTS } from '#contracts';
import { differencesIn, VerifyAccounts } from '#replay';
import { FixedClock, InMemoryEventLog } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { servedAccounts } from '../services/served-accounts.js';
import { project } from '../services/projected.js';
import { Stopping } from '../services/stopping.js';
import { TestDatabase } from '../services/test-database.js';
import { accountLines, accountsIn, append, eventsOf, linesOf, readModelLines } from './history.js';

const HISTORIES = fileURLToPath(new URL('histories', import.meta.url));

describe.each(readdirSync(HISTORIES))('a history that version %s stored', (version) => {
  const folder = join(HISTORIES, version);
  const stopping = new Stopping();
  const log = new InMemoryEventLog();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    await append(log, eventsOf(folder));
    await project(log, database);
  });

  it('is read, and would be stored again as it is; what was of a version before, with what that did not know', () => {
    for (const recorded of eventsOf(folder)) {
      const { fact } = decodeEvent({ ...structuredClone(recorded), position: 0n });
      const { text, data, schemaVersion } = encodeEvent(fact);
      if (recorded.metadata['schemaVersion'] === schemaVersion) expect(text).toBe(JSON.stringify(recorded.data));
      else expect(data).toMatchObject(recorded.data);
    }
  });

  it('folds to the same accounts', async () => {
    expect(await accountLines(log)).toEqual(linesOf(folder, 'accounts'));
  });

  it('is projected into the same rows', async () => {
    expect(await readModelLines(log, database)).toEqual(linesOf(folder, 'read-models'));
  });

  it('is found right by a verification', async () => {
    const verify = new VerifyAccounts(log, servedAccounts(database));
    const [catalogs, tenants] = [new Catalogs(log, new FixedClock()), new Tenants(log, new FixedClock())];
    for (const [tenantId, own] of Map.groupBy(await accountsIn(log), (account) => account.tenantId)) {
      const catalog = await catalogs.ofTenant(tenantId);
      const terms = { catalog, usageShards: await tenants.usageShards(tenantId) };
      const accounts = own.map(({ accountId }) => accountId);
      expect(await differencesIn(verify.differences(tenantId, accounts, terms))).toEqual([]);
    }
  });
});

describe('the histories together', () => {
  it('hold every event that can be stored', () => {
    const types = new Set(
      readdirSync(HISTORIES).flatMap((version) => eventsOf(join(HISTORIES, version)).map(({ type }) => type)),
    );
    expect(Object.keys(FACTS).filter((type) => !types.has(type))).toEqual([]);
  });
});
