import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { eventually } from '../../services/eventually.js';
import type { FaultKind } from './faults.js';
import { StripeDouble } from './stripe-double.js';

const DAY = 86_400;
let double: StripeDouble;
let stripe: Stripe;

beforeAll(async () => {
  double = await StripeDouble.start();
  stripe = double.client();
});
afterAll(() => double.stop());
beforeEach(() => double.order('calm', {}));

let made = 0;
const key = () => `key_${(made += 1)}`;

const intentOf = (
  { customerRef: customer, methodRef: payment_method }: { customerRef: string; methodRef: string },
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams => ({
  amount: 20_00,
  currency: 'eur',
  customer,
  payment_method,
  confirm: true,
  off_session: true,
  return_url: 'https://acme.example/back',
  metadata: { recount_attempt: 'att_1' },
  ...more,
});

const chargesOf = async (customer: string) => (await stripe.charges.list({ customer, limit: 100 })).data;

const refused = (promise: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  promise.then(
    (): never => {
      throw new Error('It was not refused.');
    },
    (error: Stripe.errors.StripeError) => error,
  );

describe('a payment at the double', () => {
  it('is taken by a card that pays', async () => {
    const intent = await stripe.paymentIntents.create(intentOf(await double.payer('success')));
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 20_00,
      metadata: { recount_attempt: 'att_1' },
    });
    const read = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] });
    const charge = read.latest_charge as Stripe.Charge;
    expect(charge).toMatchObject({ paid: true, balance_transaction: { amount: 20_00, fee: 88, net: 19_12 } });
  });

  it.each([
    ['insufficient_funds', 'card_declined', 'insufficient_funds'],
    ['stolen_card', 'card_declined', 'stolen_card'],
    // The package says that it has no code by a text without one.
    ['expired_card', 'expired_card', ''],
    ['sca', 'authentication_required', 'authentication_required'],
  ] as const)(
    'off session by a card of %s is declined, and leaves a charge that failed',
    async (name, code, decline) => {
      const payer = await double.payer(name);
      const error = await refused(stripe.paymentIntents.create(intentOf(payer)));
      expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
      expect(error).toMatchObject({ code, payment_intent: { status: 'requires_payment_method' } });
      expect(error.decline_code ?? '').toBe(decline);
      await expect(chargesOf(payer.customerRef)).resolves.toMatchObject([{ status: 'failed', paid: false }]);
    },
  );

  it('of a card that is declined from the first cannot be prepared', async () => {
    const { id: customer } = await stripe.customers.create({});
    const error = await refused(stripe.paymentMethods.attach('pm_card_visa_chargeDeclinedStolenCard', { customer }));
    expect(error).toMatchObject({ type: 'StripeCardError', decline_code: 'stolen_card' });
  });

  it('on session waits for the customer', async () => {
    const payer = await double.payer('sca');
    const asked = intentOf(payer, { off_session: false, return_url: 'https://acme.example/back' });
    const intent = await stripe.paymentIntents.create(asked);
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    await double.order('authenticate', { intent: intent.id, confirmed: true });
    await expect(stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({ status: 'succeeded' });

    const other = await stripe.paymentIntents.create(asked);
    await double.order('authenticate', { intent: other.id, confirmed: false });
    await expect(stripe.paymentIntents.retrieve(other.id)).resolves.toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  it('by debit is on its way for five days, and fails or not', async () => {
    const { id: customer } = await stripe.customers.create({});
    const started = [];
    for (const iban of ['DE89370400440532013000', 'DE62370400440532013001']) {
      const { id } = await stripe.paymentMethods.create({
        type: 'sepa_debit',
        sepa_debit: { iban },
        billing_details: { name: 'Ada', email: 'ada@acme.example' },
      });
      await stripe.paymentMethods.attach(id, { customer });
      const payer = { customerRef: customer, methodRef: id };
      started.push(
        await stripe.paymentIntents.create(intentOf(payer, { allowed_payment_method_types: ['sepa_debit'] })),
      );
    }
    expect(started.map(({ status }) => status)).toEqual(['processing', 'processing']);
    await double.order('advance', { seconds: 5 * DAY - 60 });
    const [good, bad] = started.map(({ id }) => id) as [string, string];
    await expect(stripe.paymentIntents.retrieve(bad)).resolves.toMatchObject({ status: 'processing' });
    await double.order('advance', { seconds: 120 });
    await expect(stripe.paymentIntents.retrieve(good)).resolves.toMatchObject({ status: 'succeeded' });
    await expect(stripe.paymentIntents.retrieve(bad)).resolves.toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'insufficient_funds' },
    });
  });

  it.each<[object, string | undefined]>([
    [{ amount: 49 }, 'amount_too_small'],
    [{ amount: 100_000_000 }, 'amount_too_large'],
    [{ amount: 5_124, currency: 'kwd' }, 'invalid_charge_amount'],
    [{ amount: 250, currency: 'isk' }, 'invalid_charge_amount'],
    [{ customer: 'cus_none' }, 'resource_missing'],
    [{ return_url: undefined }, undefined],
    [{ statement_descriptor_suffix: '2026-17' }, undefined],
    [{ colour: 'red' }, 'parameter_unknown'],
  ])('with %j is invalid: %s', async (more, code) => {
    const error = await refused(stripe.paymentIntents.create({ ...intentOf(await double.payer('success')), ...more }));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, code });
  });

  it('that succeeded is not canceled', async () => {
    const { id } = await stripe.paymentIntents.create(intentOf(await double.payer('success')));
    await expect(refused(stripe.paymentIntents.cancel(id))).resolves.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('is nothing to whoever has no key', async () => {
    const error = await refused(
      new Stripe('sk_test_other', { ...double.address, telemetry: false }).balance.retrieve(),
    );
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  });
});

describe('a key at the double', () => {
  it('answers the same, declines as well', async () => {
    const payer = await double.payer('success');
    const idempotencyKey = key();
    const first = await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey });
    const again = await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey });
    expect(again).toEqual(first);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');

    const poor = await double.payer('insufficient_funds');
    const declined = key();
    await refused(stripe.paymentIntents.create(intentOf(poor), { idempotencyKey: declined }));
    await double.order('behave', { method: poor.methodRef, behaviour: 'success' });
    const error = await refused(stripe.paymentIntents.create(intentOf(poor), { idempotencyKey: declined }));
    expect(error).toMatchObject({ decline_code: 'insufficient_funds' });
    await expect(chargesOf(poor.customerRef)).resolves.toHaveLength(1);
  });

  it('is of one request', async () => {
    const payer = await double.payer('success');
    const idempotencyKey = key();
    await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey });
    const error = await refused(stripe.paymentIntents.create(intentOf(payer, { amount: 21_00 }), { idempotencyKey }));
    expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });

  it('is not used up by a request that is invalid', async () => {
    const payer = await double.payer('success');
    const idempotencyKey = key();
    await refused(stripe.paymentIntents.create(intentOf(payer, { amount: 1 }), { idempotencyKey }));
    await expect(stripe.paymentIntents.create(intentOf(payer), { idempotencyKey })).resolves.toMatchObject({
      status: 'succeeded',
    });
  });

  it('is forgotten after a day: the same request is another payment', async () => {
    const payer = await double.payer('success');
    const idempotencyKey = key();
    const first = await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey });
    await double.order('advance', { seconds: DAY - 60 });
    await expect(stripe.paymentIntents.create(intentOf(payer), { idempotencyKey })).resolves.toMatchObject({
      id: first.id,
    });
    await double.order('advance', { seconds: 120 });
    const second = await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey });
    expect(second.id).not.toBe(first.id);
    await expect(chargesOf(payer.customerRef)).resolves.toHaveLength(2);
  });
});

describe('a request at the double', () => {
  /** How the request ends, how many charges there are then, and what the same request under the same key comes to. */
  it.each<[FaultKind, number, string]>([
    ['dropBefore', 0, 'succeeded'],
    ['commitThenDrop', 1, 'succeeded'],
    ['commitThen500', 1, 'StripeAPIError'],
  ])('may meet %s', async (kind, charges, afterwards) => {
    const payer = await double.payer('success');
    // The package sends once more by itself when a connection ends.
    await double.order('fault', { kind, path: '/v1/payment_intents', times: kind === 'commitThen500' ? 1 : 2 });
    const idempotencyKey = key();
    const error = await refused(stripe.paymentIntents.create(intentOf(payer), { idempotencyKey }));
    expect(error.type).toBe(kind === 'commitThen500' ? 'StripeAPIError' : 'StripeConnectionError');
    await expect(chargesOf(payer.customerRef)).resolves.toHaveLength(charges);
    const again = await stripe.paymentIntents.create(intentOf(payer), { idempotencyKey }).then(
      ({ status }) => status,
      ({ type }: Stripe.errors.StripeError) => type,
    );
    expect(again).toBe(afterwards);
    await expect(chargesOf(payer.customerRef)).resolves.toHaveLength(1);
  });

  it('may hang: until it is done its key is in use', async () => {
    const payer = await double.payer('success');
    await double.order('fault', { kind: 'hang', path: '/v1/payment_intents', holdMilliseconds: 600 });
    const idempotencyKey = key();
    const late = refused(stripe.paymentIntents.create(intentOf(payer), { idempotencyKey, timeout: 200 }));
    await expect(late).resolves.toMatchObject({ type: 'StripeConnectionError', statusCode: undefined });
    const error = await refused(stripe.paymentIntents.create(intentOf(payer), { idempotencyKey }));
    expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    const again = () => stripe.paymentIntents.create(intentOf(payer), { idempotencyKey }).catch(() => null);
    await eventually(again, (intent) => intent?.status === 'succeeded');
    await expect(chargesOf(payer.customerRef)).resolves.toHaveLength(1);
  });
});

describe('a method at the double', () => {
  it('is set up, and confirmed where it has to be', async () => {
    const { id: customer } = await stripe.customers.create({});
    const asked = { customer, confirm: true, return_url: 'https://acme.example/back' } as const;
    const plain = await stripe.setupIntents.create({ ...asked, payment_method: 'pm_card_visa' });
    expect(plain.status).toBe('succeeded');
    const waits = await stripe.setupIntents.create({
      ...asked,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
    });
    expect(waits).toMatchObject({
      status: 'requires_action',
      next_action: { redirect_to_url: { return_url: asked.return_url } },
    });
    const refusedOne = await stripe.setupIntents.create({ ...asked, payment_method: 'pm_card_authenticationRequired' });
    await double.order('authenticate', { intent: refusedOne.id, confirmed: false });
    await expect(stripe.setupIntents.retrieve(refusedOne.id)).resolves.toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    });
    await double.order('authenticate', { intent: waits.id, confirmed: true });
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(data.map(({ id }) => id)).toEqual([waits.payment_method, plain.payment_method]);
    const later = intentOf({ customerRef: customer, methodRef: waits.payment_method as string });
    await expect(stripe.paymentIntents.create(later)).resolves.toMatchObject({ status: 'succeeded' });
    const poor = stripe.setupIntents.create({ ...asked, payment_method: 'pm_card_visa_chargeDeclined' });
    await expect(refused(poor)).resolves.toMatchObject({
      code: 'card_declined',
      setup_intent: { object: 'setup_intent' },
    });
  });

  it('that was taken off is gone for good', async () => {
    const { customerRef: customer, methodRef } = await double.payer('success');
    await stripe.paymentMethods.detach(methodRef);
    for (const again of [
      stripe.paymentMethods.attach(methodRef, { customer }),
      stripe.paymentMethods.detach(methodRef),
    ]) {
      await expect(refused(again)).resolves.toMatchObject({ code: 'payment_method_unexpected_state' });
    }
  });
});

describe('money that goes back', () => {
  it('is refunded in part, and no more than there is', async () => {
    const intent = await stripe.paymentIntents.create(intentOf(await double.payer('success')));
    const { id: payment_intent } = intent;
    await expect(stripe.refunds.create({ payment_intent, amount: 5_00 })).resolves.toMatchObject({
      status: 'succeeded',
    });
    await expect(refused(stripe.refunds.create({ payment_intent, amount: 15_01 }))).resolves.toMatchObject({
      statusCode: 400,
    });
    await stripe.refunds.create({ payment_intent });
    await expect(refused(stripe.refunds.create({ payment_intent }))).resolves.toMatchObject({
      code: 'charge_already_refunded',
    });
  });

  it('comes back days after it succeeded', async () => {
    const { id: payment_intent } = await stripe.paymentIntents.create(intentOf(await double.payer('refund_fails')));
    const refund = await stripe.refunds.create({ payment_intent });
    expect(refund.status).toBe('succeeded');
    await double.order('advance', { seconds: 3 * DAY });
    await expect(stripe.refunds.retrieve(refund.id)).resolves.toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
  });

  it('is disputed, withdrawn and won', async () => {
    const payer = await double.payer('dispute');
    const { id: payment_intent } = await stripe.paymentIntents.create(intentOf(payer));
    const [dispute] = (await stripe.disputes.list({ payment_intent })).data;
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 20_00, balance_transactions: [{ net: -35_00 }] });
    await expect(refused(stripe.refunds.create({ payment_intent }))).resolves.toMatchObject({
      code: 'charge_disputed',
    });
    await double.order('closeDispute', { dispute: dispute!.id, outcome: 'won' });
    await expect(stripe.disputes.retrieve(dispute!.id)).resolves.toMatchObject({
      status: 'won',
      balance_transactions: [{ net: -35_00 }, { net: 35_00 }],
    });
  });

  it('is paid out, less fees', async () => {
    await double.order('advance', { seconds: 30 * DAY });
    await stripe.paymentIntents.create(intentOf(await double.payer('success'), { currency: 'gbp' }));
    await double.order('advance', { seconds: 2 * DAY });
    const { id, amount } = await double.order('payOut', { currency: 'gbp' });
    expect(amount).toBe(19_12);
    await expect(stripe.payouts.retrieve(id)).resolves.toMatchObject({ status: 'in_transit' });
    await double.order('advance', { seconds: 2 * DAY });
    await expect(stripe.payouts.retrieve(id)).resolves.toMatchObject({ status: 'paid' });
  });
});

describe('a page at the double', () => {
  it('is paid at, after a card that was declined', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency: 'eur', unit_amount: 12_00, product_data: { name: 'INV-1' } } },
      ],
      success_url: 'https://acme.example/back',
      payment_intent_data: { metadata: { recount_attempt: 'att_2' } },
    });
    expect(session).toMatchObject({ status: 'open', amount_total: 12_00, payment_intent: null });
    const declined = { session: session.id, method: 'pm_card_visa_chargeDeclined' };
    await expect(double.order('complete', declined)).resolves.toEqual({ status: 'open' });
    await double.order('complete', { session: session.id, method: 'pm_card_visa' });
    const read = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(read).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: { status: 'succeeded', metadata: { recount_attempt: 'att_2' } },
    });
  });

  it('expires', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'eur',
      success_url: 'https://acme.example/back',
    });
    await double.order('advance', { seconds: DAY });
    await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      status: 'expired',
      url: null,
    });
  });
});

describe('lists at the double', () => {
  it('go on from both sides', async () => {
    const { id: customer } = await stripe.customers.create({});
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift((await stripe.paymentIntents.create({ amount: 10_00 + index, currency: 'eur', customer })).id);
    }
    const list = async (params: Stripe.PaymentIntentListParams) => {
      const { data, has_more } = await stripe.paymentIntents.list({ customer, ...params });
      return [data.map(({ id }) => id), has_more];
    };
    await expect(list({ limit: 2 })).resolves.toEqual([ids.slice(0, 2), true]);
    await expect(list({ limit: 3, starting_after: ids[1]! })).resolves.toEqual([ids.slice(2), false]);
    await expect(list({ limit: 2, ending_before: ids[4]! })).resolves.toEqual([ids.slice(2, 4), true]);
    await expect(list({ limit: 2, ending_before: ids[1]! })).resolves.toEqual([ids.slice(0, 1), false]);
    const all: string[] = [];
    for await (const { id } of stripe.paymentIntents.list({ customer, limit: 2 })) all.push(id);
    expect(all).toEqual(ids);
  });

  it('forget events after thirty days', async () => {
    await stripe.customers.create({});
    const [event] = (await stripe.events.list({ limit: 1 })).data;
    expect(event).toMatchObject({ type: 'customer.created' });
    await double.order('advance', { seconds: 30 * DAY });
    await expect(refused(stripe.events.list({ ending_before: event!.id }))).resolves.toMatchObject({
      code: 'resource_missing',
    });
  });
});

describe('webhooks of the double', () => {
  const secret = 'whsec_of_a_test';
  let server: Server;
  let taken: { body: string; signature: string }[];
  let answers: number[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const status = answers.shift() ?? 200;
        if (status === 200) taken.push({ body, signature: request.headers['stripe-signature'] as string });
        response.writeHead(status).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    await double.order('webhooks', { endpoints: [] });
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    taken = [];
    answers = [];
  });

  const endpoints = () => [{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret }];
  const underway = () =>
    eventually(
      () => double.order('underway', {}),
      ({ messages }) => messages === 0,
    );
  const customers = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push((await stripe.customers.create({})).id);
    await underway();
    return ids;
  };
  const told = () => taken.map(({ body }) => ((JSON.parse(body) as Stripe.Event).data.object as Stripe.Customer).id);

  it('are signed byte by byte', async () => {
    await double.order('webhooks', { endpoints: endpoints() });
    const [id] = await customers(1);
    const [{ body, signature }] = taken as [{ body: string; signature: string }];
    const { now } = await double.order('now', {});
    const at = now * 1_000;
    const event = Stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, at);
    expect(event).toMatchObject({ type: 'customer.created', data: { object: { id } } });
    const again = JSON.stringify(JSON.parse(body));
    expect(() => Stripe.webhooks.constructEvent(again, signature, secret, 300, undefined, at)).toThrow('No signatures');
    expect(() => Stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, at + 400_000)).toThrow(
      'Timestamp',
    );
  });

  it('come twice, not at all, and not in order', async () => {
    const delivery = { seed: 7, lostPerThousand: 300, twicePerThousand: 300, lateMilliseconds: 300 };
    await double.order('webhooks', { endpoints: endpoints(), delivery });
    const ids = await customers(40);
    const came = told();
    const distinct = [...new Set(came)];
    expect(distinct.length).toBeLessThan(ids.length);
    expect(came.length).toBeGreaterThan(distinct.length);
    expect(distinct).not.toEqual(ids.filter((id) => distinct.includes(id)));
  });

  it('come again, an hour later, if nobody took them', async () => {
    await double.order('webhooks', { endpoints: endpoints() });
    answers = [500];
    const [id] = await customers(1);
    expect(taken).toEqual([]);
    await double.order('advance', { seconds: 3_600 });
    await underway();
    expect(told()).toEqual([id]);
  });
});
