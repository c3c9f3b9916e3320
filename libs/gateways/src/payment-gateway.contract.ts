import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { money, plusDuration, type Instant, type Money } from '#kernel';
import type { AttemptRequest } from './attempt.js';
import { collectable } from './amount-rule.js';
import { NotificationRefused } from './gateway-errors.js';
import { isFinal } from './outcome.js';
import type { PaymentGateway } from './payment-gateway.js';

/** What the suite needs of whoever stands behind an adapter. */
export interface GatewayUnderTest {
  readonly gateway: PaymentGateway;
  readonly now: () => Instant;
  /** A new customer with a method that pays. Null where there are no methods. */
  readonly payer: (() => Promise<{ readonly customerRef: string; readonly methodRef: string }>) | null;
  /** A method of a new customer that is declined for lack of funds. */
  readonly poor: (() => Promise<{ readonly customerRef: string; readonly methodRef: string }>) | null;
  readonly stop: () => Promise<void>;
}

let made = 0;
const key = (): string => `att_${Date.now().toString(36)}${(made += 1)}`;

const request = (of: { customerRef: string; methodRef: string }, amount: Money): AttemptRequest => {
  const attempt = key();
  return {
    key: attempt,
    amount,
    ...of,
    presence: 'off_session',
    statementText: 'INV-1',
    metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1', attempt },
  };
};

const NOBODY = { customerRef: 'none', methodRef: 'none' };

/** What every adapter of a gateway keeps. */
export const describePaymentGateway = (name: string, open: () => Promise<GatewayUnderTest>): void => {
  describe(`the gateway ${name}`, () => {
    let under: GatewayUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.stop());
    const payer = () => under.payer?.() ?? Promise.resolve(NOBODY);

    it('takes whole steps of a currency between two bounds, and leaves the rest', () => {
      const rule = under.gateway.amountRule('EUR')!;
      expect(rule.step).toBeGreaterThan(0n);
      expect(rule.minimum).toBeGreaterThan(0n);
      const asked = money(rule.minimum * 10n + 1n, 'EUR');
      expect(collectable(asked, rule)).toMatchObject({ collected: { currency: 'EUR' } });
      expect(under.gateway.amountRule('AAA')).toBeUndefined();
    });

    it('answers the same attempt to the same request', async () => {
      const asked = request(await payer(), money(12_34n, 'EUR'));
      const first = await under.gateway.startAttempt(asked);
      const again = await under.gateway.startAttempt(asked);
      expect(first.reference).not.toBeNull();
      expect(first.amount).toEqual(asked.amount);
      expect(again.reference).toBe(first.reference);
      expect(again.outcome).toEqual(first.outcome);
    });

    it('answers metadata as it was written', async () => {
      const asked = request(await payer(), money(5_00n, 'EUR'));
      const { metadata } = await under.gateway.startAttempt(asked);
      expect(metadata).toEqual(asked.metadata);
    });

    it('does not know what it never had', async () => {
      await expect(under.gateway.readAttempt('pi_none')).resolves.toBeUndefined();
      await expect(under.gateway.readRefund('re_none')).resolves.toBeUndefined();
      await expect(under.gateway.readDispute('dp_none')).resolves.toBeUndefined();
      await expect(under.gateway.readMethod('pm_none')).resolves.toBeUndefined();
      await expect(under.gateway.readPayout('po_none')).resolves.toBeUndefined();
    });

    it('takes no notification that nobody signed', () => {
      const body = Buffer.from('{"id":"evt_1","type":"payment_intent.succeeded"}');
      expect(() => under.gateway.readNotification(body, {}, under.now())).toThrow(NotificationRefused);
      const forged = { 'stripe-signature': `t=1,v1=${'0'.repeat(64)}` };
      expect(() => under.gateway.readNotification(body, forged, under.now())).toThrow(NotificationRefused);
    });

    it('says that it is there', async () => {
      await expect(under.gateway.check()).resolves.toBeUndefined();
    });

    it('without a remote side leaves what became of an attempt to others', async () => {
      if (under.gateway.abilities.isRemote) return;
      const started = await under.gateway.startAttempt(request(NOBODY, money(5_00n, 'EUR')));
      expect(isFinal(started.outcome)).toBe(false);
      await expect(under.gateway.cancelAttempt(started.reference!, key())).resolves.toMatchObject({
        status: 'canceled',
      });
    });

    it('takes a payment, finds it, and pays a part of it back', async () => {
      if (!under.payer) return;
      const asked = request(await under.payer(), money(30_00n, 'EUR'));
      const from = plusDuration(under.now(), { hours: -1 });
      const started = await under.gateway.startAttempt(asked);
      expect(started.outcome).toMatchObject({ status: 'succeeded', received: asked.amount });
      const before = plusDuration(under.now(), { hours: 1 });

      const read = await under.gateway.readAttempt(started.reference!);
      expect(read).toEqual(started);
      const search = { metadata: asked.metadata, from, before };
      for (const customerRef of [asked.customerRef, null]) {
        await expect(under.gateway.findAttempts({ ...search, customerRef })).resolves.toEqual([started]);
      }
      const elsewhere = { ...asked.metadata, tenant: 'tnt_2' };
      await expect(
        under.gateway.findAttempts({ ...search, metadata: elsewhere, customerRef: asked.customerRef }),
      ).resolves.toEqual([]);

      const refund = {
        key: key().replace('att', 'rfd'),
        attemptRef: started.reference!,
        amount: money(10_00n, 'EUR'),
        metadata: { ...asked.metadata, refund: 'rfd_1' },
      };
      const refunded = await under.gateway.startRefund(refund);
      expect(refunded).toMatchObject({ outcome: { status: 'succeeded' }, amount: refund.amount });
      await expect(under.gateway.startRefund(refund)).resolves.toEqual(refunded);
      await expect(under.gateway.readRefund(refunded.reference!)).resolves.toEqual(refunded);
      await expect(
        under.gateway.findRefunds({ metadata: refund.metadata, attemptRef: started.reference! }),
      ).resolves.toEqual([refunded]);
      const tooMuch = { ...refund, key: `${refund.key}_more`, amount: money(20_01n, 'EUR') };
      await expect(under.gateway.startRefund(tooMuch)).resolves.toMatchObject({ outcome: { status: 'failed' } });
    });

    it('says why a payment failed, and the same again', async () => {
      if (!under.poor) return;
      const asked = request(await under.poor(), money(30_00n, 'EUR'));
      const started = await under.gateway.startAttempt(asked);
      expect(started.outcome).toMatchObject({
        status: 'failed',
        failure: { category: 'soft', declineCode: 'insufficient_funds' },
      });
      expect(started.reference).not.toBeNull();
      await expect(under.gateway.startAttempt(asked)).resolves.toEqual(started);
      await expect(under.gateway.readAttempt(started.reference!)).resolves.toEqual(started);
    });

    it('lists methods of a customer until they are detached', async () => {
      if (!under.payer) return;
      const { customerRef, methodRef } = await under.payer();
      const [method] = await under.gateway.listMethods(customerRef);
      expect(method).toMatchObject({ reference: methodRef, customerRef, kind: 'card' });
      expect(method!.fingerprint).not.toBeNull();
      expect(method!.expiresOn).toMatch(/^\d{4}-\d{2}-(28|29|30|31)$/);
      await expect(under.gateway.readMethod(methodRef)).resolves.toEqual(method);
      await under.gateway.detachMethod(methodRef, key());
      await under.gateway.detachMethod(methodRef, key());
      await expect(under.gateway.listMethods(customerRef)).resolves.toEqual([]);
      const asked = request({ customerRef, methodRef }, money(5_00n, 'EUR'));
      await expect(under.gateway.startAttempt(asked)).resolves.toMatchObject({
        outcome: { status: 'failed', failure: { category: 'hard' } },
      });
    });

    it('tells changes in their order, from any of them on', async () => {
      if (!under.payer) return;
      const since = plusDuration(under.now(), { seconds: -1 });
      const refs: string[] = [];
      for (const amount of [5_00n, 6_00n, 7_00n]) {
        const { reference } = await under.gateway.startAttempt(request(await under.payer(), money(amount, 'EUR')));
        refs.push(reference!);
      }
      const seen: string[] = [];
      let cursor = { since, after: null as string | null };
      for (let hasMore = true; hasMore;) {
        const page = await under.gateway.listChanges(cursor);
        seen.push(...page.changes.flatMap(({ object }) => (object?.kind === 'attempt' ? [object.reference] : [])));
        ({ cursor, hasMore } = page);
      }
      const order = [...new Set(seen)].filter((reference) => refs.includes(reference));
      expect(order).toEqual(refs);
      const rest = await under.gateway.listChanges(cursor);
      expect(rest).toMatchObject({ changes: [], hasMore: false });
    });
  });
};
