import { isCurrency } from '#kernel';
import type { AmountRule } from '../amount-rule.js';
import type { AttemptReading, AttemptRequest, PaymentPageRequest } from '../attempt.js';
import type { AttemptPage, BalancePage, ChangePage, Notification, PayoutReading } from '../changes.js';
import type { DisputeReading } from '../dispute.js';
import { GatewayRefused, NotificationRefused } from '../gateway-errors.js';
import { writtenMetadata, readMetadata } from '../metadata.js';
import type { MethodReading, SetupReading } from '../method.js';
import type { Outcome } from '../outcome.js';
import { PaymentGateway, type GatewayAbilities } from '../payment-gateway.js';
import type { RefundReading, RefundRequest } from '../refund.js';

const ABILITIES: GatewayAbilities = {
  isRemote: false,
  offSession: true,
  methods: false,
  pages: false,
  refunds: true,
  disputes: false,
  notifications: false,
  balance: false,
  keyKeptSeconds: Number.MAX_SAFE_INTEGER,
};

/** Nobody refuses an amount: as much as a column of money holds. */
const MAXIMUM = 10n ** 18n - 1n;

/** Money that moves outside: there is nobody to ask, so an attempt waits for a person or a bank statement to say what became of it. */
export abstract class ByHandGateway extends PaymentGateway {
  readonly abilities = ABILITIES;

  /** What an attempt is until somebody says more. */
  protected abstract begun(request: AttemptRequest): Outcome;

  amountRule(currency: string): AmountRule | undefined {
    return isCurrency(currency) ? { step: 1n, minimum: 1n, maximum: MAXIMUM } : undefined;
  }

  startAttempt(request: AttemptRequest): Promise<AttemptReading> {
    return Promise.resolve({
      reference: request.key,
      outcome: this.begun(request),
      amount: request.amount,
      customerRef: request.customerRef,
      methodRef: request.methodRef,
      metadata: readMetadata(writtenMetadata(request.metadata)),
      createdAt: null,
    });
  }

  openPaymentPage(_request: PaymentPageRequest): Promise<AttemptReading> {
    return cannot('payment pages');
  }

  readAttempt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findAttempts(): Promise<readonly AttemptReading[]> {
    return Promise.resolve([]);
  }

  /** Nobody was asked, so that there is nobody who could have paid meanwhile: what arrives all the same is a payment of its own. */
  cancelAttempt(): Promise<Outcome> {
    return Promise.resolve({ status: 'canceled', reason: null });
  }

  startRefund({ key, attemptRef, amount, metadata }: RefundRequest): Promise<RefundReading> {
    return Promise.resolve({
      reference: key,
      outcome: { status: 'pending' },
      amount,
      attemptRef,
      metadata: readMetadata(writtenMetadata(metadata)),
      createdAt: null,
    });
  }

  readRefund(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findRefunds(): Promise<readonly RefundReading[]> {
    return Promise.resolve([]);
  }

  readDispute(): Promise<DisputeReading | undefined> {
    return Promise.resolve(undefined);
  }

  createCustomer(): Promise<string> {
    return cannot('customers');
  }

  openSetupPage(): Promise<SetupReading> {
    return cannot('payment methods');
  }

  readSetup(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  attachMethod(): Promise<MethodReading> {
    return cannot('payment methods');
  }

  readMethod(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  listMethods(): Promise<readonly MethodReading[]> {
    return Promise.resolve([]);
  }

  detachMethod(): Promise<void> {
    return cannot('payment methods');
  }

  readNotification(): Notification {
    throw new NotificationRefused('signature');
  }

  listChanges(): Promise<ChangePage> {
    return cannot('changes');
  }

  listAttempts(): Promise<AttemptPage> {
    return Promise.resolve({ attempts: [], next: null });
  }

  listBalanceMovements(): Promise<BalancePage> {
    return cannot('a balance');
  }

  readPayout(): Promise<PayoutReading | undefined> {
    return Promise.resolve(undefined);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

const cannot = (what: string): Promise<never> =>
  Promise.reject(new GatewayRefused('gateway_cannot', `This gateway has no ${what}.`));
