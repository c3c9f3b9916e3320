import { ChangeAccountHandler } from './account/change-account.handler.js';
import { CloseAccountHandler } from './account/close-account.handler.js';
import { EraseAccountHandler } from './account/erase-account.handler.js';
import { OpenAccountHandler } from './account/open-account.handler.js';
import { AccountTime } from './account-time.js';
import { TenantTime } from './tenant-time.js';
import { Accounts } from './accounts.js';
import { Aliases } from './aliases.js';
import { ExternalIds } from './external-ids.js';
import { LateBillings } from './invoice/late-billings.js';
import { PreviewBilling } from './billing-run/preview-billing.js';
import { RunBilling } from './billing-run/run-billing.js';
import { StartBillingRunHandler } from './billing-run/start-billing-run.handler.js';
import { BillingRuns } from './billing-runs.js';
import { ChangeMetersHandler, ChangePlansHandler } from './catalog/catalog.handlers.js';
import { Catalogs } from './catalogs.js';
import { AddDraftLineHandler, ChangeDraftLineHandler } from './invoice-item/draft-lines.handlers.js';
import { AddInvoiceItemHandler, RemoveInvoiceItemHandler } from './invoice-item/invoice-item.handlers.js';
import { MarkInvoiceOverdueHandler, NumberInvoiceHandler } from './invoice/announced-invoice.handlers.js';
import { BillAccounts } from './invoice/bill-accounts.js';
import { BillingFacts } from './invoice/billing-facts.js';
import { FinalizeInvoiceHandler } from './invoice/finalize-invoice.handler.js';
import { InvoiceCommands } from './invoice/invoice-commands.js';
import { InvoiceDocuments } from './invoice/invoice-documents.js';
import { IssueTermsOf } from './invoice/issue-terms-of.js';
import { MarkInvoiceUncollectibleHandler } from './invoice/mark-invoice-uncollectible.handler.js';
import { UpcomingInvoices } from './invoice/upcoming-invoices.js';
import { VoidInvoiceHandler } from './invoice/void-invoice.handler.js';
import { AssignNumbers } from './numbering/assign-numbers.js';
import { ReceivePaymentHandler } from './payment/receive-payment.handler.js';
import { ApplyCreditHandler } from './payment/apply-credit.handler.js';
import { RefundCreditHandler, RefundPaymentHandler } from './payment/issue-refund.handlers.js';
import { ReversePaymentHandler } from './payment/reverse-payment.handler.js';
import { ActivateSubscriptionHandler } from './subscription/activate-subscription.handler.js';
import { CancelSubscriptionHandler } from './subscription/cancel-subscription.handler.js';
import { ChangePlanHandler } from './subscription/change-plan.handler.js';
import { ChangeSubscriptionHandler } from './subscription/change-subscription.handler.js';
import { ChangeTimelineHandler } from './subscription/change-timeline.handlers.js';
import { CreateSubscriptionHandler } from './subscription/create-subscription.handler.js';
import { EndSubscriptionHandler } from './subscription/end-subscription.handler.js';
import { AnnounceTimelineHandler } from './subscription/timeline-timers.handlers.js';
import {
  ChangeApiKeysHandler,
  ChangeTenantStandingHandler,
  CreateTenantHandler,
  ChangeTenantSettingsHandler,
  SetBillingPolicyHandler,
} from './tenant/tenant.handlers.js';
import { Tenants } from './tenants.js';
import { AdvanceTestClockHandler, StartTestClockHandler } from './test-clock/test-clock.handlers.js';
import { TestClocks } from './test-clocks.js';
import { ExpireTransfersHandler, SubmitTransfersHandler } from './transfer/transfer.handlers.js';
import { CorrectUsageHandler } from './usage/correct-usage.handler.js';
import { ReadingsInFlight } from './usage/readings-in-flight.js';
import { RecordUsageHandler } from './usage/record-usage.handler.js';
import { SubscriptionUsage } from './usage/subscription-usage.js';
import { UsageAppender } from './usage/usage-appender.js';
import { UsageSubjects } from './usage/usage-subjects.js';

/** Everything that a container needs to run billing's commands, given the ports. */
export const BILLING_PROVIDERS = [
  Accounts,
  Aliases,
  ExternalIds,
  BillingRuns,
  Catalogs,
  Tenants,
  TenantTime,
  TestClocks,
  AccountTime,
  AssignNumbers,
  BillAccounts,
  BillingFacts,
  InvoiceCommands,
  InvoiceDocuments,
  IssueTermsOf,
  LateBillings,
  PreviewBilling,
  ReadingsInFlight,
  RunBilling,
  SubscriptionUsage,
  UpcomingInvoices,
  UsageAppender,
  UsageSubjects,
  ActivateSubscriptionHandler,
  AddDraftLineHandler,
  AddInvoiceItemHandler,
  AdvanceTestClockHandler,
  AnnounceTimelineHandler,
  CancelSubscriptionHandler,
  ChangeAccountHandler,
  ChangeApiKeysHandler,
  ChangeDraftLineHandler,
  ChangeMetersHandler,
  ChangePlanHandler,
  ChangePlansHandler,
  ChangeTenantStandingHandler,
  ChangeSubscriptionHandler,
  ChangeTimelineHandler,
  CloseAccountHandler,
  CorrectUsageHandler,
  CreateSubscriptionHandler,
  CreateTenantHandler,
  EndSubscriptionHandler,
  EraseAccountHandler,
  ExpireTransfersHandler,
  FinalizeInvoiceHandler,
  MarkInvoiceOverdueHandler,
  MarkInvoiceUncollectibleHandler,
  NumberInvoiceHandler,
  OpenAccountHandler,
  ReceivePaymentHandler,
  RecordUsageHandler,
  RemoveInvoiceItemHandler,
  ReversePaymentHandler,
  RefundPaymentHandler,
  RefundCreditHandler,
  ApplyCreditHandler,
  ChangeTenantSettingsHandler,
  SetBillingPolicyHandler,
  StartBillingRunHandler,
  StartTestClockHandler,
  SubmitTransfersHandler,
  VoidInvoiceHandler,
];
