import type { AccountFact } from '#contracts';
import type { Decider, Recorded } from '#kernel';
import { catalogOf } from '../catalog/catalog.decider.js';
import { decideInvoice, evolveInvoice } from '../invoice/invoice.decider.js';
import { decideInvoiceItem, evolveInvoiceItem } from '../invoice-item/invoice-item.decider.js';
import { decidePayment, evolvePayment } from '../payment/payment.decider.js';
import { decideSubscription, evolveSubscription } from '../subscription/subscription.decider.js';
import { decideTransfer, evolveTransfer } from '../transfer/transfer.decider.js';
import type { AccountCommand } from './account.commands.js';
import { emptyAccount, type Account } from './account.state.js';
import { decideProfile, evolveProfile } from './profile.decider.js';

/** Composes the slices that share an account's stream. */
export const accountDecider: Decider<Account, AccountCommand, AccountFact> = {
  initialState: emptyAccount,

  decide(given, account) {
    const command = 'catalog' in given ? { ...given, catalog: catalogOf(account, given.catalog) } : given;
    switch (command.type) {
      case 'OpenAccount':
      case 'ChangeAccount':
      case 'ReserveExternalId':
      case 'CloseAccount':
      case 'ErasePersonalData':
        return decideProfile(command, account);
      case 'CreateSubscription':
      case 'ChangeSubscription':
      case 'ActivateSubscription':
      case 'ChangePlan':
      case 'PauseSubscription':
      case 'ResumeSubscription':
      case 'CancelSubscription':
      case 'UncancelSubscription':
      case 'WithdrawScheduledChange':
      case 'EndPause':
      case 'EndTrial':
      case 'EndSubscription':
        return decideSubscription(command, account);
      case 'BillAccount':
      case 'ContinueDraft':
      case 'FinalizeInvoice':
      case 'NumberInvoice':
      case 'VoidInvoice':
      case 'ScheduleLateBilling':
      case 'MarkInvoiceOverdue':
      case 'MarkInvoiceUncollectible':
        return decideInvoice(command, account);
      case 'AddInvoiceItem':
      case 'RemoveInvoiceItem':
      case 'AddDraftLine':
      case 'ChangeDraftLine':
        return decideInvoiceItem(command, account);
      case 'ReceivePayment':
      case 'ReversePayment':
      case 'RefundPayment':
      case 'RefundCredit':
      case 'ApplyCredit':
        return decidePayment(command, account);
      case 'SubmitTransfers':
      case 'ExpireTransfers':
        return decideTransfer(command, account);
    }
  },

  evolve(account: Account, fact: AccountFact, recorded: Recorded) {
    switch (fact.type) {
      case 'AccountOpened':
      case 'AccountContactChanged':
      case 'AccountExternalIdChanged':
      case 'ExternalIdReserved':
      case 'PaymentTermsChanged':
      case 'TaxStatusChanged':
      case 'AccountTimeZoneChanged':
      case 'AccountParentChanged':
      case 'AccountMetadataChanged':
      case 'AccountClosed':
      case 'PersonalDataErased':
        return evolveProfile(account, fact, recorded);
      case 'SubscriptionCreated':
      case 'SubscriptionActivated':
      case 'TrialStarted':
      case 'TrialEnded':
      case 'SubscriptionPlanChanged':
      case 'SubscriptionQuantityChanged':
      case 'SubscriptionPaused':
      case 'SubscriptionResumed':
      case 'SubscriptionCanceled':
      case 'ScheduledChangeWithdrawn':
      case 'SubscriptionMetadataChanged':
      case 'SubscriptionEnded':
        return evolveSubscription(account, fact, recorded);
      case 'InvoiceDrafted':
      case 'InvoiceLinesAdded':
      case 'InvoiceFinalized':
      case 'BillingAdvanced':
      case 'InvoiceNumbered':
      case 'InvoicePaid':
      case 'InvoiceOverdue':
      case 'InvoiceReopened':
      case 'InvoiceVoided':
      case 'LateBillingScheduled':
      case 'InvoiceMarkedUncollectible':
        return evolveInvoice(account, fact, recorded);
      case 'InvoiceItemAdded':
      case 'InvoiceItemRemoved':
        return evolveInvoiceItem(account, fact);
      case 'PaymentReceived':
      case 'PaymentAllocated':
      case 'PaymentReversed':
      case 'RefundIssued':
      case 'CustomerCreditAdded':
      case 'CustomerCreditApplied':
      case 'CustomerCreditUnapplied':
      case 'TransferPosted':
        return evolvePayment(account, fact, recorded);
      case 'TransferPended':
      case 'PendingTransferPosted':
      case 'PendingTransferVoided':
      case 'PendingTransferExpired':
        return evolveTransfer(account, fact, recorded);
    }
  },
};
