/** What a method does when it is charged, refunded or set up. */
export interface Behaviour {
  /** Why it is declined; it is not, unless named. */
  readonly decline?: Decline;
  /** When the customer has to confirm: at each payment, at the first one, never unless named. */
  readonly authenticate?: 'always' | 'once';
  /** A debit that is collected days later. */
  readonly settles?: { readonly days: number; readonly decline?: Decline };
  readonly dispute?: { readonly reason: string; readonly isInquiry: boolean };
  /** What becomes of a refund: it fails after it succeeded, or is on its way first. */
  readonly refund?: 'fails' | 'pending';
  /** Whether it can be kept at all: cards that are declined from the first are not. */
  readonly isKept?: boolean;
}

export interface Decline {
  readonly code: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_advice_code?: string;
  readonly network_decline_code?: string;
}

const declined = (decline_code: string, rest: Partial<Decline> = {}): Decline => ({
  code: 'card_declined',
  decline_code,
  ...rest,
});

/** By name, as tests say it. */
export const BEHAVIOURS = {
  success: {},
  generic_decline: { decline: declined('generic_decline', { advice_code: 'try_again_later' }) },
  insufficient_funds: {
    decline: declined('insufficient_funds', { advice_code: 'try_again_later', network_decline_code: '51' }),
  },
  insufficient_funds_wait: {
    decline: declined('insufficient_funds', { network_advice_code: '27', network_decline_code: '51' }),
  },
  stolen_card: { decline: declined('stolen_card', { advice_code: 'do_not_try_again', network_decline_code: '43' }) },
  lost_card: { decline: declined('lost_card', { advice_code: 'do_not_try_again', network_decline_code: '41' }) },
  do_not_honor_for_good: { decline: declined('do_not_honor', { network_advice_code: '03' }) },
  card_velocity_exceeded: { decline: declined('card_velocity_exceeded', { advice_code: 'try_again_later' }) },
  expired_card: { decline: { code: 'expired_card', advice_code: 'confirm_card_data', network_decline_code: '54' } },
  processing_error: { decline: { code: 'processing_error', advice_code: 'try_again_later' } },
  sca: { authenticate: 'always' },
  sca_on_setup: { authenticate: 'once' },
  dispute: { dispute: { reason: 'fraudulent', isInquiry: false } },
  inquiry: { dispute: { reason: 'fraudulent', isInquiry: true } },
  refund_fails: { refund: 'fails' },
  refund_pending: { refund: 'pending' },
  debit: { settles: { days: 5 } },
  debit_fails: { settles: { days: 5, decline: { code: 'insufficient_funds', network_decline_code: 'AM04' } } },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof BEHAVIOURS;

interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly behaviour: Behaviour;
}

const card = (last4: string, name: BehaviourName, brand = 'visa', isKept = true): TestCard => ({
  brand,
  last4,
  behaviour: { ...BEHAVIOURS[name], isKept },
});
const unkept = (last4: string, name: BehaviourName) => card(last4, name, 'visa', false);

/** Methods that may be named instead of a card, each a new one wherever it is named. */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: card('4242', 'success'),
  pm_card_mastercard: card('4444', 'success', 'mastercard'),
  pm_card_amex: card('8431', 'success', 'amex'),
  pm_card_chargeCustomerFail: card('0341', 'generic_decline'),
  pm_card_visa_chargeDeclined: unkept('0002', 'generic_decline'),
  pm_card_visa_chargeDeclinedInsufficientFunds: unkept('9995', 'insufficient_funds'),
  pm_card_visa_chargeDeclinedLostCard: unkept('9987', 'lost_card'),
  pm_card_visa_chargeDeclinedStolenCard: unkept('9979', 'stolen_card'),
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: unkept('6975', 'card_velocity_exceeded'),
  pm_card_chargeDeclinedExpiredCard: unkept('0069', 'expired_card'),
  pm_card_chargeDeclinedProcessingError: unkept('0119', 'processing_error'),
  pm_card_authenticationRequired: card('3184', 'sca'),
  pm_card_authenticationRequiredOnSetup: card('3155', 'sca_on_setup'),
  pm_card_createDispute: card('0259', 'dispute'),
  pm_card_createDisputeInquiry: card('1976', 'inquiry'),
  pm_card_refundFail: card('5126', 'refund_fails'),
  pm_card_pendingRefund: card('7726', 'refund_pending'),
};

/** Accounts whose debits fail; every other one pays. */
export const FAILING_IBANS: ReadonlySet<string> = new Set([
  'AT861904300235473202',
  'DE62370400440532013001',
  'FR8420041010050500013M02607',
  'NL79ABNA0123456790',
]);
