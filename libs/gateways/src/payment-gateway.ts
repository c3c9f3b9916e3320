import type { Instant } from '#kernel';
import type { AmountRule } from './amount-rule.js';
import type { AttemptReading, AttemptRequest, AttemptSearch, PaymentPageRequest } from './attempt.js';
import type {
  AttemptPage,
  BalancePage,
  ChangeCursor,
  ChangePage,
  Notification,
  PayoutReading,
  Window,
} from './changes.js';
import type { DisputeReading } from './dispute.js';
import type { CustomerRequest, MethodReading, SetupPageRequest, SetupReading } from './method.js';
import type { Outcome } from './outcome.js';
import type { RefundReading, RefundRequest, RefundSearch } from './refund.js';

/** What a kind of gateway has at all. What it has not is refused by `gateway_cannot`. */
export interface GatewayAbilities {
  /** Takes payments itself, and can be asked about them; without, people and bank statements say what became of an attempt. */
  readonly isRemote: boolean;
  readonly offSession: boolean;
  readonly methods: boolean;
  readonly pages: boolean;
  readonly refunds: boolean;
  readonly disputes: boolean;
  readonly notifications: boolean;
  readonly balance: boolean;
  /** For how long a request under the same key is the same request; with room for clocks that differ. After that, it would be a new one. */
  readonly keyKeptSeconds: number;
}

/**
 * Whoever takes payments. The contract of every adapter is `describePaymentGateway`.
 *
 * Asked to move money, it answers with an outcome, also where none came (`unknown`): it throws nothing but what is wrong with our own
 * code. Every other call throws `GatewayUnavailable` or `GatewayRefused`. Every call ends. What is not there is undefined.
 */
export abstract class PaymentGateway {
  abstract readonly abilities: GatewayAbilities;

  /** Undefined: the gateway does not take the currency. */
  abstract amountRule(currency: string): AmountRule | undefined;

  abstract startAttempt(request: AttemptRequest): Promise<AttemptReading>;
  abstract openPaymentPage(request: PaymentPageRequest): Promise<AttemptReading>;
  abstract readAttempt(reference: string): Promise<AttemptReading | undefined>;
  /** More than one only if a key was used beyond its time. */
  abstract findAttempts(search: AttemptSearch): Promise<readonly AttemptReading[]>;
  /** What the attempt is afterwards: one that succeeded meanwhile has succeeded. */
  abstract cancelAttempt(reference: string, key: string): Promise<Outcome>;

  abstract startRefund(request: RefundRequest): Promise<RefundReading>;
  abstract readRefund(reference: string): Promise<RefundReading | undefined>;
  abstract findRefunds(search: RefundSearch): Promise<readonly RefundReading[]>;

  abstract readDispute(reference: string): Promise<DisputeReading | undefined>;

  /** @returns the reference of the customer */
  abstract createCustomer(request: CustomerRequest): Promise<string>;
  abstract openSetupPage(request: SetupPageRequest): Promise<SetupReading>;
  abstract readSetup(reference: string): Promise<SetupReading | undefined>;
  abstract attachMethod(methodRef: string, customerRef: string, key: string): Promise<MethodReading>;
  abstract readMethod(methodRef: string): Promise<MethodReading | undefined>;
  abstract listMethods(customerRef: string): Promise<readonly MethodReading[]>;
  /** Detaching one that is detached already changes nothing. */
  abstract detachMethod(methodRef: string, key: string): Promise<void>;

  /**
   * @param body as it came, byte by byte
   * @throws NotificationRefused
   */
  abstract readNotification(
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Notification;
  /** @throws ChangesForgotten */
  abstract listChanges(cursor: ChangeCursor): Promise<ChangePage>;
  abstract listAttempts(window: Window, after: string | null): Promise<AttemptPage>;

  abstract listBalanceMovements(window: Window, after: string | null): Promise<BalancePage>;
  abstract readPayout(reference: string): Promise<PayoutReading | undefined>;

  /** Whether the gateway knows us: asks for something harmless. */
  abstract check(): Promise<void>;
  abstract dispose(): Promise<void>;
}
