import {
  tenantStream,
  type TestTenant,
  type BillingPolicy,
  type Branding,
  type MailSettings,
  type TenantFact,
  type TaxRate,
  type TaxSettings,
  type TenantSettings,
  type Fact,
  type Seller,
  type UsageShards,
} from '#contracts';
import {
  Clock,
  EventLog,
  notFound,
  type Instant,
  type LegalEntityId,
  type SeriesId,
  type TenantId,
  type WebhookEndpointId,
} from '#kernel';
import { DecidedStreams, oncePerRevision } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { TenantCommand } from '../tenant.commands.js';
import { mailSettingsOf, settingsOf, tenantDecider } from '../tenant.decider.js';
import type { Tenant } from '../tenant.js';
import { taxesOf, type TenantTaxes } from '../tenant-taxes.js';
import { brandingOf } from '../../legal-entity/branding.decider.js';
import { defaultEntity, sellerOf, type LegalEntity } from '../../legal-entity/legal-entity.js';
import type { WebhookEndpoint } from '../../webhook/webhook.js';
import { invoiceNumbersIn, type InvoiceNumbers } from '../invoice-numbers.js';
import { seriesOfEntities } from '../number-series.js';

/** What billing needs to know of a tenant. */
export interface BillingTerms {
  /** Of a test tenant. */
  readonly test: TestTenant | null;
  readonly policy: BillingPolicy;
  readonly taxSettings: TaxSettings;
  readonly taxRates: readonly TaxRate[];
  /** How many streams its usage is spread over. */
  readonly usageShards: UsageShards;
  /** The legal entity of accounts that name no other, and the zone of its books. */
  readonly entityId: LegalEntityId;
  readonly timeZone: string;
  /** Of accounts that name no others. */
  readonly netTermsDays: number;
  readonly issuers: ReadonlyMap<LegalEntityId, Issuer>;
}

/** What billing needs to know of a legal entity. */
export interface Issuer {
  /** Of its books. */
  readonly timeZone: string;
  readonly seriesId: SeriesId;
  /** Of the invoices of test accounts. */
  readonly testSeriesId: SeriesId;
  readonly creditNoteSeriesId: SeriesId;
  readonly testCreditNoteSeriesId: SeriesId;
  /** As documents say who sells. */
  readonly seller: Seller;
}

/** @throws DomainError `legal_entity_not_found` */
export const issuerOf = ({ issuers }: Pick<BillingTerms, 'issuers'>, entityId: LegalEntityId): Issuer =>
  issuers.get(entityId) ?? notFound('legal_entity', entityId);

/** A legal entity as it is now, and whether it is that of accounts that name no other. */
export interface LegalEntityRecord {
  readonly entity: LegalEntity;
  readonly isDefault: boolean;
  readonly invoiceNumbers: InvoiceNumbers;
  /** Null where they share the series of the invoices. */
  readonly creditNoteNumbers: InvoiceNumbers | null;
}

export const legalEntityRecords = (tenant: Tenant): readonly LegalEntityRecord[] =>
  [...tenant.entities.values()].map((entity, index) => ({
    entity,
    isDefault: index === 0,
    invoiceNumbers: invoiceNumbersIn(tenant.invoiceSeries.get(entity.entityId)!.format),
    creditNoteNumbers: numbersIn(index === 0 ? tenant.creditNoteNumberFormat : entity.creditNoteNumberFormat),
  }));

const numbersIn = (format: string | null | undefined): InvoiceNumbers | null =>
  format === null || format === undefined ? null : invoiceNumbersIn(format);

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
      (tenant, revision) => termsOf(tenant, revision) ?? notFound('tenant', tenantId),
      POLICY_AGE_MILLISECONDS_MAX,
    );
  }

  /** In the order in which they were defined. */
  legalEntities(
    tenantId: TenantId,
  ): Promise<{ readonly entities: readonly LegalEntityRecord[]; readonly revision: number }> {
    return this.view(
      tenantStream(tenantId),
      (tenant, revision) =>
        tenant.tenantId === null ? notFound('tenant', tenantId) : { entities: legalEntityRecords(tenant), revision },
      0,
    );
  }

  /** How documents of a legal entity look. @throws DomainError `legal_entity_not_found` */
  branding(tenantId: TenantId, entityId: LegalEntityId): Promise<Branding> {
    return this.view(tenantStream(tenantId), (tenant) => brandingOf(tenant, entityId), 0);
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

  /** What it sends by itself, and since when that was said; null before it ever was. */
  mail(tenantId: TenantId): Promise<{ readonly settings: MailSettings; readonly since: Instant | null }> {
    return this.view(
      tenantStream(tenantId),
      (tenant) => ({ settings: mailSettingsOf(tenant), since: tenant.mail?.since ?? null }),
      0,
    );
  }

  /** Where its public events are sent, in the order in which that was asked for. */
  webhooks(
    tenantId: TenantId,
  ): Promise<{ readonly endpoints: ReadonlyMap<WebhookEndpointId, WebhookEndpoint>; readonly revision: number }> {
    return this.view(
      tenantStream(tenantId),
      (tenant, revision) =>
        tenant.tenantId === null
          ? notFound('tenant', tenantId)
          : { endpoints: new Map(tenant.webhooks.live), revision },
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
      (tenant, revision) =>
        [...seriesIn(tenant, revision).values()]
          .flatMap(({ all }) => all)
          .find((series) => series.seriesId === seriesId) ?? notFound('number_series', seriesId),
      0,
    );
  }
}

const seriesIn = oncePerRevision(seriesOfEntities);

const termsOf = oncePerRevision((tenant: Tenant, revision): BillingTerms | undefined => {
  const { policy, taxSettings, taxRates, usageShards, test, netTermsDays } = tenant;
  const entity = defaultEntity(tenant);
  if (!entity || !usageShards) return undefined;
  return {
    test,
    policy,
    taxSettings,
    taxRates: [...taxRates.values()],
    usageShards,
    entityId: entity.entityId,
    timeZone: entity.timeZone,
    netTermsDays,
    issuers: issuersOf(tenant, revision),
  };
});

const issuersOf = (tenant: Tenant, revision: number): ReadonlyMap<LegalEntityId, Issuer> =>
  new Map(
    [...seriesIn(tenant, revision)].map(([entityId, { invoices, tests, creditNotes, testCreditNotes }]) => {
      const entity = tenant.entities.get(entityId)!;
      const issuer = {
        timeZone: entity.timeZone,
        seriesId: invoices.seriesId,
        testSeriesId: tests.seriesId,
        creditNoteSeriesId: creditNotes.seriesId,
        testCreditNoteSeriesId: testCreditNotes.seriesId,
        seller: sellerOf(entity, tenant.name),
      };
      return [entityId, issuer];
    }),
  );
