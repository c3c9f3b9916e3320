import { Type } from 'typebox';
import { Count, TimeZone, ZeroInvoicesShape } from '../events/shapes.js';
import { told, withheld } from './public-event.js';

const CREDENTIAL = 'Who may read events need not know of credentials.';
const SETTING = 'A setting of the books, made once with the tenant.';

export const publicTenantEvents = {
  InstallationCreated: withheld('It belongs to no tenant.'),
  TenantCreated: told(
    'TenantCreated',
    'tenant.created',
    'A business bills through Recount.',
    Type.Object({ name: Type.String() }),
    { name: 'Example Ltd' },
    ({ name }) => ({ name }),
  ),
  TenantSettingsChanged: told(
    'TenantSettingsChanged',
    'tenant.settings_changed',
    'What a tenant is called, and what its new accounts and invoices begin with, from now on.',
    Type.Object({
      name: Type.String(),
      legalName: Type.Union([Type.String(), Type.Null()]),
      timeZone: TimeZone,
      netTermsDays: Count,
      invoiceNumberFormat: Type.String(),
    }),
    {
      name: 'Example Ltd',
      legalName: 'Example Limited',
      timeZone: 'Europe/Berlin',
      netTermsDays: 14,
      invoiceNumberFormat: 'EX-{sequence:6}',
    },
    ({ name, legalName, timeZone, netTermsDays, invoiceNumberFormat }) => ({
      name,
      legalName: legalName ?? null,
      timeZone,
      netTermsDays,
      invoiceNumberFormat,
    }),
  ),
  BillingPolicySet: told(
    'BillingPolicySet',
    'billing_policy.set',
    'How the tenant bills from now on.',
    Type.Object({
      billing: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
      finalize: Type.Union([Type.Literal('auto'), Type.Literal('grace')]),
      graceHours: Count,
      zeroInvoices: ZeroInvoicesShape,
      usageWindow: Type.Object({ pastDays: Count, futureHours: Count }),
    }),
    {
      billing: 'automatic',
      finalize: 'auto',
      graceHours: 0,
      zeroInvoices: 'skip',
      usageWindow: { pastDays: 400, futureHours: 1 },
    },
    ({ billing, finalize, graceHours, zeroInvoices = 'skip', usageWindow: { pastDays, futureHours } }) => ({
      billing,
      finalize,
      graceHours,
      zeroInvoices,
      usageWindow: { pastDays, futureHours },
    }),
  ),
  TenantSuspended: told(
    'TenantSuspended',
    'tenant.suspended',
    'Nothing is billed and nobody is let in until the tenant is taken back.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  TenantReinstated: told(
    'TenantReinstated',
    'tenant.reinstated',
    'A tenant that was suspended goes on.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  LegalEntityDefined: withheld(SETTING),
  NumberSeriesOpened: withheld(SETTING),
  ApiKeyIssued: withheld(CREDENTIAL),
  ApiKeyRevoked: withheld(CREDENTIAL),
  AliasReserved: withheld('How a name is kept unique; what has the name is published.'),
  AliasReleased: withheld('How a name is kept unique; what has the name is published.'),
  NumberAssigned: withheld('`invoice.numbered` carries it.'),
};
