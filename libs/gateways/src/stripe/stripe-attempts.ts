import type Stripe from 'stripe';
import { wholeSeconds } from '#kernel';
import type { AttemptReading, AttemptRequest, AttemptSearch, PaymentPageRequest } from '../attempt.js';
import type { AttemptPage, Window } from '../changes.js';
import { GatewayRefused, GatewayUnavailable } from '../gateway-errors.js';
import { hasMetadata, readMetadata, writtenMetadata } from '../metadata.js';
import { isFinal, type Outcome } from '../outcome.js';
import { attemptOfIntent, attemptOfSession, OF_A_PAGE } from './attempts.js';
import { unknownOf } from './calls.js';
import type { StripeConnection } from './connection.js';
import { amountAtStripe } from './currencies.js';
import { failureOf } from './failures.js';

const WITH_CHARGE = { expand: ['latest_charge'] };
const WITH_INTENT = { expand: ['payment_intent.latest_charge'] };
/** Methods at whose own site the customer pays: without a way back they are not taken. */
const WITHOUT_REDIRECTS = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;
const PAGE = 100;
/** Of a search: more than this in one window are not of one attempt. */
const PAGES_MAX = 100;

/** Payments by intents, and by pages, which are sessions that make an intent once the customer pays. */
export class StripeAttempts {
  constructor(private readonly connection: StripeConnection) {}

  start(request: AttemptRequest): Promise<AttemptReading> {
    const { key, amount, presence, returnUrl } = request;
    const params: Stripe.PaymentIntentCreateParams = {
      amount: amountAtStripe(amount),
      currency: amount.currency.toLowerCase(),
      customer: request.customerRef,
      payment_method: request.methodRef,
      confirm: true,
      ...(presence === 'off_session' ? { off_session: true } : {}),
      ...(returnUrl === undefined ? WITHOUT_REDIRECTS : { return_url: returnUrl }),
      ...statementOf(request.statementText),
      metadata: writtenMetadata(request.metadata),
      ...WITH_CHARGE,
    };
    return this.connection
      .raw((stripe) => stripe.paymentIntents.create(params, { idempotencyKey: key }))
      .then(attemptOfIntent, (error: unknown) => this.notStarted(error, request));
  }

  openPage(request: PaymentPageRequest): Promise<AttemptReading> {
    const { amount, customerRef, expiresAt, title: name } = request;
    const metadata = writtenMetadata(request.metadata);
    const price = {
      currency: amount.currency.toLowerCase(),
      unit_amount: amountAtStripe(amount),
      product_data: { name },
    };
    const params: Stripe.Checkout.SessionCreateParams = {
      mode: 'payment',
      line_items: [{ quantity: 1, price_data: price }],
      ...(customerRef === null ? {} : { customer: customerRef }),
      success_url: request.returnUrl,
      ...(expiresAt === undefined ? {} : { expires_at: wholeSeconds(expiresAt) }),
      metadata,
      payment_intent_data: {
        metadata: { ...metadata, [OF_A_PAGE]: 'yes' },
        ...(request.keepMethod ? { setup_future_usage: 'off_session' } : {}),
      },
      ...WITH_INTENT,
    };
    return this.connection
      .raw((stripe) => stripe.checkout.sessions.create(params, { idempotencyKey: request.key }))
      .then(attemptOfSession, (error: unknown) => this.notStarted(error, request));
  }

  async read(reference: string): Promise<AttemptReading | undefined> {
    if (reference.startsWith('cs_')) {
      const session = await this.connection.read((stripe) => stripe.checkout.sessions.retrieve(reference, WITH_INTENT));
      return session && attemptOfSession(session);
    }
    const intent = await this.connection.read((stripe) => stripe.paymentIntents.retrieve(reference, WITH_CHARGE));
    return intent && this.readingOf(intent);
  }

  async find({ metadata, customerRef, from, before }: AttemptSearch): Promise<readonly AttemptReading[]> {
    const params = {
      created: { gte: wholeSeconds(from), lt: wholeSeconds(before) },
      limit: PAGE,
      ...(customerRef === null ? {} : { customer: customerRef }),
    };
    const isSought = (object: { readonly metadata: Stripe.Metadata | null }) =>
      hasMetadata(readMetadata(object.metadata), metadata);
    const intents = await this.all<Stripe.PaymentIntent>(
      (stripe, after) => stripe.paymentIntents.list({ ...params, ...after, expand: ['data.latest_charge'] }),
      (intent) => isSought(intent) && !isOfAPage(intent),
    );
    if (intents.length > 0) return intents.map(attemptOfIntent);
    const sessions = await this.all<Stripe.Checkout.Session>(
      (stripe, after) =>
        stripe.checkout.sessions.list({ ...params, ...after, expand: ['data.payment_intent.latest_charge'] }),
      isSought,
    );
    return sessions.map(attemptOfSession);
  }

  async cancel(reference: string, idempotencyKey: string): Promise<Outcome> {
    const { read, outcome } = await this.asItIs(reference);
    if (!read || isFinal(outcome)) return outcome;
    const at = read.reference ?? reference;
    try {
      const canceled = await this.connection.raw((stripe) =>
        at.startsWith('cs_')
          ? stripe.checkout.sessions.expire(at, WITH_INTENT, { idempotencyKey }).then(attemptOfSession)
          : stripe.paymentIntents.cancel(at, WITH_CHARGE, { idempotencyKey }).then(attemptOfIntent),
      );
      return canceled.outcome;
    } catch (error) {
      // It is not to be canceled any more: what it is says why.
      return unknownOf(error) ?? (await this.asItIs(reference)).outcome;
    }
  }

  /** Newest first. */
  async list({ from, before }: Window, after: string | null): Promise<AttemptPage> {
    const { data, has_more } = await this.connection.call((stripe) =>
      stripe.paymentIntents.list({
        created: { gte: wholeSeconds(from), lt: wholeSeconds(before) },
        limit: PAGE,
        ...(after === null ? {} : { starting_after: after }),
        expand: ['data.latest_charge'],
      }),
    );
    const attempts: AttemptReading[] = [];
    for (const intent of data) attempts.push(await this.readingOf(intent));
    return { attempts, next: has_more ? (data.at(-1)?.id ?? null) : null };
  }

  private async asItIs(
    reference: string,
  ): Promise<{ readonly read: AttemptReading | undefined; readonly outcome: Outcome }> {
    const without = (code: string): Outcome => ({ status: 'unknown', code, resolve: 'look_up' });
    try {
      const read = await this.read(reference);
      return { read, outcome: read?.outcome ?? without('not_found') };
    } catch (error) {
      if (error instanceof GatewayUnavailable || error instanceof GatewayRefused) {
        return { read: undefined, outcome: without(error.code) };
      }
      throw error;
    }
  }

  /** A page stands for its intent: a payment that failed at it can still succeed. */
  private async readingOf(intent: Stripe.PaymentIntent): Promise<AttemptReading> {
    if (!isOfAPage(intent)) return attemptOfIntent(intent);
    const { data } = await this.connection.call((stripe) =>
      stripe.checkout.sessions.list({
        payment_intent: intent.id,
        limit: 1,
        expand: ['data.payment_intent.latest_charge'],
      }),
    );
    return data[0] ? attemptOfSession(data[0]) : attemptOfIntent(intent);
  }

  private async all<T extends { readonly id: string }>(
    list: (stripe: Stripe, after: object) => Promise<Stripe.ApiList<T>>,
    isSought: (item: T) => boolean,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    let after: object = {};
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { data, has_more } = await this.connection.call((stripe) => list(stripe, after));
      found.push(...data.filter(isSought));
      if (!has_more || data.length === 0) return found;
      after = { starting_after: data.at(-1)!.id };
    }
    throw new GatewayUnavailable('too_many_to_search');
  }

  private notStarted(error: unknown, request: AttemptRequest | PaymentPageRequest): AttemptReading {
    const without = unknownOf(error);
    const { payment_intent: intent } = error as Stripe.errors.StripeError;
    if (!without && intent) return attemptOfIntent(intent);
    return {
      reference: null,
      outcome: without ?? { status: 'failed', failure: refusalOf(error as Stripe.errors.StripeError) },
      amount: request.amount,
      customerRef: request.customerRef,
      methodRef: 'methodRef' in request ? request.methodRef : null,
      metadata: readMetadata(writtenMetadata(request.metadata)),
      createdAt: null,
    };
  }
}

/** 22 characters, none of a few, and one letter at least; a payment is not refused because of what it would be called. */
const statementOf = (text = ''): { readonly statement_descriptor_suffix?: string } => {
  const suffix = text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]|[<>\\'"*]/gu, '')
    .trim()
    .slice(0, 22)
    .trim();
  return /[A-Za-z]/u.test(suffix) ? { statement_descriptor_suffix: suffix } : {};
};

const isOfAPage = ({ metadata }: Stripe.PaymentIntent): boolean => metadata[OF_A_PAGE] !== undefined;

/** What is wrong with the method is `hard`, with anything else that was asked `configuration`. */
const refusalOf = (error: Stripe.errors.StripeError) => {
  const said = failureOf(error, null);
  if (error.statusCode === 402) return said;
  const isOfMethod = said.category === 'hard' || error.param === 'payment_method';
  return { ...said, category: isOfMethod ? ('hard' as const) : ('configuration' as const) };
};
