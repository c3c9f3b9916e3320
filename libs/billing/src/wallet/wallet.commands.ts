import type { GrantKind, GrantRecurrence, Metadata, UsableOn, WalletRecharge, WalletScope } from '#contracts';
import type { Instant, InvoiceId, Money, WalletGrantId, WalletId } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { IssueTerms } from '../invoice/invoice.commands.js';
import type { UsageSoFar } from './unbilled-usage.js';
import type { BookDay } from '../payment/payment.commands.js';

export interface WalletInput {
  readonly name: string;
  readonly currency?: string;
  readonly priority?: number;
  readonly scope: WalletScope;
  readonly metadata: Metadata;
}

export interface GrantInput {
  readonly kind: GrantKind;
  readonly amount: Money;
  readonly priority?: number;
  readonly effectiveAt?: Instant;
  readonly expiresAt?: Instant;
  /** Of what is bought; on payment, unless told. */
  readonly usableOn?: UsableOn;
  readonly reason?: string;
}

/** As it is asked for: what is not named follows from the wallet, the account and the time. */
export type RecurrenceInput = Pick<GrantRecurrence, 'kind' | 'amount' | 'interval' | 'rollover'> & {
  readonly priority?: number;
  readonly startAt?: Instant;
};

/** What becomes of what is left in a wallet that closes. */
export type WalletRemainder = 'forfeit' | 'customer_credit';

/** The invoice by which credit is bought. */
export interface TopUpInvoice {
  readonly invoiceId: InvoiceId;
  readonly terms: IssueTerms;
}

export type WalletCommand =
  | ({ readonly type: 'OpenWallet'; readonly walletId: WalletId; readonly now: Instant } & WalletInput)
  | ({
      readonly type: 'GrantCredit';
      readonly walletId: WalletId;
      readonly grantId: WalletGrantId;
      /** Of what is bought, and of nothing else. */
      readonly topUp?: TopUpInvoice;
      readonly now: Instant;
    } & GrantInput)
  | ({
      readonly type: 'VoidGrant';
      readonly walletId: WalletId;
      readonly grantId: WalletGrantId;
      readonly reason?: string;
    } & BookDay)
  | ({
      readonly type: 'CloseWallet';
      readonly walletId: WalletId;
      readonly remainder?: WalletRemainder;
      readonly reason?: string;
    } & BookDay)
  /** The life of a grant is over, or it is time to look again at what is held of it. */
  | ({
      readonly type: 'ExpireGrant';
      readonly grantId: WalletGrantId;
      readonly catalog: Catalog;
    } & BookDay)
  | {
      readonly type: 'SetGrantRecurrence';
      readonly walletId: WalletId;
      /** Null: no more. */
      readonly recurrence: RecurrenceInput | null;
      readonly now: Instant;
    }
  /** A turn has come. */
  | { readonly type: 'GrantAtTurn'; readonly walletId: WalletId; readonly now: Instant }
  | {
      readonly type: 'SetWalletRecharge';
      readonly walletId: WalletId;
      readonly recharge: WalletRecharge | null;
      readonly now: Instant;
    }
  /** The wallet was found to be below its level. */
  | {
      readonly type: 'RechargeWallet';
      readonly walletId: WalletId;
      readonly topUp: TopUpInvoice;
      /** Where the wallet looks at it. */
      readonly measured?: UsageSoFar;
    }
  /** Readings came. */
  | { readonly type: 'LookAtUsage'; readonly measured: UsageSoFar };
