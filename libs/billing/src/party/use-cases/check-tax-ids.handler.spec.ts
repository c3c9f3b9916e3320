import { accountStream, tenantStream, type Personal } from '#contracts';
import type { AccountId, TenantId } from '#kernel';
import { ACCOUNT, anEnvelope, anId, at, ENTITY, FixedClock, InMemoryEventLog, SERIES, TENANT } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PersonalData, type DocumentCopy, type PersonalFields } from '../../account/ports/personal-data.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';
import { OptionalTaxIdRegistry, TaxIdRegistry, type TaxIdAnswer } from '../ports/tax-id-registry.js';
import { CheckTaxIds, CheckTaxIdsHandler } from './check-tax-ids.handler.js';

const NOW = at('2026-01-15T00:00:00Z');
const STREAM = accountStream(TENANT, ACCOUNT);
const FRENCH = { type: 'eu_vat', value: 'FR40303265045' } as const;

/** Says what it is told to say, and counts how often it is asked. */
class ToldRegistry extends TaxIdRegistry {
  asked = 0;
  answer: TaxIdAnswer = { result: 'valid' };

  knows({ type }: { readonly type: string }): boolean {
    return type === 'eu_vat';
  }

  check(): Promise<TaxIdAnswer> {
    this.asked += 1;
    return Promise.resolve(this.answer);
  }
}

/** Sealed by being written out. */
class PlainData extends PersonalData {
  private seals = 0;

  seal(_tenantId: TenantId, _accountId: AccountId, _purpose: string, fields: PersonalFields): Promise<Personal> {
    this.seals += 1;
    return Promise.resolve({ keyId: 'profile', iv: `iv${this.seals}`, ciphertext: JSON.stringify(fields) });
  }

  open(_tenantId: TenantId, personals: readonly Personal[]): Promise<(PersonalFields | null)[]> {
    return Promise.resolve(personals.map(({ ciphertext }) => JSON.parse(ciphertext) as PersonalFields));
  }

  forDocuments(): Promise<ReadonlyMap<AccountId, DocumentCopy>> {
    return Promise.resolve(new Map());
  }

  blindIndex(_tenantId: TenantId, text: string): Promise<string> {
    return Promise.resolve(text);
  }

  keyIdOf(): string {
    return 'profile';
  }

  erase(): Promise<void> {
    return Promise.resolve();
  }
}

describe('tax ids that a register is asked about', () => {
  let log: InMemoryEventLog;
  let accounts: Accounts;
  let registry: ToldRegistry;
  let personal: PlainData;
  let clock: FixedClock;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    clock = new FixedClock(NOW);
    accounts = new Accounts(log, clock);
    registry = new ToldRegistry();
    personal = new PlainData();
    const firstKey = { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] };
    const tenant = { tenantId: TENANT, name: 'Acme', entityId: ENTITY, seriesId: SERIES, timeZone: 'UTC' };
    const create = { type: 'CreateTenant', ...tenant, firstKey, usageShards: 1 } as const;
    await new Tenants(log, clock).execute(tenantStream(TENANT), anEnvelope(1), create, () => null);
    const opened = {
      type: 'OpenAccount',
      accountId: ACCOUNT,
      personal: await personal.seal(TENANT, ACCOUNT, 'profile', { taxIds: [FRENCH] }),
      currency: 'USD',
      timeZone: 'UTC',
      netTermsDays: 30,
      taxStatus: 'taxable',
      entityId: ENTITY,
      metadata: {},
      now: NOW,
    } as const;
    await accounts.execute(STREAM, anEnvelope(2, { accountId: ACCOUNT }), opened, () => null);
  });

  const handler = (asks: TaxIdRegistry | null = registry): CheckTaxIdsHandler => {
    const tenants = new Tenants(log, clock);
    const time = new AccountTime(accounts, new TestClocks(log, clock), tenants, clock);
    return new CheckTaxIdsHandler(accounts, personal, tenants, time, new OptionalTaxIdRegistry(asks));
  };
  const check = (request: number, asks?: TaxIdRegistry | null) =>
    handler(asks).execute(new CheckTaxIds(anEnvelope(request), ACCOUNT));

  it('are asked about once for a request, and answered as they were then', async () => {
    const { answer } = await check(3);
    expect(answer).toEqual([{ ...FRENCH, result: 'valid', checkedAt: NOW, validOn: '2026-01-15' }]);
    registry.answer = { result: 'invalid' };
    expect((await check(3)).answer).toEqual(answer);
    expect((await check(3, null)).answer).toEqual(answer);
    expect(registry.asked).toBe(1);
    expect((await check(4)).answer).toMatchObject([{ result: 'invalid' }]);
    expect((await check(3)).answer).toEqual(answer);
    expect(registry.asked).toBe(2);
  });

  const due = (number: number, asks?: TaxIdRegistry | null) =>
    handler(asks).execute(new CheckTaxIds(anEnvelope(number, { dueAt: at('2026-01-14T00:00:00Z') }), ACCOUNT, true));
  const facts = async (): Promise<number> => (await Array.fromAsync(log.readStream(STREAM))).length;

  it('are asked about by themselves, as of when they are', async () => {
    await check(3);
    clock.set(at('2026-02-20T00:00:00Z'));
    await due(4);
    const { answer } = await due(4);
    expect(answer).toMatchObject([{ checkedAt: '2026-02-20T00:00:00Z', validOn: '2026-02-20' }]);
    expect(registry.asked).toBe(2);
  });

  it('are left alone by themselves where nothing can be asked', async () => {
    await check(3);
    const before = await facts();
    await due(4, null);
    const known = registry.knows.bind(registry);
    registry.knows = () => false;
    await due(5);
    registry.knows = known;
    expect(await facts()).toBe(before);
    await expect(check(6, null)).rejects.toMatchObject({ code: 'tax_id_checks_not_configured' });
    const erase = { type: 'ErasePersonalData', keyIds: ['profile'], documents: false, now: NOW } as const;
    await accounts.execute(STREAM, anEnvelope(7, { accountId: ACCOUNT }), erase, () => null);
    await due(8);
    await accounts.execute(
      STREAM,
      anEnvelope(9, { accountId: ACCOUNT }),
      { type: 'CloseAccount', unbilled: false },
      () => null,
    );
    await due(10);
    expect(await facts()).toBe(before + 2);
    expect(registry.asked).toBe(1);
  });
});
