import type { MailSettings, TenantFact, TenantSettings } from '#contracts';
import { isSame, refuse, type Decider, type LegalEntityId } from '#kernel';
import { brandedWith, decideBranding } from '../legal-entity/branding.decider.js';
import { decideLegalEntity, freeFormat } from '../legal-entity/legal-entity.decider.js';
import { defaultEntity } from '../legal-entity/legal-entity.js';
import { decideApiKey, evolveApiKeys } from './api-keys.js';
import {
  checkedTaxRate,
  checkedTaxSettings,
  DEFAULT_TAX_SETTINGS,
  keyOfTaxRate,
  TAX_RATES_MAX,
} from '../tax/tax-settings.js';
import { classed } from '../tax/tax-class.js';
import { DEFAULT_BILLING_POLICY } from './billing-policy.js';
import { invoiceNumbersIn } from './invoice-numbers.js';
import { CREDIT_NOTE_NUMBERS } from './number-series.js';
import {
  changedSettings,
  creditNoteFormatOf,
  DEFAULT_NET_TERMS_DAYS,
  isSameSettings,
  type TenantSettingsChange,
} from './tenant-settings.js';
import { decideTimer } from '../timer/timer-decisions.js';
import { decideWebhook, evolveWebhooks, isWebhookCommand } from '../webhook/webhook.decider.js';
import { notePrefix, setDefaultEntity, setFormat } from './told-entities.js';
import type { TenantCommand } from './tenant.commands.js';
import type { Tenant } from './tenant.js';

/** The number series of a new tenant's invoices. */
const INVOICE_NUMBERS = { documentKind: 'invoice', format: 'INV-{sequence:6}', start: 1 } as const;

export const tenantDecider: Decider<Tenant, TenantCommand, TenantFact> = {
  initialState: () => ({
    tenantId: null,
    name: '',
    test: null,
    usageShards: null,
    suspended: false,
    policy: DEFAULT_BILLING_POLICY,
    mail: null,
    taxSettings: DEFAULT_TAX_SETTINGS,
    taxRates: new Map(),
    netTermsDays: DEFAULT_NET_TERMS_DAYS,
    entities: new Map(),
    invoiceSeries: new Map(),
    brandings: new Map(),
    creditNoteNumberFormat: CREDIT_NOTE_NUMBERS,
    prefixes: new Map([[invoiceNumbersIn(CREDIT_NOTE_NUMBERS).prefix, 'credit_notes']]),
    apiKeys: new Map(),
    webhooks: { live: new Map(), deleted: new Set() },
  }),

  decide(command, tenant) {
    if (command.type !== 'CreateTenant' && tenant.tenantId === null)
      return refuse('tenant_not_found', 'There is no such tenant.', 'not_found');
    if (isWebhookCommand(command)) return decideWebhook(command, tenant.webhooks);
    switch (command.type) {
      case 'CreateTenant': {
        if (tenant.tenantId !== null) return [];
        const { tenantId, name, usageShards, test, entityId, seriesId, timeZone, firstKey, settings = {} } = command;
        const first = {
          name,
          timeZone,
          netTermsDays: DEFAULT_NET_TERMS_DAYS,
          invoiceNumberFormat: INVOICE_NUMBERS.format,
        };
        return [
          { type: 'TenantCreated', data: { tenantId, name, usageShards, ...(test === undefined ? {} : { test }) } },
          { type: 'LegalEntityDefined', data: { entityId, timeZone } },
          { type: 'NumberSeriesOpened', data: { seriesId, entityId, ...INVOICE_NUMBERS } },
          { type: 'BillingPolicySet', data: DEFAULT_BILLING_POLICY },
          { type: 'ApiKeyIssued', data: firstKey },
          ...settingsChanged(first, settings, entityId, tenant),
        ];
      }
      case 'ChangeTenantSettings':
        return settingsChanged(settingsOf(tenant), command.change, defaultEntity(tenant)!.entityId, tenant);
      case 'DefineLegalEntity':
        return decideLegalEntity(command, tenant);
      case 'ChangeLegalEntity': {
        const { creditNoteNumbers, entityId } = command;
        const first = defaultEntity(tenant)!.entityId;
        const own = creditNoteNumbers === undefined || entityId !== first ? {} : { creditNoteNumbers };
        return [...settingsChanged(settingsOf(tenant), own, first, tenant), ...decideLegalEntity(command, tenant)];
      }
      case 'ChangeBranding':
        return decideBranding(command, tenant);
      case 'SetBillingPolicy': {
        const policy = { ...tenant.policy, ...command.change };
        if (policy.finalize === 'grace' && policy.graceHours === 0) {
          return refuse('grace_hours_required', 'A grace period has at least one hour.');
        }
        return isSame(policy, tenant.policy) ? [] : [{ type: 'BillingPolicySet', data: policy }];
      }
      case 'SetMailSettings':
        return isSame(command.settings, mailSettingsOf(tenant))
          ? []
          : [{ type: 'MailSettingsSet', data: command.settings }];
      case 'SetTaxSettings': {
        const settings = checkedTaxSettings(command.settings);
        return isSame(settings, tenant.taxSettings) ? [] : [{ type: 'TaxSettingsSet', data: settings }];
      }
      case 'DefineTaxRate': {
        const { taxClass, ...checked } = checkedTaxRate(command.rate, tenant.taxRates);
        const rate = { ...checked, ...classed({ taxClass }) };
        const known = tenant.taxRates.get(keyOfTaxRate(rate));
        if (known !== undefined && isSame(rate, known)) return [];
        if (known === undefined && tenant.taxRates.size >= TAX_RATES_MAX)
          return refuse('too_many_tax_rates', 'A tenant has 1,000 tax rates at most, of all codes and days.');
        return [{ type: 'TaxRateDefined', data: rate }];
      }
      case 'SuspendTenant':
        if (command.by === tenant.tenantId) {
          return refuse(
            'own_tenant',
            'Nobody suspends the tenant of their own credentials: they would lock themselves out.',
          );
        }
        return tenant.suspended ? [] : [{ type: 'TenantSuspended', data: { reason: command.reason } }];
      case 'ReinstateTenant': {
        const { reason } = command;
        return tenant.suspended ? [{ type: 'TenantReinstated', data: reason === undefined ? {} : { reason } }] : [];
      }
      case 'ReleaseTimer':
      case 'SkipTimer':
        return decideTimer(command);
      case 'IssueApiKey':
      case 'RotateApiKey':
      case 'RevokeApiKey':
        return decideApiKey(command, tenant.apiKeys);
    }
  },

  evolve(tenant, event, { recordedAt }) {
    const { type, data } = event;
    switch (type) {
      case 'TenantCreated':
        tenant.tenantId = data.tenantId;
        tenant.name = data.name;
        tenant.test = data.test ?? null;
        tenant.usageShards = data.usageShards;
        return;
      case 'TenantSuspended':
        tenant.suspended = true;
        return;
      case 'TenantReinstated':
        tenant.suspended = false;
        return;
      case 'TenantSettingsChanged':
        tenant.name = data.name;
        tenant.netTermsDays = data.netTermsDays;
        tenant.creditNoteNumberFormat = creditNoteFormatOf(data);
        if (tenant.creditNoteNumberFormat !== null) notePrefix(tenant, tenant.creditNoteNumberFormat, 'credit_notes');
        return setDefaultEntity(tenant, data);
      case 'BillingPolicySet':
        tenant.policy = data;
        return;
      case 'MailSettingsSet':
        tenant.mail = { settings: data, since: recordedAt };
        return;
      case 'TaxSettingsSet':
        tenant.taxSettings = data;
        return;
      case 'TaxRateDefined':
        tenant.taxRates.set(keyOfTaxRate(data), data);
        return;
      case 'LegalEntityDefined':
        tenant.entities.set(data.entityId, data);
        if (data.creditNoteNumberFormat !== undefined)
          notePrefix(tenant, data.creditNoteNumberFormat, `${data.entityId} credit_notes`);
        return;
      case 'BrandingSet':
        tenant.brandings.set(data.entityId, brandedWith(data, tenant.brandings.get(data.entityId)));
        return;
      case 'NumberSeriesOpened':
        tenant.invoiceSeries.set(data.entityId, data);
        return notePrefix(tenant, data.format, data.entityId);
      case 'NumberFormatChanged':
        for (const [entityId, series] of tenant.invoiceSeries)
          if (series.seriesId === data.seriesId) setFormat(tenant, entityId, data.format);
        return;
      case 'ApiKeyIssued':
      case 'ApiKeyRevoked':
        return evolveApiKeys(tenant.apiKeys, event);
      case 'TimerReleased':
      case 'TimerSkipped':
        return;
      case 'WebhookEndpointCreated':
      case 'WebhookEndpointChanged':
      case 'WebhookSecretRotated':
      case 'WebhookEndpointDisabled':
      case 'WebhookEndpointEnabled':
      case 'WebhookEndpointDeleted':
        return evolveWebhooks(tenant.webhooks, event, recordedAt);
    }
  },
};

export const mailSettingsOf = ({ mail }: Tenant): MailSettings => mail?.settings ?? { sendInvoices: 'off' };

export const settingsOf = (tenant: Tenant): TenantSettings => {
  const { entityId, name: legalName, timeZone } = defaultEntity(tenant)!;
  const { creditNoteNumberFormat } = tenant;
  return {
    name: tenant.name,
    ...(legalName === undefined ? {} : { legalName }),
    timeZone,
    netTermsDays: tenant.netTermsDays,
    invoiceNumberFormat: tenant.invoiceSeries.get(entityId)!.format,
    ...(creditNoteNumberFormat === CREDIT_NOTE_NUMBERS ? {} : { creditNoteNumberFormat }),
  };
};

const settingsChanged = (
  before: TenantSettings,
  change: TenantSettingsChange,
  own: LegalEntityId,
  tenant: Tenant,
): TenantFact[] => {
  const settings = changedSettings(before, change);
  if (isSameSettings(before, settings)) return [];
  const { invoiceNumberFormat } = settings;
  if (invoiceNumberFormat !== before.invoiceNumberFormat) freeFormat(invoiceNumberFormat, own, tenant);
  const creditNotes = creditNoteFormatOf(settings);
  if (creditNotes !== null && creditNotes !== creditNoteFormatOf(before))
    freeFormat(creditNotes, 'credit_notes', tenant, '/creditNoteNumbers/prefix');
  return [{ type: 'TenantSettingsChanged', data: settings }];
};
