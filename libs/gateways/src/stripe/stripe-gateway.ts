import { wholeSeconds, type Instant } from '#kernel';
import type Stripe from 'stripe';
import type { AttemptReading, AttemptRequest, AttemptSearch, PaymentPageRequest } from '../attempt.js';
import type {
  AttemptPage,
  BalancePage,
  ChangeCursor,
  ChangePage,
  Notification,
  PayoutReading,
  Window,
} from '../changes.js';
import type { DisputeReading } from '../dispute.js';
import { GatewayRefused } from '../gateway-errors.js';
import { hasMetadata, readMetadata, writtenMetadata } from '../metadata.js';
import type { CustomerRequest, MethodReading, SetupPageRequest, SetupReading } from '../method.js';
import type { Outcome } from '../outcome.js';
import { PaymentGateway, type GatewayAbilities } from '../payment-gateway.js';
import type { RefundOutcome, RefundReading, RefundRequest, RefundSearch } from '../refund.js';
import { unknownOf } from './calls.js';
import { StripeConnection, type StripeSettings } from './connection.js';
import { amountAtStripe, stripeAmountRule } from './currencies.js';
import { readStripeNotification } from './notifications.js';
import { disputeOf, methodReadingOf, movementOf, payoutOf, refundOf, setupOf } from './readings.js';
import { StripeAttempts } from './stripe-attempts.js';
import { StripeChanges } from './stripe-changes.js';

const ABILITIES: GatewayAbilities = {
  isRemote: true,
  offSession: true,
  methods: true,
  pages: true,
  refunds: true,
  disputes: true,
  notifications: true,
  balance: true,
  // Keys are kept for at least 24 hours (docs.stripe.com/api/idempotent_requests).
  keyKeptSeconds: 23 * 3_600,
};

const PAGE = 100;
const WITH_SETUP = { expand: ['setup_intent'] };

/** Stripe, by its package. */
export class StripeGateway extends PaymentGateway {
  readonly abilities = ABILITIES;
  private readonly connection: StripeConnection;
  private readonly attempts: StripeAttempts;
  private readonly changes: StripeChanges;

  constructor(private readonly settings: StripeSettings) {
    super();
    this.connection = new StripeConnection(settings);
    this.attempts = new StripeAttempts(this.connection);
    this.changes = new StripeChanges(this.connection);
  }

  amountRule(currency: string) {
    return stripeAmountRule(currency, this.settings.minimums);
  }

  startAttempt(request: AttemptRequest): Promise<AttemptReading> {
    return this.attempts.start(request);
  }

  openPaymentPage(request: PaymentPageRequest): Promise<AttemptReading> {
    return this.attempts.openPage(request);
  }

  readAttempt(reference: string): Promise<AttemptReading | undefined> {
    return this.attempts.read(reference);
  }

  findAttempts(search: AttemptSearch): Promise<readonly AttemptReading[]> {
    return this.attempts.find(search);
  }

  cancelAttempt(reference: string, key: string): Promise<Outcome> {
    return this.attempts.cancel(reference, key);
  }

  listAttempts(window: Window, after: string | null): Promise<AttemptPage> {
    return this.attempts.list(window, after);
  }

  async startRefund(request: RefundRequest): Promise<RefundReading> {
    const { key, attemptRef, amount, metadata } = request;
    try {
      const refund = await this.connection.raw((stripe) =>
        this.intentOf(stripe, attemptRef).then((payment_intent) =>
          stripe.refunds.create(
            { payment_intent, amount: amountAtStripe(amount), metadata: writtenMetadata(metadata) },
            { idempotencyKey: key },
          ),
        ),
      );
      return refundOf(refund);
    } catch (error) {
      return {
        reference: null,
        outcome: refundNotStarted(error),
        amount,
        attemptRef,
        metadata: readMetadata(writtenMetadata(metadata)),
        createdAt: null,
      };
    }
  }

  async readRefund(reference: string): Promise<RefundReading | undefined> {
    const refund = await this.connection.read((stripe) => stripe.refunds.retrieve(reference));
    return refund && refundOf(refund);
  }

  /** Of the last hundred of an attempt. */
  async findRefunds({ metadata, attemptRef }: RefundSearch): Promise<readonly RefundReading[]> {
    const { data } = await this.connection.call(async (stripe) =>
      stripe.refunds.list({ payment_intent: await this.intentOf(stripe, attemptRef), limit: PAGE }),
    );
    return data.map(refundOf).filter((refund) => hasMetadata(refund.metadata, metadata));
  }

  async readDispute(reference: string): Promise<DisputeReading | undefined> {
    const dispute = await this.connection.read((stripe) => stripe.disputes.retrieve(reference));
    return dispute && disputeOf(dispute);
  }

  async createCustomer({ key: idempotencyKey, name, email, metadata }: CustomerRequest): Promise<string> {
    const params = {
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      metadata: writtenMetadata(metadata),
    };
    const { id } = await this.connection.call((stripe) => stripe.customers.create(params, { idempotencyKey }));
    return id;
  }

  async openSetupPage(request: SetupPageRequest): Promise<SetupReading> {
    const metadata = writtenMetadata(request.metadata);
    const params: Stripe.Checkout.SessionCreateParams = {
      mode: 'setup',
      currency: request.currency.toLowerCase(),
      customer: request.customerRef,
      success_url: request.returnUrl,
      metadata,
      setup_intent_data: { metadata },
      ...WITH_SETUP,
    };
    const { key: idempotencyKey } = request;
    return setupOf(await this.connection.call((stripe) => stripe.checkout.sessions.create(params, { idempotencyKey })));
  }

  async readSetup(reference: string): Promise<SetupReading | undefined> {
    const session = await this.connection.read((stripe) => stripe.checkout.sessions.retrieve(reference, WITH_SETUP));
    return session?.mode === 'setup' ? setupOf(session) : undefined;
  }

  async attachMethod(methodRef: string, customerRef: string, idempotencyKey: string): Promise<MethodReading> {
    return methodReadingOf(
      await this.connection.call((stripe) =>
        stripe.paymentMethods.attach(methodRef, { customer: customerRef }, { idempotencyKey }),
      ),
    );
  }

  async readMethod(methodRef: string): Promise<MethodReading | undefined> {
    const method = await this.connection.read((stripe) => stripe.paymentMethods.retrieve(methodRef));
    return method && methodReadingOf(method);
  }

  /** A hundred at most. */
  async listMethods(customerRef: string): Promise<readonly MethodReading[]> {
    const { data } = await this.connection.call((stripe) =>
      stripe.customers.listPaymentMethods(customerRef, { limit: PAGE }),
    );
    return data.map(methodReadingOf);
  }

  async detachMethod(methodRef: string, idempotencyKey: string): Promise<void> {
    try {
      await this.connection.call((stripe) => stripe.paymentMethods.detach(methodRef, {}, { idempotencyKey }));
    } catch (error) {
      const method = error instanceof GatewayRefused ? await this.readMethod(methodRef) : null;
      if (method === null || method?.customerRef != null) throw error;
    }
  }

  readNotification(
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Notification {
    return readStripeNotification(body, headers['stripe-signature'], this.settings.webhookSecrets, now);
  }

  listChanges(cursor: ChangeCursor): Promise<ChangePage> {
    return this.changes.list(cursor);
  }

  async listBalanceMovements({ from, before }: Window, after: string | null): Promise<BalancePage> {
    const { data, has_more } = await this.connection.call((stripe) =>
      stripe.balanceTransactions.list({
        created: { gte: wholeSeconds(from), lt: wholeSeconds(before) },
        limit: PAGE,
        ...(after === null ? {} : { starting_after: after }),
      }),
    );
    return { movements: data.map(movementOf), next: has_more ? (data.at(-1)?.id ?? null) : null };
  }

  async readPayout(reference: string): Promise<PayoutReading | undefined> {
    const payout = await this.connection.read((stripe) => stripe.payouts.retrieve(reference));
    return payout && payoutOf(payout);
  }

  async check(): Promise<void> {
    await this.connection.call((stripe) => stripe.balance.retrieve());
  }

  dispose(): Promise<void> {
    this.connection.dispose();
    return Promise.resolve();
  }

  /** What was paid at a page is refunded by the intent that the page made. */
  private async intentOf(stripe: Stripe, attemptRef: string): Promise<string> {
    if (!attemptRef.startsWith('cs_')) return attemptRef;
    const { payment_intent } = await stripe.checkout.sessions.retrieve(attemptRef);
    if (typeof payment_intent === 'string') return payment_intent;
    throw new GatewayRefused('nothing_to_refund', 'Nobody has paid at this page.');
  }
}

const refundNotStarted = (error: unknown): RefundOutcome => {
  if (error instanceof GatewayRefused) return { status: 'failed', code: error.code };
  return unknownOf(error) ?? { status: 'failed', code: (error as Stripe.errors.StripeError).code ?? 'refused' };
};
