import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccountStateController } from './accounts/account-state.controller.js';
import { AccountNames } from './accounts/account-names.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { PersonalDataReadsController } from './audit/personal-data-reads.controller.js';
import { BillingRunsController } from './billing/billing-runs.controller.js';
import { DraftLinesController } from './billing/draft-lines.controller.js';
import { InvoiceItemsController } from './billing/invoice-items.controller.js';
import { InvoicesController } from './billing/invoices.controller.js';
import { AccountMoneyController } from './billing/account-money.controller.js';
import { PaymentsController } from './billing/payments.controller.js';
import { RefundsController } from './billing/refunds.controller.js';
import { UpcomingInvoiceController } from './billing/upcoming-invoice.controller.js';
import { BookController } from './book/book.controller.js';
import { AccountTransfersController, TransfersController } from './book/transfers.controller.js';
import { MetersController } from './catalog/meters.controller.js';
import { PlansController } from './catalog/plans.controller.js';
import { AcceptGuard } from '../pipeline/accept.guard.js';
import { AuthenticationGuard } from '../pipeline/authentication.guard.js';
import { CsvColumns } from '../pipeline/csv/csv-columns.js';
import { CsvInterceptor } from '../pipeline/csv/csv.interceptor.js';
import { AuthorizationGuard } from '../pipeline/authorization.guard.js';
import { EventsController } from './events/events.controller.js';
import { ConsistencyInterceptor } from '../pipeline/consistency.interceptor.js';
import { EventStreams } from '../pipeline/event-streams.js';
import { ExternalReferences } from '../pipeline/external-references.js';
import { ExternalReferencesInterceptor } from '../pipeline/external-references.interceptor.js';
import { IdempotencyInterceptor } from '../pipeline/idempotency.interceptor.js';
import { IdempotencyStore } from '../pipeline/idempotency.store.js';
import { ProblemFilter } from '../pipeline/problem.filter.js';
import { RATE_LIMITS, RateLimitGuard } from '../pipeline/rate-limit.guard.js';
import { RequestHashes } from '../pipeline/request-hashes.js';
import { RequestScopeInterceptor } from '../pipeline/request-scope.interceptor.js';
import { RoomGuard } from '../pipeline/room.guard.js';
import { RequestPipe } from '../pipeline/validation.js';
import { ApiKeysController } from './operations/api-keys.controller.js';
import { HealthController } from './operations/health.controller.js';
import { MetricsController } from './operations/metrics.controller.js';
import { WelcomeController } from './operations/welcome.controller.js';
import { ClockController } from './operations/clock.controller.js';
import { ProjectionsController } from './operations/projections.controller.js';
import { SettingsController } from './operations/settings.controller.js';
import { TenantSettingsController } from './operations/tenant-settings.controller.js';
import { TenantsController } from './operations/tenants.controller.js';
import { VerificationsController } from './operations/verifications.controller.js';
import { TopConsumersController } from './reports/top-consumers.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { SubscriptionAnswers } from './subscriptions/subscription-answers.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { TimelineController } from './subscriptions/timeline.controller.js';
import { TestClocksController } from './test-clocks/test-clocks.controller.js';
import { AccountUsageController } from './usage/account-usage.controller.js';
import { UsageIntake } from './usage/usage-intake.js';
import { SubscriptionUsageController } from './usage/subscription-usage.controller.js';
import { UsageController } from './usage/usage.controller.js';

/** The REST door. */
@Module({
  imports: [RATE_LIMITS, TerminusModule],
  controllers: [
    MetersController,
    PlansController,
    SettingsController,
    TenantSettingsController,
    AccountsController,
    AccountStateController,
    TestClocksController,
    AccountUsageController,
    BookController,
    AccountTransfersController,
    TransfersController,
    SubscriptionsController,
    TimelineController,
    SubscriptionUsageController,
    UsageController,
    BillingRunsController,
    InvoicesController,
    DraftLinesController,
    InvoiceItemsController,
    UpcomingInvoiceController,
    PaymentsController,
    AccountMoneyController,
    RefundsController,
    ReportsController,
    TopConsumersController,
    AuditLogController,
    PersonalDataReadsController,
    EventsController,
    VerificationsController,
    ClockController,
    ProjectionsController,
    ApiKeysController,
    TenantsController,
    HealthController,
    MetricsController,
    WelcomeController,
  ],
  providers: [
    AccountNames,
    CsvColumns,
    EventStreams,
    ExternalReferences,
    IdempotencyStore,
    RequestHashes,
    SubscriptionAnswers,
    UsageIntake,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AuthorizationGuard },
    { provide: APP_GUARD, useClass: AcceptGuard },
    { provide: APP_GUARD, useClass: RoomGuard },
    { provide: APP_INTERCEPTOR, useClass: RequestScopeInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ConsistencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ExternalReferencesInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: CsvInterceptor },
    { provide: APP_PIPE, useClass: RequestPipe },
  ],
})
export class RestModule {}
