import type { Event } from '#kernel';
import { accountFacts } from './account.js';
import { aliasFacts } from './alias.js';
import { bankFacts } from './bank.js';
import { billingRunFacts } from './billing-run.js';
import { catalogFacts } from './catalog.js';
import { creditNoteFacts } from './credit-note.js';
import { deliveryFacts } from './delivery.js';
import { discountFacts, redemptionFacts } from './discount.js';
import { documentFacts } from './document.js';
import type { FactKind, FactOf } from './fact.js';
import { installationFacts } from './installation.js';
import { invoiceFacts } from './invoice.js';
import { invoiceItemFacts } from './invoice-item.js';
import { numberingFacts } from './numbering.js';
import { paymentFacts } from './payment.js';
import { revenueFacts } from './revenue.js';
import { subscriptionFacts } from './subscription.js';
import { taxReportFacts } from './tax-report.js';
import { tenantFacts } from './tenant.js';
import { testClockFacts } from './test-clock.js';
import { timerDecisionFacts } from './timer-decisions.js';
import { timelineChangeFacts } from './timeline-changes.js';
import { transferFacts } from './transfer.js';
import { usageFacts } from './usage.js';
import { walletFacts } from './wallet.js';
import { webhookFacts } from './webhook.js';

/** By what they tell of, in the order in which a newcomer meets them. */
export const FACTS_BY_SUBJECT = {
  'Installation and tenant': {
    ...installationFacts,
    ...tenantFacts,
    ...webhookFacts,
    ...timerDecisionFacts,
    ...aliasFacts,
  },
  Catalog: { ...catalogFacts, ...redemptionFacts },
  Usage: usageFacts,
  Account: accountFacts,
  Subscription: { ...subscriptionFacts, ...timelineChangeFacts, ...discountFacts },
  Invoice: {
    ...invoiceItemFacts,
    ...invoiceFacts,
    ...creditNoteFacts,
    ...deliveryFacts,
    ...documentFacts,
    ...taxReportFacts,
  },
  'Payment and ledger': { ...paymentFacts, ...walletFacts, ...transferFacts, ...revenueFacts },
  'Billing run and numbering': { ...billingRunFacts, ...numberingFacts },
  'Test clock': testClockFacts,
  Bank: bankFacts,
} satisfies Record<string, Readonly<Record<string, FactKind>>>;

const subjects = FACTS_BY_SUBJECT;

/** Every fact that the log may hold, by its stored name. */
export const FACTS = {
  ...subjects['Installation and tenant'],
  ...subjects.Catalog,
  ...subjects.Usage,
  ...subjects.Account,
  ...subjects.Subscription,
  ...subjects.Invoice,
  ...subjects['Payment and ledger'],
  ...subjects['Billing run and numbering'],
  ...subjects['Test clock'],
  ...subjects.Bank,
};

export type FactType = keyof typeof FACTS;

/** A fact by its stored name: `Fact<'InvoicePaid'>`. */
export type Fact<Type extends FactType> = { [One in Type]: Event<One, HeldBy<One>> }[Type];

type HeldBy<Type extends FactType> = FactOf<Pick<typeof FACTS, Type>>['data'];

/** Whatever one account's stream may hold. */
export type AccountFact =
  | ProfileFact
  | SubscriptionFact
  | DiscountFact
  | InvoiceFact
  | InvoiceItemFact
  | CreditNoteFact
  | DeliveryFact
  | DocumentFact
  | TaxReportFact
  | PaymentFact
  | RevenueFact
  | WalletFact
  | TransferFact;
export type ProfileFact = FactOf<typeof accountFacts>;
export type SubscriptionFact = FactOf<typeof subscriptionFacts & typeof timelineChangeFacts>;
export type DiscountFact = FactOf<typeof discountFacts>;
export type InvoiceFact = FactOf<typeof invoiceFacts>;
export type DeliveryFact = FactOf<typeof deliveryFacts>;
export type DocumentFact = FactOf<typeof documentFacts>;
export type TaxReportFact = FactOf<typeof taxReportFacts>;
export type InvoiceItemFact = FactOf<typeof invoiceItemFacts>;
export type CreditNoteFact = FactOf<typeof creditNoteFacts>;
export type RevenueFact = FactOf<typeof revenueFacts>;
/** What is booked comes with what it is booked for. */
export type PaymentFact = FactOf<typeof paymentFacts> | Fact<'TransferPosted'>;
export type WalletFact = FactOf<typeof walletFacts>;
/** What was asked for in two steps. */
export type TransferFact = Exclude<FactOf<typeof transferFacts>, Fact<'TransferPosted'>>;

export type AliasFact = FactOf<typeof aliasFacts>;
export type BankFact = FactOf<typeof bankFacts>;
export type BillingRunFact = FactOf<typeof billingRunFacts>;
export type CatalogFact = FactOf<typeof catalogFacts>;
export type RedemptionFact = FactOf<typeof redemptionFacts>;
export type TenantFact = FactOf<typeof tenantFacts & typeof webhookFacts & typeof timerDecisionFacts>;
export type WebhookFact = FactOf<typeof webhookFacts>;
export type TestClockFact = FactOf<typeof testClockFacts>;
export type UsageFact = FactOf<typeof usageFacts>;
export type UsageCorrection = Exclude<UsageFact, Fact<'UsageRecorded'>>;

/** Facts of one account that say something by a field, whatever else they say. */
export type AccountFactWith<Field extends string> = Extract<
  AccountFact,
  { data: { readonly [Name in Field]: unknown } }
>;

/** Their names: a fact that will be added with the field is among them. */
export const accountFactsWith = <Field extends string>(field: Field): readonly AccountFactWith<Field>['type'][] =>
  Object.entries<FactKind>(FACTS).flatMap(([type, { shape }]) =>
    (shape.required as readonly string[] | undefined)?.includes(field) ? [type as AccountFactWith<Field>['type']] : [],
  );

export const isFactType = (type: string): type is FactType => Object.hasOwn(FACTS, type);

// What facts are made of, by the names that the rules give it.
export type { BankMatchReason, RecordedBankEntry } from './bank.js';
export type { TaxStatus } from './account.js';
export type * from './catalog.js';
export type { CreditedLine, CreditNoteKind, CreditNoteSettlement } from './credit-note.js';
export type * from './discount-shapes.js';
export type { ByHand, ItemLine, TakenOffDraft } from './invoice-item.js';
export type * from './invoice-shapes.js';
export type { CreditCause, CreditPart, InvoicePart } from './payment.js';
export type { Activation } from './subscription.js';
export type * from './party-shapes.js';
export {
  LOGO_BYTES_MAX,
  LOGO_TEXT_MAX,
  type Branding,
  type BrandingColumn,
  type BrandingText,
  type Logo,
} from './branding-shapes.js';
export type { Revenue, RevenuePart } from './revenue-shapes.js';
export type { TaxReport } from './tax-report.js';
export type * from './tax-shapes.js';
export type { KeptForm } from './document.js';
export type { BillingPolicy, MailSettings, TenantSettings, TestTenant } from './tenant.js';
export type { ChangeKind } from './timeline-changes.js';
export type {
  ChangeOptions,
  ChangeProration,
  CreditPolicy,
  EndCredit,
  LocalDays,
  Overrides,
  OverridesChange,
  Quantities,
  RecurringChange,
  RecurringTerm,
  Segment,
  SegmentStatus,
  Terms,
  TermsDelta,
  TimelineTold,
} from './timeline-shapes.js';
export type { AssignedNumber } from './numbering.js';
export type { AccountReadings, CorrectedReading, Reading } from './usage.js';
export type * from './wallet-shapes.js';
export type { WebhookTerms } from './webhook.js';
