import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { ServerRole } from './configuration/configuration.js';
import { CoreModule, type Connections } from './core/core.module.js';
import { DoorsModule } from './doors/doors.module.js';
import type { HttpSettings } from './http-settings.js';
import { Installation } from './installation.js';
import { Projecting } from './projecting/projecting.js';
import { logging } from './telemetry/logging.js';
import { ObservedProjections } from './telemetry/observed-projections.js';
import { HealthModule } from './rest/operations/health.module.js';
import { RestModule } from './rest/rest.module.js';
import { MailReactor } from './mail/mail-reactor.js';
import { SendOnNumberReactor } from './mail/send-on-number.reactor.js';
import { BankReactor } from './worker/bank.reactor.js';
import { ExpiredRows } from './operational-state/expired-rows.js';
import { ReactorCheckpoints } from './operational-state/reactor-checkpoints.js';
import { PublishEventsReactor } from './publishing/publish-events.reactor.js';
import { AgendaReactor } from './worker/agenda.reactor.js';
import { BillingRunReactor } from './worker/billing-run.reactor.js';
import { ErasureReactor } from './worker/erasure.reactor.js';
import { Housekeeping } from './worker/housekeeping.js';
import { LateBillingReactor } from './worker/late-billing.reactor.js';
import { RevenueReactor } from './worker/revenue.reactor.js';
import { Looking } from './worker/looking.js';
import { NumberingReactors } from './worker/numbering.reactors.js';
import { ReportTaxesReactor } from './taxes/report-taxes.reactor.js';
import { UsageLookReactor } from './worker/usage-look.reactor.js';
import { Worker } from './worker/worker.js';
import { DisabledEndpointsReactor } from './webhooks/disabled-endpoints.reactor.js';
import { QueueWebhooksReactor } from './webhooks/queue-webhooks.reactor.js';
import { ReplayWebhooksReactor } from './webhooks/replay-webhooks.reactor.js';
import { SendWebhooksReactor } from './webhooks/send-webhooks.reactor.js';

export interface ServerOptions extends Connections {
  readonly roles: readonly ServerRole[];
  readonly logLevel: string;
  readonly http?: HttpSettings;
}

/** One process: the roles pick what it does. */
@Module({})
export class ServerModule {
  static forRoles({ roles, logLevel, ...connections }: ServerOptions): DynamicModule {
    return {
      module: ServerModule,
      imports: [
        LoggerModule.forRoot(logging(logLevel)),
        CoreModule.connected(connections),
        ...(roles.includes('api') ? [RestModule, DoorsModule] : [HealthModule]),
      ],
      providers: [
        Installation,
        ...(roles.includes('projector') ? [ObservedProjections, Projecting] : []),
        ...(roles.includes('worker')
          ? [
              AgendaReactor,
              BillingRunReactor,
              DisabledEndpointsReactor,
              ErasureReactor,
              ExpiredRows,
              Housekeeping,
              LateBillingReactor,
              RevenueReactor,
              Looking,
              MailReactor,
              NumberingReactors,
              PublishEventsReactor,
              QueueWebhooksReactor,
              ReplayWebhooksReactor,
              ReportTaxesReactor,
              SendOnNumberReactor,
              SendWebhooksReactor,
              BankReactor,
              ReactorCheckpoints,
              UsageLookReactor,
              Worker,
            ]
          : []),
      ],
    };
  }
}
