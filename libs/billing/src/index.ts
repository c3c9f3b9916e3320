// What a process is given to carry commands out.
export { BILLING_PROVIDERS } from './application/handlers.js';

// Commands, by noun, with what they take and answer.
export { ChangeAccount } from './application/account/change-account.handler.js';
export { CloseAccount } from './application/account/close-account.handler.js';
export { EraseAccount } from './application/account/erase-account.handler.js';
export { OpenAccount } from './application/account/open-account.handler.js';
export { type StartedRun, StartBillingRun } from './application/billing-run/start-billing-run.handler.js';
export { type PlanRecord, ChangeMeters, ChangePlans } from './application/catalog/catalog.handlers.js';
export { AddDraftLine, ChangeDraftLine } from './application/invoice-item/draft-lines.handlers.js';
export {
  type InvoiceItemInput,
  AddInvoiceItem,
  RemoveInvoiceItem,
} from './application/invoice-item/invoice-item.handlers.js';
export { NumberInvoice } from './application/invoice/announced-invoice.handlers.js';
export { FinalizeInvoice } from './application/invoice/finalize-invoice.handler.js';
export { MarkInvoiceUncollectible } from './application/invoice/mark-invoice-uncollectible.handler.js';
export { VoidInvoice } from './application/invoice/void-invoice.handler.js';
export { ApplyCredit } from './application/payment/apply-credit.handler.js';
export { RefundPayment, RefundCredit } from './application/payment/issue-refund.handlers.js';
export { ReceivePayment } from './application/payment/receive-payment.handler.js';
export { ReversePayment } from './application/payment/reverse-payment.handler.js';
export { ActivateSubscription } from './application/subscription/activate-subscription.handler.js';
export { type Cancellation, CancelSubscription } from './application/subscription/cancel-subscription.handler.js';
export { type PlanChange, ChangePlan } from './application/subscription/change-plan.handler.js';
export { ChangeSubscription } from './application/subscription/change-subscription.handler.js';
export { type TimelineRequest, ChangeTimeline } from './application/subscription/change-timeline.handlers.js';
export { CreateSubscription } from './application/subscription/create-subscription.handler.js';
export {
  type ApiKeyRecord,
  type TenantRecord,
  CreateTenant,
  SetBillingPolicy,
  ChangeTenantSettings,
  ChangeApiKeys,
  ChangeTenantStanding,
} from './application/tenant/tenant.handlers.js';
export {
  type TestClockRecord,
  StartTestClock,
  AdvanceTestClock,
} from './application/test-clock/test-clock.handlers.js';
export { SubmitTransfers } from './application/transfer/transfer.handlers.js';
export { CorrectUsage } from './application/usage/correct-usage.handler.js';
export {
  type ReadingInput,
  type UnreadableReading,
  type ReadingResult,
  RecordUsage,
} from './application/usage/record-usage.handler.js';

// What falls due by itself.
export { announcementOf } from './application/timers.js';
export { isBilled, timerIn } from './domain/timer.js';

// What others do for billing: ports.
export {
  type OwnedThing,
  type RecordedPlace,
  type ExternalIdHolder,
  AccountDirectory,
} from './application/ports/account-directory.js';
export { type Hierarchy, AccountHierarchy } from './application/ports/account-hierarchy.js';
export { type PersonalFields, type PersonalPurpose, PersonalData } from './application/ports/personal-data.js';
export { ReadModels } from './application/ports/read-models.js';
export {
  type RawMeasurement,
  type RawGroup,
  type CorrectableReading,
  type RecordedContent,
  type UsageSnapshot,
  UsageReadings,
} from './application/ports/usage-readings.js';

// What is asked of billing beside commands.
export { AccountTime } from './application/account-time.js';
export { Accounts } from './application/accounts.js';
export type { BillingPreview } from './application/billing-run/preview-billing.js';
export { type RunningRun, RunBilling } from './application/billing-run/run-billing.js';
export { Catalogs } from './application/catalogs.js';
export { ExternalIds } from './application/external-ids.js';
export { type BillingOrder, BillAccounts } from './application/invoice/bill-accounts.js';
export { measuredFrom } from './application/invoice/billing-facts.js';
export { LateBillings } from './application/invoice/late-billings.js';
export { UpcomingInvoices } from './application/invoice/upcoming-invoices.js';
export { AssignNumbers } from './application/numbering/assign-numbers.js';
export { TenantTime } from './application/tenant-time.js';
export { Tenants } from './application/tenants.js';
export { type ChargeUsage, SubscriptionUsage } from './application/usage/subscription-usage.js';

// Things as they are told.
export { accountRecord, subscriptionRecord, invoiceRecord, paymentRecord } from './records/from-state.js';
export type {
  AccountRecord,
  SubscriptionRecord,
  InvoiceRecord,
  PaymentRecord,
  RefundRecord,
  CreditApplicationRecord,
  TransferKind,
  TransferRecord,
  InvoiceDocument,
} from './records/records.js';

// Rules and states, for who folds, reports or shows what follows.
export { type AccountCommand, accountDecider } from './domain/account/account.decider.js';
export { type BilledService, type Account, periodKey } from './domain/account/account.state.js';
export { knownProfile } from './domain/account/profile.decider.js';
export type { PlanContent } from './domain/catalog/catalog.commands.js';
export type { Catalog } from './domain/catalog/catalog.decider.js';
export { applyCommitDrawdown } from './domain/commitment/commit-drawdown.js';
export { computeTrueUp } from './domain/commitment/true-up.js';
export { applyCredit, capCredit } from './domain/credit/credit-application.js';
export { creditNoteForUnused, creditNoteForItems, cappedRepair } from './domain/credit/credit-note.js';
export {
  type Discount,
  stackedDiscounts,
  discountedCycles,
  percentPerLineAndPooled,
} from './domain/discount/discount.js';
export { type PooledDiscount, distributeDiscount } from './domain/discount/pooled-discount.js';
export { dunningDates, dunningAttempts } from './domain/dunning/dunning.js';
export { dueDates, type OverdueStage, overdueStage } from './domain/dunning/overdue.js';
export { type InvoiceItem, pendingItems, itemLine } from './domain/invoice-item/invoice-item.js';
export { billedCharge } from './domain/invoice/billed-charge.js';
export { lineFor } from './domain/invoice/billed-difference.js';
export { BilledPeriods } from './domain/invoice/billed-periods.js';
export { UNISSUED, unitsBilled, partsFrom } from './domain/invoice/billed-service.js';
export type { DueService } from './domain/invoice/due-service.js';
export { LINES_PER_INVOICE_MAX, dueWithin } from './domain/invoice/due-services.js';
export { exactOf } from './domain/invoice/exact-amount.js';
export type { Gap, DocumentLine } from './domain/invoice/invoice-line.js';
export { type TaxableLine, type ComputedTotals, computeTotals } from './domain/invoice/invoice-totals.js';
export { type InvoiceStatus, draftLines, allLines, amountDue } from './domain/invoice/invoice.js';
export { progressiveInvoices, progressivePeriodEnd, runningTotals } from './domain/invoice/progressive-billing.js';
export { ratedService } from './domain/invoice/rated-service.js';
export { TimelineServices } from './domain/invoice/timeline-services.js';
export { usageDemands } from './domain/invoice/usage-demand.js';
export { formatted } from './domain/numbering/numbering.js';
export { chargeableAmounts } from './domain/payment/chargeable-amount.js';
export type { AllocationOrder } from './domain/payment/payment.commands.js';
export { splitRefund, netShare } from './domain/payment/refund.js';
export type { ChangeTime } from './domain/subscription/subscription.commands.js';
export { type SubscriptionStatus, statusAt } from './domain/subscription/subscription.js';
export { segmentAt } from './domain/subscription/timeline.js';
export { type TaxBehavior, type LineTaxRules, taxedLine } from './domain/tax/line-tax.js';
export { taxOn, compoundRate, effectiveTaxRate } from './domain/tax/tax.js';
export { DEFAULT_BILLING_POLICY } from './domain/tenant/billing-policy.js';
export {
  type TenantSettingsChange,
  INVOICE_PREFIX,
  INVOICE_PREFIX_RULE,
  invoiceNumbersIn,
} from './domain/tenant/tenant-settings.js';
export type { TenantMode, ApiKeyScope } from './domain/tenant/tenant.commands.js';
export { requestedNet } from './domain/transfer/requested-transfer.js';
export type { TransferOrder } from './domain/transfer/transfer.commands.js';
export { type ReportAggregation, aggregateValues, firstOfEachId } from './domain/usage/aggregation.js';
export { bucketedMaximum } from './domain/usage/bucketed-maximum.js';
export { type CorrectedReadings, readingAsOf } from './domain/usage/corrections.js';
export { type Holding, holdingIn } from './domain/usage/holding.js';
export type { UsageDemand, MeasuredUsage, Arrival } from './domain/usage/measurement.js';
export { type CountedReading, measure, quantityOf } from './domain/usage/metering.js';
export { heldQuantity, addedLevels, presenceLevels } from './domain/usage/recurring-meter.js';
export { type CreditGrant, type CreditBurn, burnCredit } from './domain/wallet/credit-grants.js';
export { consumeWallet } from './domain/wallet/wallet-consumption.js';
