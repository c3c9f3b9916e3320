import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { instantOfSeconds, money, plusDuration, type Instant } from '#kernel';
import type { FaultKind } from '../../../../test/fakes/stripe/faults.js';
import { eventually } from '../../../../test/services/eventually.js';
import { StripeDouble } from '../../../../test/fakes/stripe/stripe-double.js';
import type { BehaviourName } from '../../../../test/fakes/stripe/test-tokens.js';
import type { AttemptRequest } from '../attempt.js';
import { ChangesForgotten, GatewayRefused, GatewayUnavailable, NotificationRefused } from '../gateway-errors.js';
import { describePaymentGateway } from '../payment-gateway.contract.js';
import { openStripeGateway } from './open-stripe-gateway.js';
import { StripeGateway } from './stripe-gateway.js';

const DAY = 86_400;
const SECRET = 'whsec_of_a_test';

const gatewayAt = (double: StripeDouble, more: Partial<ConstructorParameters<typeof StripeGateway>[0]> = {}) =>
  new StripeGateway({ apiKey: double.apiKey, webhookSecrets: ['whsec_of_before', SECRET], ...double.address, ...more });

describePaymentGateway('stripe', async () => {
  const double = await StripeDouble.start();
  const gateway = await openStripeGateway({ apiKey: double.apiKey, webhookSecrets: [SECRET], ...double.address });
  return {
    gateway,
    now: () => instantOfSeconds(Math.floor(Date.now() / 1_000)),
    payer: () => double.payer('success'),
    poor: () => double.payer('insufficient_funds'),
    stop: async () => {
      await gateway.dispose();
      await double.stop();
    },
  };
});

describe('Stripe', () => {
  let double: StripeDouble;
  let gateway: StripeGateway;
  beforeAll(async () => {
    double = await StripeDouble.start();
    gateway = gatewayAt(double);
  });
  afterAll(async () => {
    await gateway.dispose();
    await double.stop();
  });
  beforeEach(() => double.order('calm', {}));

  let made = 0;
  const key = () => `att_of_spec_${(made += 1)}`;
  const now = async (): Promise<Instant> => instantOfSeconds((await double.order('now', {})).now);

  const requestOf = async (behaviour: BehaviourName, more: Partial<AttemptRequest> = {}): Promise<AttemptRequest> => {
    const attempt = key();
    return {
      key: attempt,
      amount: money(20_00n, 'EUR'),
      ...(more.methodRef === undefined ? await double.payer(behaviour) : { customerRef: '', methodRef: '' }),
      presence: 'off_session',
      metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1', attempt },
      ...more,
    };
  };
  const chargesOf = async ({ key: attempt }: { readonly key: string }) =>
    (await double.order('charges', {})).filter(({ metadata }) => metadata['recount_attempt'] === attempt);

  describe('a card', () => {
    it.each<[BehaviourName, object]>([
      ['generic_decline', { category: 'soft', code: 'card_declined', declineCode: 'generic_decline' }],
      ['stolen_card', { category: 'hard', adviceCode: 'do_not_try_again', networkDeclineCode: '43' }],
      ['do_not_honor_for_good', { category: 'hard', declineCode: 'do_not_honor', networkAdvice: '03' }],
      ['expired_card', { category: 'hard', code: 'expired_card' }],
      ['processing_error', { category: 'gateway', code: 'processing_error' }],
      ['sca', { category: 'authentication', code: 'authentication_required' }],
    ])('of %s fails: %j', async (behaviour, failure) => {
      const { outcome } = await gateway.startAttempt(await requestOf(behaviour));
      expect(outcome).toMatchObject({ status: 'failed', failure });
    });

    it('is left alone for as long as its network says', async () => {
      const { outcome, createdAt } = await gateway.startAttempt(await requestOf('insufficient_funds_wait'));
      expect(outcome).toMatchObject({
        failure: { category: 'soft', retryNotBefore: plusDuration(createdAt!, { days: 4 }) },
      });
    });

    it('asks a customer who is there', async () => {
      const request = await requestOf('sca', { presence: 'on_session', returnUrl: 'https://acme.example/back' });
      const { reference, outcome } = await gateway.startAttempt(request);
      expect(outcome).toMatchObject({
        status: 'action_required',
        kind: '3ds',
        url: expect.stringContaining('https://'),
      });
      await double.order('authenticate', { intent: reference!, confirmed: true });
      await expect(gateway.readAttempt(reference!)).resolves.toMatchObject({ outcome: { status: 'succeeded' } });
    });

    it('of a customer who does not confirm fails, and one that waits is canceled', async () => {
      const request = await requestOf('sca', { presence: 'on_session', returnUrl: 'https://acme.example/back' });
      const { reference } = await gateway.startAttempt(request);
      await double.order('authenticate', { intent: reference!, confirmed: false });
      await expect(gateway.readAttempt(reference!)).resolves.toMatchObject({
        outcome: { status: 'failed', failure: { category: 'authentication' } },
      });
      const waiting = await gateway.startAttempt({ ...request, key: key() });
      await expect(gateway.cancelAttempt(waiting.reference!, key())).resolves.toMatchObject({ status: 'canceled' });
    });

    it('that was made and never tried is canceled, so that what is unknown of it has an end', async () => {
      const { id } = await double.client().paymentIntents.create({ amount: 20_00, currency: 'eur' });
      await expect(gateway.readAttempt(id)).resolves.toMatchObject({ outcome: { status: 'unknown' } });
      await expect(gateway.cancelAttempt(id, key())).resolves.toMatchObject({ status: 'canceled' });
      await expect(gateway.readAttempt(id)).resolves.toMatchObject({ outcome: { status: 'canceled' } });
      await expect(gateway.cancelAttempt('pi_none', key())).resolves.toMatchObject({ code: 'not_found' });
    });

    it('that paid is not canceled any more', async () => {
      const { reference } = await gateway.startAttempt(await requestOf('success'));
      await expect(gateway.cancelAttempt(reference!, key())).resolves.toMatchObject({ status: 'succeeded' });
    });
  });

  it('debits an account in five days, or not', async () => {
    const request = await requestOf('debit_fails');
    const { reference, outcome } = await gateway.startAttempt(request);
    expect(outcome).toMatchObject({ status: 'processing' });
    await expect(gateway.cancelAttempt(reference!, key())).resolves.toMatchObject({ status: 'processing' });
    await double.order('advance', { seconds: 5 * DAY });
    await expect(gateway.readAttempt(reference!)).resolves.toMatchObject({
      outcome: { status: 'failed', failure: { category: 'soft', code: 'insufficient_funds' } },
      methodRef: request.methodRef,
    });
  });

  describe('an amount', () => {
    it.each<[string, bigint, number]>([
      ['EUR', 20_00n, 20_00],
      ['JPY', 2_000n, 2_000],
      ['KWD', 5_120n, 5_120],
      ['ISK', 500n, 500_00],
      ['UGX', 500n, 500_00],
      ['MGA', 500_00n, 500],
    ])('of %s, %s minor units, is %s there, and the same here', async (currency, minor, there) => {
      const request = await requestOf('success', { amount: money(minor, currency) });
      const { amount, outcome } = await gateway.startAttempt(request);
      expect(amount).toEqual(request.amount);
      expect(outcome).toMatchObject({ status: 'succeeded', received: request.amount });
      await expect(chargesOf(request)).resolves.toMatchObject([{ amount: there }]);
    });

    it('that is too small is a matter of configuration', async () => {
      const { outcome } = await gateway.startAttempt(await requestOf('success', { amount: money(49n, 'EUR') }));
      expect(outcome).toMatchObject({
        status: 'failed',
        failure: { category: 'configuration', code: 'amount_too_small' },
      });
    });
  });

  describe('without an answer', () => {
    it.each<[FaultKind, number, object, string]>([
      ['dropBefore', 0, { status: 'unknown', resolve: 'repeat' }, 'succeeded'],
      ['commitThenDrop', 1, { status: 'unknown', resolve: 'repeat' }, 'succeeded'],
      ['commitThen500', 1, { status: 'unknown', resolve: 'look_up' }, 'unknown'],
    ])('by %s, an attempt is unknown, and is charged once', async (kind, charged, outcome, again) => {
      const request = await requestOf('success');
      const from = plusDuration(await now(), { seconds: -60 });
      // The package sends once more by itself.
      await double.order('fault', { kind, path: '/v1/payment_intents', times: kind === 'commitThen500' ? 1 : 2 });
      const started = await gateway.startAttempt(request);
      expect(started).toMatchObject({ reference: null, outcome, amount: request.amount });
      const before = plusDuration(await now(), { seconds: 60 });
      const { metadata, customerRef } = request;
      const found = await gateway.findAttempts({ metadata, customerRef, from, before });
      expect(found).toHaveLength(charged);
      await expect(gateway.startAttempt(request)).resolves.toMatchObject({ outcome: { status: again } });
      await expect(chargesOf(request)).resolves.toHaveLength(1);
    });

    it('in time, an attempt is unknown; while it is worked on, it is still', async () => {
      const hasty = gatewayAt(double, { answerMilliseconds: 200 });
      const request = await requestOf('success');
      await double.order('fault', { kind: 'hang', path: '/v1/payment_intents', holdMilliseconds: 1_500 });
      await expect(hasty.startAttempt(request)).resolves.toMatchObject({
        outcome: { status: 'unknown', resolve: 'repeat' },
      });
      await expect(gateway.startAttempt(request)).resolves.toMatchObject({
        outcome: { status: 'unknown', code: 'in_progress', resolve: 'repeat' },
      });
      await hasty.dispose();
    });

    it('a refund is unknown, and is paid back once', async () => {
      const request = await requestOf('success');
      const { reference: attemptRef } = await gateway.startAttempt(request);
      await double.order('fault', { kind: 'commitThenDrop', path: '/v1/refunds', times: 2 });
      const refund = { key: key(), attemptRef: attemptRef!, amount: money(5_00n, 'EUR'), metadata: request.metadata };
      await expect(gateway.startRefund(refund)).resolves.toMatchObject({
        outcome: { status: 'unknown', resolve: 'repeat' },
      });
      await expect(gateway.startRefund(refund)).resolves.toMatchObject({ outcome: { status: 'succeeded' } });
      await expect(gateway.findRefunds({ attemptRef: attemptRef!, metadata: request.metadata })).resolves.toHaveLength(
        1,
      );
    });

    it('other calls say so', async () => {
      await double.order('fault', { kind: 'commitThen500', path: '/v1/customers' });
      const asked = { key: key(), metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1' } };
      await expect(gateway.createCustomer(asked)).rejects.toThrow(GatewayUnavailable);
      await expect(gateway.attachMethod('pm_card_visa', 'cus_none', key())).rejects.toThrow(GatewayRefused);
    });

    it('of a gateway that does not know us, an attempt is unknown as well', async () => {
      const stranger = gatewayAt(double, { apiKey: 'sk_test_other' });
      await expect(stranger.startAttempt(await requestOf('success'))).resolves.toMatchObject({
        outcome: { status: 'unknown', code: 'not_authorized', resolve: 'repeat' },
      });
      await expect(stranger.check()).rejects.toThrow(GatewayUnavailable);
      await stranger.dispose();
    });

    it('a key that was used for something else is looked up', async () => {
      const request = await requestOf('success');
      await gateway.startAttempt(request);
      await expect(gateway.startAttempt({ ...request, amount: money(21_00n, 'EUR') })).resolves.toMatchObject({
        outcome: { status: 'unknown', code: 'key_of_another_request', resolve: 'look_up' },
      });
    });
  });

  it.each(['INV-2026-17', '2026-17', "<Ada's *invoices*>", 'Überweisung für alle Rechnungen des Jahres', '請求書'])(
    'takes a payment whatever it is called: %s',
    async (statementText) => {
      const started = await gateway.startAttempt(await requestOf('success', { statementText }));
      expect(started.outcome).toMatchObject({ status: 'succeeded' });
    },
  );

  it('charges each attempt once in bad weather, if what is unknown is found out as it says', async () => {
    const hasty = gatewayAt(double, { answerMilliseconds: 400 });
    const payer = await double.payer('success');
    const perThousand = { dropBefore: 150, commitThenDrop: 150, commitThen500: 80, hang: 30 };
    const from = plusDuration(await now(), { seconds: -60 });
    const before = plusDuration(from, { hours: 1 });

    const settled = async (request: AttemptRequest): Promise<number> => {
      let { outcome } = await hasty.startAttempt(request);
      let asked = 1;
      for (; outcome.status === 'unknown'; asked += 1) {
        if (asked > 40) throw new Error(`${request.key} is ${outcome.code} for good.`);
        const { metadata, customerRef } = request;
        if (outcome.code === 'in_progress') await new Promise((resolve) => setTimeout(resolve, 50));
        if (outcome.resolve === 'repeat') ({ outcome } = await hasty.startAttempt(request));
        else {
          const found = await hasty.findAttempts({ metadata, customerRef, from, before });
          expect(found).toHaveLength(1);
          ({ outcome } = found[0]!);
        }
      }
      expect(outcome.status).toBe('succeeded');
      return asked;
    };
    const requests = await Promise.all(Array.from({ length: 200 }, () => requestOf('success', payer)));
    await double.order('weather', { seed: 16, perThousand, holdMilliseconds: 600 });
    const waiting = [...requests];
    const asked: number[] = [];
    const worker = async () => {
      for (let request = waiting.pop(); request; request = waiting.pop()) asked.push(await settled(request));
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    await double.order('calm', {});

    expect(asked.some((times) => times > 1)).toBe(true);
    const keys = new Set(requests.map(({ key: attempt }) => attempt));
    const charges = await double.order('charges', {});
    const charged = charges.map(({ metadata }) => metadata['recount_attempt']!).filter((attempt) => keys.has(attempt));
    expect(charged.sort()).toEqual([...keys].sort());
    await hasty.dispose();
  });

  describe('a page', () => {
    const pageOf = async (more: object = {}) => {
      const attempt = key();
      const { customerRef } = await double.payer('success');
      return {
        key: attempt,
        amount: money(12_00n, 'EUR'),
        customerRef,
        title: 'INV-1',
        returnUrl: 'https://acme.example/back',
        keepMethod: true,
        metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1', attempt },
        ...more,
      };
    };

    it('waits for the customer, whose first card may be declined', async () => {
      const request = await pageOf();
      const from = plusDuration(await now(), { seconds: -60 });
      const { reference, outcome } = await gateway.openPaymentPage(request);
      expect(outcome).toMatchObject({
        status: 'action_required',
        kind: 'page',
        url: expect.stringContaining('https://'),
      });
      const session = reference!;
      await double.order('complete', { session, method: 'pm_card_visa_chargeDeclined' });
      const { paymentIntent } = (await chargesOf(request))[0]!;
      for (const asked of [session, paymentIntent]) {
        await expect(gateway.readAttempt(asked)).resolves.toMatchObject({
          reference: session,
          outcome: { status: 'action_required' },
        });
      }
      await double.order('complete', { session, method: 'pm_card_visa' });
      const paid = await gateway.readAttempt(session);
      expect(paid).toMatchObject({
        outcome: { status: 'succeeded', received: request.amount },
        metadata: request.metadata,
      });
      await expect(gateway.readAttempt(paymentIntent)).resolves.toEqual(paid);
      const { metadata, customerRef } = request;
      const search = { metadata, customerRef, from, before: plusDuration(await now(), { seconds: 60 }) };
      await expect(gateway.findAttempts(search)).resolves.toEqual([paid]);
      await expect(gateway.listMethods(customerRef)).resolves.toHaveLength(2);
      const refund = { key: key(), attemptRef: session, amount: request.amount, metadata };
      await expect(gateway.startRefund(refund)).resolves.toMatchObject({ outcome: { status: 'succeeded' } });
    });

    it('is closed by whoever cancels the attempt, or by time', async () => {
      const { reference } = await gateway.openPaymentPage(await pageOf());
      await expect(gateway.cancelAttempt(reference!, key())).resolves.toMatchObject({ status: 'canceled' });
      const refund = {
        key: key(),
        attemptRef: reference!,
        amount: money(1_00n, 'EUR'),
        metadata: (await pageOf()).metadata,
      };
      await expect(gateway.startRefund(refund)).resolves.toMatchObject({
        outcome: { status: 'failed', code: 'nothing_to_refund' },
      });
      const other = await gateway.openPaymentPage(await pageOf());
      await double.order('advance', { seconds: DAY });
      await expect(gateway.readAttempt(other.reference!)).resolves.toMatchObject({
        outcome: { status: 'canceled', reason: 'expired' },
      });
    });

    it('takes a method for later', async () => {
      const request = { ...(await pageOf()), currency: 'EUR' };
      const setup = await gateway.openSetupPage(request);
      expect(setup).toMatchObject({ status: 'open', methodRef: null, metadata: request.metadata });
      await double.order('complete', { session: setup.reference, method: 'pm_card_authenticationRequiredOnSetup' });
      const done = await gateway.readSetup(setup.reference);
      expect(done).toMatchObject({ status: 'completed', customerRef: request.customerRef });
      const later = await requestOf('success', { customerRef: request.customerRef, methodRef: done!.methodRef! });
      await expect(gateway.startAttempt(later)).resolves.toMatchObject({ outcome: { status: 'succeeded' } });
    });
  });

  it('tells a refund that comes back', async () => {
    const request = await requestOf('refund_fails');
    const { reference: attemptRef } = await gateway.startAttempt(request);
    const asked = { key: key(), attemptRef: attemptRef!, amount: money(5_00n, 'EUR'), metadata: request.metadata };
    const refund = await gateway.startRefund(asked);
    expect(refund.outcome).toEqual({ status: 'succeeded' });
    await double.order('advance', { seconds: 3 * DAY });
    await expect(gateway.readRefund(refund.reference!)).resolves.toMatchObject({
      outcome: { status: 'failed', code: 'expired_or_canceled_card' },
    });
  });

  it('tells a dispute, with what was withdrawn and given back', async () => {
    const { outcome } = await gateway.startAttempt(await requestOf('success'));
    const { chargeRef } = outcome as { chargeRef: string };
    const { id } = await double.order('openDispute', { charge: chargeRef, amount: 15_00 });
    const open = await gateway.readDispute(id);
    expect(open).toMatchObject({
      status: 'needs_response',
      amount: money(15_00n, 'EUR'),
      withdrawn: money(15_00n, 'EUR'),
      reinstated: null,
    });
    await double.order('closeDispute', { dispute: id, outcome: 'won' });
    await expect(gateway.readDispute(id)).resolves.toMatchObject({ status: 'won', reinstated: money(15_00n, 'EUR') });
  });

  it('tells fees and payouts, which add up', async () => {
    const from = await now();
    await gateway.startAttempt(await requestOf('success', { amount: money(100_00n, 'CHF') }));
    await double.order('advance', { seconds: 3 * DAY });
    const { id } = await double.order('payOut', { currency: 'chf' });
    const window = { from, before: plusDuration(await now(), { seconds: 1 }) };
    const { movements, next } = await gateway.listBalanceMovements(window, null);
    expect(next).toBeNull();
    const francs = movements.filter(({ amount }) => amount.currency === 'CHF');
    expect(francs).toMatchObject([
      { kind: 'payout', net: money(-96_80n, 'CHF'), sourceRef: id },
      { kind: 'charge', amount: money(100_00n, 'CHF'), fee: money(3_20n, 'CHF'), net: money(96_80n, 'CHF') },
    ]);
    await expect(gateway.readPayout(id)).resolves.toMatchObject({ status: 'in_transit', amount: money(96_80n, 'CHF') });
  });

  it('lists the attempts of a window, page after page', async () => {
    const from = await now();
    const payer = await double.payer('success');
    const refs: string[] = [];
    for (let index = 0; index < 105; index += 1) {
      refs.unshift((await gateway.startAttempt(await requestOf('success', { ...payer, key: key() }))).reference!);
    }
    const window = { from, before: plusDuration(await now(), { seconds: 1 }) };
    const listed: string[] = [];
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page = await gateway.listAttempts(window, after);
      listed.push(...page.attempts.map(({ reference }) => reference!));
      after = page.next;
    }
    // What hung before may have been done meanwhile.
    expect(listed.filter((reference) => refs.includes(reference))).toEqual(refs);
  });

  it('says that changes are forgotten', async () => {
    await double.payer('success');
    const { cursor } = await gateway.listChanges({ since: plusDuration(await now(), { seconds: -1 }), after: null });
    expect(cursor.after).not.toBeNull();
    await double.order('advance', { seconds: 31 * DAY });
    await expect(gateway.listChanges(cursor)).rejects.toThrow(ChangesForgotten);
  });

  describe('a webhook', () => {
    let server: Server;
    const taken: { body: Buffer; signature: string }[] = [];
    beforeAll(async () => {
      server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          taken.push({ body: Buffer.concat(parts), signature: request.headers['stripe-signature'] as string });
          response.end();
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      await double.order('webhooks', { endpoints: [{ url, secret: SECRET }] });
    });
    afterAll(async () => {
      await double.order('webhooks', { endpoints: [] });
      await new Promise((resolve) => server.close(resolve));
    });

    it('says what to read, if it is signed, and lately', async () => {
      const { reference } = await gateway.startAttempt(await requestOf('success'));
      await eventually(
        () => double.order('underway', {}),
        ({ messages }) => messages === 0,
      );
      const told = taken.find(({ body }) => body.includes('payment_intent.succeeded'))!;
      const headers = { 'stripe-signature': told.signature };
      const at = await now();
      expect(gateway.readNotification(told.body, headers, at)).toMatchObject({
        type: 'payment_intent.succeeded',
        object: { kind: 'attempt', reference },
      });
      const later = plusDuration(at, { seconds: 302 });
      expect(() => gateway.readNotification(told.body, headers, later)).toThrow(NotificationRefused);
      const changed = Buffer.from(told.body.toString().replace('"amount": 2000', '"amount": 9000'));
      expect(() => gateway.readNotification(changed, headers, at)).toThrow(NotificationRefused);
      expect(() =>
        gatewayAt(double, { webhookSecrets: ['whsec_other'] }).readNotification(told.body, headers, at),
      ).toThrow(NotificationRefused);
    });

    it.each([
      ['no JSON', '{"id":'],
      ['nothing', 'null'],
      ['a text', '"evt_1"'],
      ['an object without an id', '{"type":"payment_intent.succeeded"}'],
    ])('of %s that is signed is refused', async (_, body) => {
      const at = await now();
      const timestamp = (await double.order('now', {})).now;
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET, timestamp });
      const read = () => gateway.readNotification(Buffer.from(body), { 'stripe-signature': signature }, at);
      expect(read).toThrow(NotificationRefused);
    });
  });
});
