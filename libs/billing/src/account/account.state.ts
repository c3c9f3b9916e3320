import type { Fact, LineDiscount, LineKind, Service, PartOfService } from '#contracts';
import type {
  AccountId,
  CreditNoteId,
  DeliveryId,
  DiscountId,
  DocumentId,
  Fraction,
  Instant,
  InvoiceId,
  InvoiceItemId,
  LineId,
  LocalPeriod,
  PaymentId,
  RefundId,
  SubscriptionId,
  TransferId,
  WalletGrantId,
  WalletId,
} from '#kernel';
import type { Book } from '#ledger';
import type { PriceOverride } from '#rating';
import type { CreditLots } from '../credit/credit-lots.js';
import type { CreditNote } from '../credit-note/credit-note.js';
import type { InvoiceItem } from '../invoice-item/invoice-item.js';
import type { AccountDiscount } from '../discount/account-discount.js';
import type { Delivery } from '../delivery/delivery.js';
import type { KeptDocument } from '../document/kept-document.js';
import type { Invoice } from '../invoice/invoice.js';
import type { TaxIdLooks } from '../party/tax-id-timer.js';
import type { Payment } from '../payment/payment.js';
import type { Refund } from '../payment/refunds.js';
import { noRevenue, type AccountRevenue } from '../revenue/account-revenue.js';
import type { EarnedBy } from '../revenue/service-schedule.js';
import type { Subscription } from '../subscription/subscription.js';
import type { TaxReportKey } from '../tax-report/tax-reports.js';
import type { RequestedTransfer } from '../transfer/requested-transfer.js';
import type { Grant, Wallet } from '../wallet/wallet.js';

export type Profile = Fact<'AccountOpened'>['data'];

/** A live line's part of what is billed for a service. */
export interface BilledLine {
  readonly invoiceId: InvoiceId;
  readonly lineId: LineId;
  readonly kind: LineKind;
  readonly quantity: string;
  /** What is left of it after its discounts. */
  readonly amountMinor: bigint;
  /** Of the taxes of its invoice, those that it bears; absent of the first. */
  readonly taxGroup?: number;
  readonly discounts?: readonly LineDiscount[];
  /** Without taxes, and with what adjusts it; as its amount unless it is told. */
  readonly netMinor?: bigint;
  /** What somebody put to it by lines beside it: it counts as billed, and nothing is given back that was taken off. */
  readonly adjustedMinor?: bigint;
  /** Its invoice was voided, and it is not billed again: it counts as billed, but nothing of it is given back. */
  readonly waived?: true;
  /** What credit notes gave back of it: it counts as billed, too, and none of that is given back again. */
  readonly creditedMinor?: bigint;
  /** Of that, what is net; all of it unless it is told. */
  readonly creditedNetMinor?: bigint;
}

/** What live lines bill for one charge and service. Kept when its lines are voided, so that it is billed again. */
export interface BilledService {
  readonly key: string;
  readonly subscriptionId: SubscriptionId;
  readonly charge: string;
  readonly plan: string;
  readonly planVersion: number;
  readonly raterVersion: number;
  readonly period: LocalPeriod;
  service: Service;
  readonly part: PartOfService;
  readonly override?: PriceOverride;
  readonly earnedBy: EarnedBy;
  /** Its revenue is put off until the month in which it is earned. */
  readonly deferred: boolean;
  /** What its last line came to before any rounding, in major units. */
  readonly exact: Fraction;
  lines: readonly BilledLine[];
  /** Revision at which lines were taken away: what they billed is due again until a billing that came later. */
  reopenedAt: number | null;
  /** Where a billing that went on in another one had looked at it: when, with which readings, and how far. */
  looked?: { readonly revision: number; readonly cut: number; readonly through: Instant };
}

/** One account as its stream tells it: the unit of consistency. */
export interface Account {
  profile: Profile | null;
  closed: boolean;
  /** When its personal data was erased first, and with which keys. */
  erasedAt: Instant | null;
  readonly erasedKeys: Set<string>;
  /** The id whose stream holds its external id for it: its own, unless it got another one. */
  externalIdHeldAt: AccountId | null;
  /** Those that held external ids that it gave up. */
  externalIdsFormerlyAt: readonly AccountId[];
  /** Where no account was opened: whom the external id belongs to that this id follows from. */
  reservedFor: AccountId | null;
  taxIdLooks: TaxIdLooks;
  readonly subscriptions: Map<SubscriptionId, Subscription>;
  liveSubscriptions: number;
  /** Of the account as a whole, in the order in which they were applied. */
  readonly discounts: Map<DiscountId, AccountDiscount>;
  /** Reservations of coupons whose time was over before they were used. */
  readonly lapsedRedemptions: Set<DiscountId>;
  /** By `billedKey`. */
  readonly billed: Map<string, BilledService>;
  /** Keys of services that are parts of one period, by `periodKey`. */
  readonly billedTogether: Map<string, Set<string>>;
  /** Last revision of the usage stream that every billed service takes into account; −1 before the first. */
  usageCut: number;
  /** The furthest instant that billing has come to. */
  billedThrough: Instant | null;
  /** Since when readings go to other subscriptions than they were last billed with: an end gave them up, a beginning took them. */
  attributionChanges: readonly { readonly from: Instant; readonly revision: number }[];
  readonly invoices: Map<InvoiceId, Invoice>;
  readonly creditNotes: Map<CreditNoteId, CreditNote>;
  /** All but those that were removed. */
  readonly items: Map<InvoiceItemId, InvoiceItem>;
  readonly deliveries: Map<DeliveryId, Delivery>;
  /** What left the house, in the order in which it did. */
  readonly documents: Map<DocumentId, readonly KeptDocument[]>;
  /** What a service that says taxes was told of its documents. */
  readonly taxReports: Map<TaxReportKey, 'told' | 'failed'>;
  readonly payments: Map<PaymentId, Payment>;
  readonly refunds: Map<RefundId, Refund>;
  readonly credits: CreditLots;
  readonly wallets: Map<WalletId, Wallet>;
  /** Of all wallets, in the order in which they came to be. */
  readonly grants: Map<WalletGrantId, Grant>;
  readonly book: Book;
  readonly revenue: AccountRevenue;
  /** Those that were asked for; what billing books is in the book alone. */
  readonly transfers: Map<TransferId, RequestedTransfer>;
}

export const emptyAccount = (): Account => ({
  profile: null,
  closed: false,
  erasedAt: null,
  erasedKeys: new Set(),
  externalIdHeldAt: null,
  externalIdsFormerlyAt: [],
  reservedFor: null,
  taxIdLooks: { generation: 0, unknownSince: null },
  subscriptions: new Map(),
  liveSubscriptions: 0,
  discounts: new Map(),
  lapsedRedemptions: new Set(),
  billed: new Map(),
  billedTogether: new Map(),
  usageCut: -1,
  billedThrough: null,
  attributionChanges: [],
  invoices: new Map(),
  creditNotes: new Map(),
  items: new Map(),
  deliveries: new Map(),
  documents: new Map(),
  taxReports: new Map(),
  payments: new Map(),
  refunds: new Map(),
  credits: new Map(),
  wallets: new Map(),
  grants: new Map(),
  book: new Map(),
  revenue: noRevenue(),
  transfers: new Map(),
});

/** Services of one charge never share a beginning, whatever later cuts their end. */
export const billedKey = (subscriptionId: SubscriptionId, charge: string, serviceStart: Instant): string =>
  `${subscriptionId}|${serviceStart}|${charge}`;

/** What is rounded as one: the parts of one period of a charge, from where free units, tiers and limits begin. */
export const periodKey = ({ subscriptionId, charge, period, allowanceFrom }: PeriodOfCharge): string =>
  `${subscriptionId}|${charge}|${period.start}|${period.end}|${allowanceFrom ?? ''}`;

interface PeriodOfCharge {
  readonly subscriptionId: SubscriptionId;
  readonly charge: string;
  readonly period: LocalPeriod;
  readonly allowanceFrom?: Instant | undefined;
}
