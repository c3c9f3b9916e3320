import {
  tenantStream,
  type TestTenant,
  type BillingPolicy,
  type TenantFact,
  type TaxRate,
  type TaxSettings,
  type TenantSettings,
  type Fact,
  type UsageShards,
} from '#contracts';
import { Clock, EventLog, notFound, type LegalEntityId, type SeriesId, type TenantId } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { TenantCommand } from '../tenant.commands.js';
import { settingsOf, taxesOf, tenantDecider, type Tenant, type TenantTaxes } from '../tenant.decider.js';
import { numberSeries } from '../number-series.js';

/** What billing needs to know of a tenant. */
export interface BillingTerms {
  /** Of a test tenant. */
  readonly test: TestTenant | null;
  readonly policy: BillingPolicy;
  readonly taxSettings: TaxSettings;
  readonly taxRates: readonly TaxRate[];
  /** How many streams its usage is spread over. */
  readonly usageShards: UsageShards;
  readonly entityId: LegalEntityId;
  readonly timeZone: string;
  /** Of accounts that name no others. */
  readonly netTermsDays: number;
  readonly seriesId: SeriesId;
  /** Of the invoices of test accounts. */
  readonly testSeriesId: SeriesId;
  readonly creditNoteSeriesId: SeriesId;
  readonly testCreditNoteSeriesId: SeriesId;
}

/** Long enough to spare a busy door the look-up, short enough that a changed setting is not missed. */
const POLICY_AGE_MILLISECONDS_MAX = 1_000;

@Injectable()
export class Tenants extends DecidedStreams<Tenant, TenantCommand, TenantFact> {
  constructor(log: EventLog, clock: Clock) {
    super(tenantDecider, log, clock);
  }

  billingTerms(tenantId: TenantId): Promise<BillingTerms> {
    return this.view(
      tenantStream(tenantId),
      (tenant) => {
        const { policy, taxSettings, taxRates, usageShards, entity, invoiceSeries, test, netTermsDays } = tenant;
        if (!entity || !invoiceSeries || !usageShards) return notFound('tenant', tenantId);
        const series = numberSeries(invoiceSeries, tenant.creditNoteNumberFormat);
        return {
          test,
          policy,
          taxSettings,
          taxRates: [...taxRates.values()],
          usageShards,
          entityId: entity.entityId,
          timeZone: entity.timeZone,
          netTermsDays,
          seriesId: series.invoices.seriesId,
          testSeriesId: series.tests.seriesId,
          creditNoteSeriesId: series.creditNotes.seriesId,
          testCreditNoteSeriesId: series.testCreditNotes.seriesId,
        };
      },
      POLICY_AGE_MILLISECONDS_MAX,
    );
  }

  /** How it charges tax, and the rates that it has defined, by code and day. */
  taxes(tenantId: TenantId): Promise<TenantTaxes & { readonly revision: number }> {
    return this.view(
      tenantStream(tenantId),
      (tenant, revision) =>
        tenant.tenantId === null ? notFound('tenant', tenantId) : { ...taxesOf(tenant), revision },
      0,
    );
  }

  /** How many streams its usage is spread over: a tenant that is known never changes it. @throws DomainError `tenant_not_found` */
  async usageShards(tenantId: TenantId): Promise<UsageShards> {
    return (await this.view(tenantStream(tenantId), ({ usageShards }) => usageShards)) ?? notFound('tenant', tenantId);
  }

  settings(tenantId: TenantId): Promise<{ readonly settings: TenantSettings; readonly revision: number }> {
    return this.view(
      tenantStream(tenantId),
      (tenant, revision) =>
        tenant.tenantId === null ? notFound('tenant', tenantId) : { settings: settingsOf(tenant), revision },
      0,
    );
  }

  /** As it is now: a format that another process set counts from the next number on. */
  seriesOf(tenantId: TenantId, seriesId: SeriesId): Promise<Fact<'NumberSeriesOpened'>['data']> {
    return this.view(
      tenantStream(tenantId),
      ({ invoiceSeries, creditNoteNumberFormat }) => {
        const known = invoiceSeries === null ? [] : numberSeries(invoiceSeries, creditNoteNumberFormat).all;
        return known.find((series) => series.seriesId === seriesId) ?? notFound('number_series', seriesId);
      },
      0,
    );
  }
}
