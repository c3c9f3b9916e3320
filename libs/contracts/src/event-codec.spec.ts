import { parseInstant, type Event, type LoggedEvent } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { decodeEvent, effectiveAt, encodeEvent, UnknownStoredEvent } from './event-codec.js';

const closed = (reason: unknown): Event => ({ type: 'AccountClosed', data: { reason } });
const credited = (minor: bigint): Event => ({
  type: 'CustomerCreditAdded',
  data: {
    amount: { minor, currency: 'USD' },
    cause: { type: 'payment', id: 'pay_1' },
    bookedOn: '2026-01-31',
  },
});

const logged = (type: string, data: LoggedEvent['data'], schemaVersion = 1): LoggedEvent => ({
  id: 'id',
  type,
  data,
  metadata: { schemaVersion },
  stream: 'account-a',
  revision: 7,
  position: 9n,
});

/** What is stored, and read again from its bytes. */
const reread = (event: Event): unknown => {
  const { text, schemaVersion } = encodeEvent(event);
  return decodeEvent(logged(event.type, JSON.parse(text) as LoggedEvent['data'], schemaVersion)).fact;
};

describe('an event on its way into the log', () => {
  it('is stored as JSON, money as text', () => {
    expect(encodeEvent(credited(-5n))).toEqual({
      data: {
        amount: { minor: '-5', currency: 'USD' },
        cause: { type: 'payment', id: 'pay_1' },
        bookedOn: '2026-01-31',
      },
      text: '{"amount":{"minor":"-5","currency":"USD"},"cause":{"type":"payment","id":"pay_1"},"bookedOn":"2026-01-31"}',
      schemaVersion: 1,
    });
  });

  it.each<[string, Event]>([
    ['an unknown type', { type: 'AccountRenamed', data: {} }],
    ['a name that every object has', { type: 'toString', data: {} }],
    ['a field too many', { type: 'AccountClosed', data: { reason: 'x', by: 'me' } }],
    ['a field too few', { type: 'InvoicePaid', data: { invoiceId: 'inv_01h2xcejqtf2nbrexx3vqjhp41' } }],
    ['a text too long', closed('x'.repeat(5_000))],
    ['another type', closed(7)],
    ['an id of another thing', { type: 'ApiKeyRevoked', data: { keyId: 'acc_01h2xcejqtf2nbrexx3vqjhp41' } }],
    ['money beyond all bounds', credited(10n ** 30n)],
  ])('is refused for %s', (_, event) => {
    expect(() => encodeEvent(event)).toThrow(TypeError);
  });

  it.each(['NUL \0', 'half a pair \ud83d', 'the other half \ude00', 'both, turned round \ude00\ud83d', '\\\0'])(
    'is refused for a text with %j',
    (text) => {
      expect(() => encodeEvent(closed(text))).toThrow(
        expect.objectContaining({ code: 'invalid_text', kind: 'invalid' }),
      );
    },
  );

  it.each(['😀', '\\u0000', '\\\\u0000', '\\ud83d', '\u0001\t\n', 'größer ≥ 10 €', '"', ''])('keeps %j', (text) => {
    expect(reread(closed(text))).toEqual(closed(text));
  });
});

describe('a record with keys that the tenant chose', () => {
  const recorded = (properties: Record<string, unknown>): Event => ({
    type: 'UsageRecorded',
    data: {
      accounts: [
        {
          accountId: 'acc_01h2xcejqtf2nbrexx3vqjhp41',
          readings: [{ id: 'r', event: 'call', at: '2026-01-31T00:00:00Z', properties }],
        },
      ],
      source: 'api',
    },
  });
  const opened = (metadata: Record<string, unknown>): Event => ({
    type: 'AccountOpened',
    data: {
      accountId: 'acc_01h2xcejqtf2nbrexx3vqjhp41',
      personal: { keyId: '', iv: '', ciphertext: '' },
      currency: 'USD',
      timeZone: 'UTC',
      netTermsDays: 30,
      taxStatus: 'taxable',
      entityId: 'ent_01h2xcejqtf2nbrexx3vqjhp41',
      metadata,
      openedAt: '2026-01-31T00:00:00Z',
    },
  });

  it.each([{ minor: 'x' }, { minor: '5' }, { minor: '5', currency: 'USD' }, { '': '' }, { 'a\nb': 'c' }])(
    'keeps %j',
    (record) => {
      expect(reread(opened(record))).toEqual(opened(record));
      expect(reread(recorded(record))).toEqual(recorded(record));
    },
  );

  it.each([{ a: 7 }, { 'a\nb': 7 }, { ['k'.repeat(129)]: 'x' }, { a: 'x'.repeat(1025) }, { a: { b: 'c' } }])(
    'is refused if it is %j',
    (record) => {
      expect(() => encodeEvent(opened(record))).toThrow(TypeError);
      expect(() => encodeEvent(recorded(record))).toThrow(TypeError);
    },
  );

  it('is refused for NUL in a key', () => {
    expect(() => encodeEvent(recorded({ 'a\0': 'b' }))).toThrow(expect.objectContaining({ code: 'invalid_text' }));
  });
});

describe('an event from the log', () => {
  it('is where it was, with its money in memory', () => {
    const { data } = encodeEvent(credited(5n));
    expect(decodeEvent(logged('CustomerCreditAdded', data))).toEqual({
      id: 'id',
      stream: 'account-a',
      revision: 7,
      position: 9n,
      fact: credited(5n),
      metadata: { schemaVersion: 1 },
    });
  });

  it.each([
    ['a type that this version does not know', logged('AccountRenamed', {})],
    ['a newer version', logged('AccountClosed', {}, 2)],
    ['an older version', logged('UsageRecorded', { readings: [], source: 'api' }, 1)],
  ])('stops whoever reads it if it is of %s', (_, event) => {
    expect(() => decodeEvent(event)).toThrow(UnknownStoredEvent);
    expect(() => decodeEvent(event)).toThrow(/^account-a@7 is a /);
  });
});

describe('an event of a version before', () => {
  const totals = { subtotal: '2455', tax: '0', total: '2455', creditApplied: '0', due: '2455' };
  const usd = (minor: string) => ({ minor, currency: 'USD' });
  const first = {
    invoiceId: 'inv_01h2xcejqtf2nbrexx3vqjhp41',
    draftRevision: 1,
    totals: Object.fromEntries(Object.entries(totals).map(([name, minor]) => [name, usd(minor)])),
    linesDigest: 'a'.repeat(64),
    issueDate: '2026-02-01',
    dueOn: '2026-03-03',
    seriesId: 'ser_01h2xcejqtf2nbrexx3vqjhp41',
    personal: { keyId: 'key', iv: 'iv', ciphertext: 'text' },
  };

  it('is read as the present one says it, from bytes that stay as they are', () => {
    const event = logged('InvoiceFinalized', structuredClone(first), 1);
    const { fact } = decodeEvent(event);
    expect(fact.data).toMatchObject({ taxes: [], totals: { total: { minor: 2455n } }, issueDate: '2026-02-01' });
    expect(encodeEvent(fact)).toMatchObject({ schemaVersion: 2, data: { ...first, taxes: [] } });
    expect(event.data).not.toHaveProperty('taxes');
    // Whoever shares it reads the same.
    expect(decodeEvent(event).fact).toEqual(fact);
  });
});

describe('the effective time of an event', () => {
  const recordedAt = parseInstant('2026-02-01T00:00:00Z');

  it('is that of its own field', () => {
    expect(effectiveAt(credited(5n), recordedAt)).toBe('2026-01-31');
  });

  it('is recorded time where it has none', () => {
    expect(effectiveAt(closed('x'), recordedAt)).toBe(recordedAt);
  });
});
