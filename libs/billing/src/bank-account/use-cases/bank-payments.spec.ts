import { accountStream, bankStream, decodeEvent, tenantStream, type BankFact } from '#contracts';
import { AppendOutcomeUnknown, DomainError, EventLogUnavailable, money, type LocalDate } from '#kernel';
import {
  ACCOUNT,
  anEnvelope,
  anId,
  at,
  Crash,
  ENTITY,
  FaultyEventLog,
  FixedClock,
  InMemoryEventLog,
  sealed,
  SERIES,
  TENANT,
  type AppendFault,
} from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import fc from 'fast-check';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { ReceivePayment, ReceivePaymentHandler } from '../../payment/use-cases/receive-payment.handler.js';
import { ReversePaymentHandler, type ReversePayment } from '../../payment/use-cases/reverse-payment.handler.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';
import { BankAccounts } from './bank-accounts.js';
import {
  MatchBankEntry,
  MatchBankEntryHandler,
  UnmatchBankEntry,
  UnmatchBankEntryHandler,
} from './bank-entry.handlers.js';
import { BankPayments } from './bank-payments.js';

const NOW = at('2026-03-05T00:00:00Z');
const BANK = anId('bac');
const ENTRY = anId('bke');
const STREAM = bankStream(TENANT, BANK);

/** Money that came in at a bank, and its payment in the book of an account: two streams, and a process may die between them. */
describe('a bank entry and its payment', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;
  /** Whether the account takes no payments. */
  let refusing: boolean;

  /** One that knows nothing of what happened before. */
  const process = () => {
    const clock = new FixedClock(NOW);
    const accounts = new Accounts(faults, clock);
    const tenants = new Tenants(faults, clock);
    const bankAccounts = new BankAccounts(faults, clock);
    const time = new AccountTime(accounts, new TestClocks(faults, clock), tenants, clock);
    const receiving = new ReceivePaymentHandler(accounts, time);
    const reversing = new ReversePaymentHandler(accounts, time);
    const execute = (command: ReceivePayment | ReversePayment): Promise<unknown> => {
      if (!(command instanceof ReceivePayment)) return reversing.execute(command);
      return refusing
        ? Promise.reject(new DomainError('account_closed', 'The account is closed.'))
        : receiving.execute(command);
    };
    const payments = new BankPayments({ execute } as unknown as CommandBus, bankAccounts);
    const matching = new MatchBankEntryHandler(bankAccounts, payments);
    const unmatching = new UnmatchBankEntryHandler(bankAccounts, payments);
    return { accounts, tenants, bankAccounts, payments, matching, unmatching };
  };
  type Process = ReturnType<typeof process>;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
    refusing = false;
    const { tenants, accounts, bankAccounts } = process();
    const tenant = { tenantId: TENANT, name: 'Acme', entityId: ENTITY, seriesId: SERIES, timeZone: 'UTC' };
    const firstKey = { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] };
    const create = { type: 'CreateTenant', ...tenant, firstKey, usageShards: 1 } as const;
    await tenants.execute(tenantStream(TENANT), anEnvelope(1), create, () => null);
    const opened = {
      type: 'OpenAccount',
      accountId: ACCOUNT,
      personal: sealed(),
      currency: 'EUR',
      timeZone: 'UTC',
      netTermsDays: 30,
      taxStatus: 'taxable',
      entityId: ENTITY,
      metadata: {},
      now: NOW,
    } as const;
    await accounts.execute(accountStream(TENANT, ACCOUNT), anEnvelope(2), opened, () => null);
    const account = { bankAccountId: BANK, name: 'Main', currency: 'EUR', iban: 'DE89370400440532013000' };
    await bankAccounts.execute(STREAM, anEnvelope(3), { type: 'RegisterBankAccount', account }, () => null);
    const entry = {
      entryId: ENTRY,
      identity: 'e'.repeat(64),
      amount: money(10_000n, 'EUR'),
      bookedOn: '2026-03-02' as LocalDate,
      reversal: false,
      references: [],
      personal: sealed(),
    };
    await bankAccounts.execute(STREAM, anEnvelope(4), { type: 'RecordBankEntries', entries: [entry] }, () => null);
  });

  const match = ({ matching }: Process, request = 10) =>
    matching.execute(
      new MatchBankEntry(anEnvelope(request), BANK, ENTRY, { accountId: ACCOUNT, allocations: [], reason: 'by_hand' }),
    );
  const unmatch = ({ unmatching }: Process, request = 20) =>
    unmatching.execute(new UnmatchBankEntry(anEnvelope(request), BANK, ENTRY, 'mistaken'));

  /** What the worker does about each fact of the bank account, from the first on. */
  const follow = async (): Promise<void> => {
    const { payments } = process();
    const asked = { actor: { type: 'reactor', id: 'bank' }, correlationId: anEnvelope().correlationId } as const;
    for await (const event of log.readStream(STREAM)) {
      const { type, data } = decodeEvent<BankFact>(event).fact;
      try {
        if (type === 'BankEntryMatched') await payments.book(TENANT, BANK, data, asked);
        if (type === 'BankEntryUnmatched') await payments.reverse(TENANT, data, asked);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
  };

  /** The payments that stand, and the one that should. */
  const found = async () => {
    const { accounts, bankAccounts } = process();
    const standing = await accounts.view(
      accountStream(TENANT, ACCOUNT),
      ({ payments }) => [...payments.values()].filter(({ reversedOn }) => reversedOn === null).map(({ id }) => id),
      0,
    );
    const matched = await bankAccounts.view(STREAM, ({ entries }) => entries.get(ENTRY)!.match?.paymentId, 0);
    return { standing, matched: matched === undefined ? [] : [matched] };
  };
  const expectMatched = async (times: 0 | 1): Promise<void> => {
    const { standing, matched } = await found();
    expect(standing).toEqual(matched);
    expect(matched).toHaveLength(times);
  };

  const STEPS: [step: string, faults: (AppendFault | null)[], done: boolean][] = [
    ['before the bank account has it', ['crash_before'], false],
    ['after the bank account has it', ['crash_after'], true],
    ['before the account has it', [null, 'crash_before'], true],
    ['after the account has it', [null, 'crash_after'], true],
  ];

  it.each(STEPS)('are matched once where the process dies %s', async (_, failing, done) => {
    faults.failing(...failing);
    await expect(match(process())).rejects.toThrow(Crash);
    await follow();
    await expectMatched(done ? 1 : 0);
    await match(process());
    await expectMatched(1);
    await follow();
    await expectMatched(1);
  });

  it.each(STEPS)('are unmatched once where the process dies %s', async (_, failing, done) => {
    await match(process());
    faults.failing(...failing);
    await expect(unmatch(process())).rejects.toThrow(Crash);
    await follow();
    await expectMatched(done ? 0 : 1);
    await unmatch(process());
    await follow();
    await expectMatched(0);
    await match(process(), 11);
    await expectMatched(1);
  });

  it.each(['crash_before', 'crash_after'] as const)('are unmatched where the account refuses (%s)', async (fault) => {
    faults.failing(() => Promise.resolve((refusing = true)), fault);
    await expect(match(process())).rejects.toThrow(Crash);
    await follow();
    await expectMatched(0);
  });

  it('are not booked by a match that comes again once it was taken back', async () => {
    faults.failing('crash_after');
    await expect(match(process())).rejects.toThrow(Crash);
    refusing = true;
    await follow();
    refusing = false;
    await match(process());
    await expectMatched(0);
    await match(process(), 11);
    await follow();
    await expectMatched(1);
  });

  it('are as they should be whatever fails', async () => {
    const fault = fc.constantFrom<AppendFault | null>(
      null,
      null,
      'answer_lost',
      'not_stored',
      'unavailable',
      'crash_before',
      'crash_after',
    );
    const step = fc.record({ again: fc.boolean(), matches: fc.boolean(), follows: fc.boolean(), refuses: fc.nat(4) });
    const history = fc.record({
      faults: fc.array(fault, { minLength: 60, maxLength: 60 }),
      steps: fc.array(step, { minLength: 40, maxLength: 40 }),
    });
    const [told] = fc.sample(history, { numRuns: 1, seed: 20261201 });
    faults.failing(...told!.faults);
    let request = 100;
    for (const { again, matches, follows, refuses } of told!.steps) {
      if (!again) request += 1;
      refusing = refuses === 0;
      try {
        await (matches ? match(process(), request) : unmatch(process(), 1_000 + request));
        if (follows) await follow();
      } catch (error) {
        const isExpected = [Crash, DomainError, AppendOutcomeUnknown, EventLogUnavailable];
        if (!isExpected.some((kind) => error instanceof kind)) throw error;
      }
    }
    faults.forgive();
    refusing = false;
    await follow();
    const { standing, matched } = await found();
    expect(standing).toEqual(matched);
  });
});
