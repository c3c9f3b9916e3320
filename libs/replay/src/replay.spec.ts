import { isRated } from '#billing/invoice';
import { packed } from '#billing/usage';
import { accountStream, USAGE_SHARDS_DEFAULT, usageStream } from '#contracts';
import { type EventLog, type Json, type LoggedEvent, type ProposedEvent } from '#kernel';
import {
  ACCOUNT,
  aCatalog,
  anId,
  aPlan,
  aCharge,
  anEnvelope,
  aReading,
  at,
  aUsageCharge,
  billAccount,
  createSubscription,
  InMemoryEventLog,
  INVOICE,
  on,
  receivePayment,
  SUBSCRIPTION,
  TENANT,
  usd,
} from '#testing';
import { propose } from '#write-path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { AccountHistory } from './account-history.js';
import { accountSnapshot, type AccountSnapshot } from './account-snapshot.js';
import { foldAccount } from './account-fold.js';
import { parseAsOf, type AsOf } from './as-of.js';
import { foldUsage } from './usage-fold.js';
import type { Difference } from './verify/difference.js';
import { ServedAccounts, type ServedAccount, type ServedReading } from './verify/served-accounts.js';
import { differencesIn, VerifyAccounts } from './verify/verify-accounts.js';

const CATALOG = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const TERMS = { catalog: CATALOG, usageShards: USAGE_SHARDS_DEFAULT };
const READINGS = [1, 2, 3].map((day) =>
  aReading({ ordinal: day - 1, id: `r${day}`, at: at(`2026-01-0${day}T12:00:00Z`) }),
);

/** January's fee and three calls, billed on 1 February, partly paid on the 10th. */
const story = async (): Promise<ToldAccounts> => {
  const told = new ToldAccounts().on('2026-01-01T00:00:00Z');
  await told.open();
  await told.tell(createSubscription({ catalog: CATALOG }));
  await told.record(READINGS.map(({ revision: _, ordinal: __, digest: ___, ...reading }) => reading));
  const billThrough = at('2026-02-01T00:00:00Z');
  await told.on('2026-02-01T00:00:00Z').tell(billAccount({ catalog: CATALOG, billThrough, known: READINGS }));
  await told.on('2026-02-10T00:00:00Z').tell(receivePayment({ amount: usd(10_00n), receivedOn: on('2026-02-10') }));
  return told;
};

describe('the past of an account', () => {
  let told: ToldAccounts;
  let history: AccountHistory;

  beforeEach(async () => {
    told = await story();
    history = new AccountHistory(told.log);
  });

  const asOf = (text: string): Promise<AccountSnapshot> => history.at(TENANT, ACCOUNT, { asOf: parseAsOf(text) });
  const events = async (): Promise<LoggedEvent[]> =>
    Array.fromAsync(told.log.readStream(accountStream(TENANT, ACCOUNT)));

  it('at each revision is the same by revision, and by the position of its event', async () => {
    for (const { revision, position } of await events()) {
      const then = await asOf(`revision:${revision}`);
      expect(then).toMatchObject({ revision, position });
      expect(await asOf(`position:${position}`)).toEqual(then);
      expect(await asOf(`position:${position}`)).toEqual(await asOf(`revision:${revision}`));
    }
  });

  it('at an instant includes what was recorded at it, and nothing later', async () => {
    const last = (await events()).filter(({ metadata }) => metadata['recordedAt'] === '2026-02-01T00:00:00Z').at(-1)!;
    const then = await asOf('2026-02-01T00:00:00Z');
    expect(then).toEqual(await asOf(`revision:${last.revision}`));
    expect(await asOf('2026-02-09T23:59:59.999999Z')).toEqual(then);
    expect((await asOf('2026-02-10T00:00:00Z')).payments).toHaveLength(1);
    expect((await asOf('2026-01-31T23:59:59Z')).invoices).toEqual([]);
  });

  it('beyond the end is now', async () => {
    const now = await history.at(TENANT, ACCOUNT);
    for (const text of ['revision:999', 'position:999', '2099-01-01T00:00:00Z']) expect(await asOf(text)).toEqual(now);
  });

  it('before the beginning is nothing', async () => {
    await expect(asOf('position:0')).rejects.toMatchObject({ code: 'account_not_found' });
    await expect(asOf('2025-12-31T23:59:59Z')).rejects.toMatchObject({ code: 'account_not_found' });
    await expect(history.at(anId('tnt', 2), ACCOUNT)).rejects.toMatchObject({ code: 'account_not_found' });
  });

  it('keeps the lines of invoices, and the book', async () => {
    const { invoices, ledger } = await history.at(TENANT, ACCOUNT);
    expect(invoices[0]!.invoice).toMatchObject({ invoiceId: INVOICE, total: usd(60_30n), amountDue: usd(50_30n) });
    expect(invoices[0]!.lines.map((line) => [isRated(line) && line.charge, line.amount])).toEqual([
      ['base', usd(30_00n)],
      ['base', usd(30_00n)],
      ['calls', usd(30n)],
    ]);
    expect(ledger.map(({ code, debits, credits }) => [code, debits.minor, credits.minor])).toEqual([
      ['cash', 10_00n, 0n],
      ['deferred_revenue', 0n, 60_00n],
      ['receivable', 60_30n, 10_00n],
      ['revenue', 0n, 30n],
    ]);
  });

  it('in business time leaves out what did not count yet, as known now', async () => {
    const effective = { at: at('2026-02-09T12:00:00Z'), zoneOf: () => 'UTC' };
    const then = await history.at(TENANT, ACCOUNT, { effective });
    expect(then).toMatchObject({ payments: [], invoices: [expect.anything()] });
    expect(then.ledger.find(({ code }) => code === 'receivable')).toMatchObject({ credits: usd(0n) });
    const earlier = await history.at(TENANT, ACCOUNT, { effective: { ...effective, at: at('2026-01-15T00:00:00Z') } });
    expect(earlier).toMatchObject({ invoices: [], ledger: [] });
    expect(earlier.subscriptions).toEqual([expect.objectContaining({ status: 'active' })]);
    const before = await history.at(TENANT, ACCOUNT, { effective: { ...effective, at: at('2025-12-31T00:00:00Z') } });
    expect(before.subscriptions).toEqual([]);
  });

  it.each<[string, AsOf]>([
    ['position:12', { kind: 'position', position: 12n }],
    ['revision:0', { kind: 'revision', revision: 0 }],
    ['2026-01-01T01:00:00+01:00', { kind: 'instant', at: at('2026-01-01T00:00:00Z') }],
  ])('is named by %s', (text, moment) => expect(parseAsOf(text)).toEqual(moment));

  it.each(['', 'now', 'revision:', 'revision:-1', 'position:1.5', 'Position:1', 'revision:1 ', '2026-02-30T00:00:00Z'])(
    'is not named by “%s”',
    (text) => expect(() => parseAsOf(text)).toThrow(expect.objectContaining({ code: 'invalid_as_of' })),
  );
});

describe('a verification', () => {
  let log: InMemoryEventLog;
  let served: ServedAccount;

  beforeEach(async () => {
    ({ log } = await story());
    served = await rightlyServed(log);
  });

  /** What the read models would say if they were right. */
  const rightlyServed = async (source: EventLog): Promise<ServedAccount> => {
    const fold = await foldAccount(source, TENANT, ACCOUNT);
    const snapshot = accountSnapshot(ACCOUNT, fold);
    const { readings, digest, lastRevision } = await foldUsage(source, TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
    const [document] = snapshot.invoices;
    return {
      account: { ...snapshot.account, revision: snapshot.revision },
      subscriptions: snapshot.subscriptions.map(({ status: _, ...subscription }) => subscription),
      invoices: snapshot.invoices,
      creditNotes: snapshot.creditNotes,
      wallets: snapshot.wallets,
      payments: snapshot.payments,
      ledger: snapshot.ledger,
      transfers: fold.transfers,
      outstanding: { [INVOICE]: { amount: document!.invoice.amountDue, dueOn: document!.invoice.dueOn! } },
      usage: { count: readings.length, digest, lastRevision },
    };
  };

  class Served extends ServedAccounts {
    constructor(
      private readonly account: ServedAccount | null,
      private readonly readings: readonly ServedReading[],
    ) {
      super();
    }

    override of() {
      return Promise.resolve(new Map(this.account ? [[ACCOUNT, this.account]] : []));
    }

    override async *readingsOf() {
      for (const reading of await Promise.resolve(this.readings)) yield { accountId: ACCOUNT, ...reading };
    }

    override rowsOf() {
      return Promise.resolve(new Map());
    }

    override rowsAnew() {
      return { take: () => undefined, rows: new Map(), eventOf: () => undefined };
    }
  }

  const differences = (
    account: ServedAccount | null,
    source: EventLog = log,
    readings: readonly ServedReading[] = [],
  ): Promise<Difference[]> =>
    differencesIn(new VerifyAccounts(source, new Served(account, readings)).differences(TENANT, [ACCOUNT], TERMS));
  const found = async (...args: Parameters<typeof differences>): Promise<string[]> =>
    (await differences(...args)).map(
      ({ subject, field }) => `${subject.replace(/ lin_.*/u, '')} ${field.replace(/\/tfr_[^/]*/u, '')}`,
    );

  /** The same log with one event told otherwise, as if somebody had changed what is stored. */
  const tampered = async (type: string, change: (data: Record<string, Json>) => void): Promise<EventLog> => {
    const forged = new InMemoryEventLog();
    for (const stream of [accountStream(TENANT, ACCOUNT), usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT)]) {
      for await (const { id, type: own, data, metadata } of log.readStream(stream)) {
        const event: ProposedEvent = { id, type: own, data: structuredClone(data), metadata };
        if (own === type) change(event.data);
        await forged.append(stream, [event], 'any');
      }
    }
    return forged;
  };

  it('is not misled by usage that comes while it reads', async () => {
    /** What is served is newer than what was read of the stream before. */
    class Moving extends Served {
      override async of() {
        const stream = usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
        const facts = packed([{ ...aReading({ id: 'late' }), accountId: ACCOUNT }]);
        const proposals = propose(facts, stream, anEnvelope(99), at('2026-03-01T00:00:00Z'));
        await log.append(
          stream,
          proposals.map(({ event }) => event),
          'any',
        );
        return new Map([[ACCOUNT, await rightlyServed(log)]]);
      }

      override async *readingsOf() {
        const { readings } = await foldUsage(log, TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
        for (const { digest: _, ...reading } of readings) yield { accountId: ACCOUNT, ...reading };
      }
    }
    const verify = new VerifyAccounts(log, new Moving(null, []));
    expect(await differencesIn(verify.differences(TENANT, [ACCOUNT], TERMS))).toEqual([]);
  });

  it('finds nothing where everything is right', async () => {
    expect(await differences(served)).toEqual([]);
  });

  it('finds an account that is not served at all', async () => {
    expect(await differences(null)).toEqual([
      { accountId: ACCOUNT, subject: 'accounts', field: '/', expected: ACCOUNT, found: null },
    ]);
  });

  const invoice = () => served.invoices[0]!;
  it.each<[string, () => Partial<ServedAccount>, readonly string[]]>([
    ['an account', () => ({ account: { ...served.account, revision: 3 } }), ['accounts /revision']],
    ['a subscription', () => ({ subscriptions: [] }), [`subscriptions /${SUBSCRIPTION}`]],
    [
      'an invoice',
      () => ({ invoices: [{ ...invoice(), invoice: { ...invoice().invoice, status: 'paid' } }] }),
      [`invoices /${INVOICE}/invoice/status`],
    ],
    [
      'a line',
      () => ({
        invoices: [
          {
            ...invoice(),
            lines: invoice().lines.map((line, index) => (index === 2 ? { ...line, amount: usd(31n) } : line)),
          },
        ],
      }),
      [`invoices /${INVOICE}/lines/2/amount/minor`],
    ],
    [
      'a line that is missing',
      () => ({ invoices: [{ ...invoice(), lines: invoice().lines.slice(0, 2) }] }),
      [`invoices /${INVOICE}/lines/2`],
    ],
    ['a payment', () => ({ payments: [] }), [`payments /${anId('pay')}`]],
    [
      'a book',
      () => ({ ledger: served.ledger.map((side) => (side.code === 'cash' ? { ...side, debits: usd(10_01n) } : side)) }),
      ['book /cash/debits/minor'],
    ],
    [
      'a day of a transfer',
      () => ({ transfers: served.transfers.with(0, { ...served.transfers[0]!, bookedOn: on('2026-01-02') }) }),
      ['transfers /bookedOn'],
    ],
    ['what is owed', () => ({ outstanding: {} }), [`ar-aging /${INVOICE}`]],
    [
      'by when it is owed',
      () => ({ outstanding: { [INVOICE]: { ...served.outstanding[INVOICE]!, dueOn: on('2026-12-31') } } }),
      [`ar-aging /${INVOICE}/dueOn`],
    ],
    ['a number of readings', () => ({ usage: { ...served.usage, count: 4 } }), ['usage /count']],
    ['the readings themselves', () => ({ usage: { ...served.usage, digest: '0'.repeat(16) } }), ['usage /digest']],
  ])('finds %s that is not what the log says', async (_, wrong, fields) => {
    expect(await found({ ...served, ...wrong() })).toEqual(fields);
  });

  it('finds a stored line that its readings and prices do not give, and names its event', async () => {
    const forged = await tampered('InvoiceLinesAdded', (data) => {
      const [line] = (data['lines'] as Record<string, Json>[]).filter(({ charge }) => charge === 'calls');
      Object.assign(line!, { quantity: '4', amount: { minor: '40', currency: 'USD' } });
    });
    const all = await differences(await rightlyServed(forged), forged);
    const lines = all.filter(({ subject }) => subject.startsWith('lines'));
    expect(lines.map(({ field, expected, found: is }) => [field, expected, is])).toEqual(
      expect.arrayContaining([
        ['/quantity', '3', '4'],
        ['/amount/minor', '30', '40'],
      ]),
    );
    const [event] = await Array.fromAsync(log.readStream(accountStream(TENANT, ACCOUNT))).then((stored) =>
      stored.filter(({ type }) => type === 'InvoiceLinesAdded'),
    );
    for (const { event: named } of lines) expect(named).toEqual({ stream: event!.stream, revision: event!.revision });
  });

  it('finds a reading that was changed after it was billed', async () => {
    const forged = await tampered('UsageRecorded', (data) => {
      const [{ readings }] = data['accounts'] as unknown as [{ readonly readings: Record<string, Json>[] }];
      Object.assign(readings[0]!, { at: '2026-03-01T00:00:00Z' });
    });
    expect(await found(served, forged)).toEqual(
      expect.arrayContaining(['lines /quantity', 'lines /inputs/count', 'usage /digest']),
    );
  });

  it('finds each reading that is not served as it was recorded, and names its event', async () => {
    const { readings } = await foldUsage(log, TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
    const rows = readings.map(({ digest: _, ...reading }) => reading);
    expect(await differences(served, log, rows)).toEqual([]);
    const [first, second] = rows as [ServedReading, ServedReading];
    const wrong = [
      { ...first, properties: { planted: '1' } },
      { ...second, at: at('2026-01-01T00:00:00Z') },
    ];
    const event = (reading: ServedReading) => ({
      stream: usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT),
      revision: reading.revision,
    });
    expect(await differences(served, log, wrong)).toMatchObject([
      { subject: `usage ${first.id}`, field: '/properties/planted', expected: null, found: '1', event: event(first) },
      { subject: `usage ${second.id}`, field: '/at', expected: second.at, event: event(second) },
    ]);
    expect(await differences(served, log, [{ ...first, id: 'planted' }])).toMatchObject([
      { subject: 'usage planted', expected: null },
    ]);
  });

  it('finds a book that does not say what the invoices say', async () => {
    const forged = await tampered('TransferPosted', (data) => {
      if (data['debit'] === 'cash') data['amount'] = { minor: '999', currency: 'USD' };
    });
    expect(await found(await rightlyServed(forged), forged)).toEqual(['book receivable /minor']);
  });
});
