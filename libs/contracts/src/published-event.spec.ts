import type { LoggedEvent } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { UnknownStoredEvent } from './event-codec.js';
import type { FactKind } from './facts/fact.js';
import { FACTS } from './facts/facts.js';
import { PUBLIC_EVENTS } from './facts/public-events.js';
import { publicEventExample, publicEventOf, publicEventShape } from './published-event.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const kinds = [...PUBLIC_EVENTS.values()];

const invoiceVoided: LoggedEvent = {
  id: '0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10',
  stream: 'account-01j9zq6e4hf0fvwpn5t5jzq3cd_01j9zq6e4hf0fvwpn5t5jzq3ce',
  revision: 12,
  position: 4711n,
  type: 'InvoiceVoided',
  data: {
    invoiceId: 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd',
    reason: 'Jane Doe asked for it',
    bookedOn: '2026-02-03',
    amountDue: { minor: '2455', currency: 'USD' },
    creditReturned: { minor: '700', currency: 'JPY' },
    reopened: [],
  },
  metadata: {
    schemaVersion: 1,
    commandId: 'c',
    requestHash: 'h',
    actor: { type: 'api_key', id: 'key_1' },
    correlationId: 'c',
    recordedAt: '2026-02-03T10:00:00Z',
    effectiveAt: '2026-02-03',
  },
};

describe('a public event', () => {
  it('tells a stored one in words and amounts of the API, and nothing that was written about people', () => {
    expect(publicEventOf(invoiceVoided)).toEqual({
      id: '0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10',
      type: 'invoice.voided',
      version: 1,
      tenantId: 'tnt_01j9zq6e4hf0fvwpn5t5jzq3cd',
      accountId: 'acc_01j9zq6e4hf0fvwpn5t5jzq3ce',
      effectiveAt: '2026-02-03',
      recordedAt: '2026-02-03T10:00:00Z',
      position: '4711',
      data: {
        invoiceId: 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd',
        bookedOn: '2026-02-03',
        amountDue: { amount: '24.55', currency: 'USD' },
        creditReturned: { amount: '700', currency: 'JPY' },
      },
    });
  });

  it('of readings counts them by account, and is about one account only where they are of one', () => {
    const reading = (at: string) => ({ id: at, event: 'call', at, properties: { secret: 'theirs' } });
    const [one, other] = ['acc_01j9zq6e4hf0fvwpn5t5jzq3ce', 'acc_01j9zq6e4hf0fvwpn5t5jzq3cf'];
    const accounts = [
      { accountId: one, readings: [reading('2026-01-31T00:00:00.5Z'), reading('2026-01-31T00:00:00Z')] },
      { accountId: other, readings: [reading('2026-01-30T00:00:00Z')] },
    ];
    const recorded = (some: typeof accounts, metadata: object = {}): LoggedEvent => ({
      ...invoiceVoided,
      stream: 'usage-01j9zq6e4hf0fvwpn5t5jzq3cd_14',
      type: 'UsageRecorded',
      data: { accounts: some, source: 'api' },
      metadata: { ...invoiceVoided.metadata, schemaVersion: 2, ...metadata },
    });
    const told = publicEventOf(recorded(accounts))!;
    expect(told).not.toHaveProperty('accountId');
    expect(told.data).toEqual({
      accounts: [
        {
          accountId: one,
          readings: 2,
          events: [{ event: 'call', readings: 2 }],
          firstAt: '2026-01-31T00:00:00Z',
          lastAt: '2026-01-31T00:00:00.5Z',
        },
        {
          accountId: other,
          readings: 1,
          events: [{ event: 'call', readings: 1 }],
          firstAt: '2026-01-30T00:00:00Z',
          lastAt: '2026-01-30T00:00:00Z',
        },
      ],
    });
    const alone = publicEventOf(recorded(accounts.slice(1), { accountId: other }))!;
    expect(alone).toMatchObject({ accountId: other, data: { accounts: [{ accountId: other, readings: 1 }] } });
  });

  it('is none where the stored one is withheld', () => {
    expect(publicEventOf({ ...invoiceVoided, type: 'BillingAdvanced' })).toBeUndefined();
  });

  it('is not guessed of what this version does not know', () => {
    expect(() => publicEventOf({ ...invoiceVoided, type: 'InvoiceFolded' })).toThrow(UnknownStoredEvent);
    expect(() =>
      publicEventOf({ ...invoiceVoided, metadata: { ...invoiceVoided.metadata, schemaVersion: 99 } }),
    ).toThrow(UnknownStoredEvent);
  });

  it('has a name of its own', () => {
    const names = Object.values<FactKind>(FACTS).flatMap(({ told }) => ('type' in told ? [told.type] : []));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(kinds.map((kind) => [kind.type, kind] as const))(
    '%s is named in lower case, and has its shape',
    (type, kind) => {
      expect(type).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
      const example = publicEventExample(kind);
      expect(ajv.validate(publicEventShape(kind), example)).toBe(true);
      expect(ajv.validate(publicEventShape(kind), { ...example, data: null })).toBe(false);
    },
  );
});
