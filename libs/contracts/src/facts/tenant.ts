import { Type } from 'typebox';
import { USAGE_SHARDS } from '../usage-shards.js';
import { branding, brandingRemoved } from './branding-shapes.js';
import { fact } from './fact.js';
import type { Held, HeldIn } from './held.js';
import { sellerDetails } from './party-shapes.js';
import { taxRate, taxSettings } from './tax-shapes.js';
import { closed, Count, HexDigest, IdText, InstantText, OneOf, Text, TimeZone, ZeroInvoicesShape } from './shapes.js';

const CREDENTIAL = 'Who may read events need not know of credentials.';
const SETTING = 'How numbers look is seen in those that are given.';

const settings = {
  name: Type.String({ minLength: 1, maxLength: 256 }),
  /** Who issues the invoices. */
  legalName: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  /** Of the books, and of accounts that name no other. */
  timeZone: TimeZone,
  /** Of accounts that name no others. */
  netTermsDays: Count,
  /** `{year}` and `{month}` of the issue date and `{sequence:n}`, padded to n digits. */
  invoiceNumberFormat: Type.String({ maxLength: 64 }),
  /** Absent: one of their own, `CN-{sequence:6}`. Null: credit notes go on with the numbers of the invoices. */
  creditNoteNumberFormat: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
};
/** What a tenant is called, and what its new accounts and invoices begin with. Set as a whole; what a request leaves out keeps its value. */
export type TenantSettings = HeldIn<typeof settings>;

const policy = {
  /** `automatic`: the agenda bills each account when something falls due. `manual`: only billing runs do. */
  billing: OneOf('automatic', 'manual'),
  /** `auto`: an invoice is finalized as it is made. `grace`: it stays a draft for `graceHours`, then takes in late usage and is finalized. */
  finalize: OneOf('auto', 'grace'),
  graceHours: Count,
  /** Absent where it was set before there was a choice: then they are skipped. */
  zeroInvoices: Type.Optional(ZeroInvoicesShape),
  /** How old and how far ahead a reading's instant may be when it arrives. */
  usageWindow: Type.Object({ pastDays: Count, futureHours: Count }, closed),
};
/** How a tenant bills. Set as a whole; what a request leaves out keeps its value. */
export type BillingPolicy = HeldIn<typeof policy>;

/** Of a test tenant: what it goes by, and each of its accounts that names no other clock. A live tenant has none. */
const TestTenant = Type.Object(
  { clockId: IdText('clk') },
  { ...closed, description: 'Of a test tenant: the clock that it goes by' },
);
export type TestTenant = Held<typeof TestTenant>;

const mailSettings = {
  /** `on_number`: each invoice and credit note goes to the e-mail address of its account once it has its number. */
  sendInvoices: OneOf('off', 'on_number'),
};
/** What is sent by itself. Set as a whole. */
export type MailSettings = HeldIn<typeof mailSettings>;

export const tenantFacts = {
  TenantCreated: fact('A business that bills through Recount.', {
    tenantId: IdText('tnt'),
    name: Type.String({ minLength: 1, maxLength: 256 }),
    /** How many streams its usage is spread over, for good: from an account's id alone follows its stream. */
    usageShards: OneOf(...USAGE_SHARDS),
    test: Type.Optional(TestTenant),
  })
    .ofVersion(2)
    .told({
      type: 'tenant.created',
      means: 'A business bills through Recount.',
      fields: ['name'],
      example: { name: 'Example Ltd' },
    }),
  TenantSuspended: fact('Its credentials open nothing and nothing of it falls due, until it is reinstated.', {
    reason: Text(),
  }).announced('tenant.suspended', 'Nothing is billed and nobody is let in until the tenant is taken back.'),
  TenantReinstated: fact('It is as before its suspension.', { reason: Type.Optional(Text()) }).announced(
    'tenant.reinstated',
    'A tenant that was suspended goes on.',
  ),
  /** What the tenant goes by from now on, whole. A number that was given stays, and the sequence goes on. */
  TenantSettingsChanged: fact(
    'What the tenant is called, and what its new accounts and invoices begin with, whole.',
    settings,
  ).toldAs({
    type: 'tenant.settings_changed',
    means: 'What a tenant is called, and what its new accounts and invoices begin with, from now on.',
    shape: Type.Object({
      name: Type.String(),
      legalName: Type.Union([Type.String(), Type.Null()]),
      timeZone: TimeZone,
      netTermsDays: Count,
      invoiceNumberFormat: Type.String(),
    }),
    example: {
      name: 'Example Ltd',
      legalName: 'Example Limited',
      timeZone: 'Europe/Berlin',
      netTermsDays: 14,
      invoiceNumberFormat: 'EX-{sequence:6}',
    },
    tell: ({ name, legalName, timeZone, netTermsDays, invoiceNumberFormat }) => ({
      name,
      legalName: legalName ?? null,
      timeZone,
      netTermsDays,
      invoiceNumberFormat,
    }),
  }),
  BillingPolicySet: fact('How the tenant bills, whole.', policy).toldAs({
    type: 'billing_policy.set',
    means: 'How the tenant bills from now on.',
    shape: Type.Object({
      ...policy,
      zeroInvoices: ZeroInvoicesShape,
      usageWindow: Type.Object({ pastDays: Count, futureHours: Count }),
    }),
    example: {
      billing: 'automatic',
      finalize: 'auto',
      graceHours: 0,
      zeroInvoices: 'skip',
      usageWindow: { pastDays: 400, futureHours: 1 },
    },
    tell: ({ billing, finalize, graceHours, zeroInvoices = 'skip', usageWindow: { pastDays, futureHours } }) => ({
      billing,
      finalize,
      graceHours,
      zeroInvoices,
      usageWindow: { pastDays, futureHours },
    }),
  }),
  MailSettingsSet: fact(
    'What is sent by e-mail by itself, of what is numbered from now on; whole.',
    mailSettings,
  ).announced('mail_settings.set', 'What a tenant sends by e-mail by itself is something else: the API answers it.'),
  TaxSettingsSet: fact('How the tenant charges tax, whole.', taxSettings).announced(
    'tax_settings.set',
    'How a tenant charges tax is something else: the API answers it.',
  ),
  /** Another percentage is another version of the code, from another day on; one of the same day takes its place. */
  TaxRateDefined: fact('What a tax of a jurisdiction comes to, from a day on.', taxRate, 'validFrom').told({
    type: 'tax_rate.defined',
    means: 'A tax of a jurisdiction comes to a percentage, from a day on.',
    fields: ['code', 'jurisdiction', 'category', 'rate', 'validFrom', 'validTo', 'compound'],
    example: { code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: '2026-01-01' },
  }),
  /** Defined again, it is something else from then on; what was issued says what it was. */
  LegalEntityDefined: fact('Who issues, and the zone of its books, whole.', {
    entityId: IdText('ent'),
    /** The zone of the books: it decides which day a transfer is booked on and an invoice issued. */
    timeZone: TimeZone,
    /** The legal name; absent where the tenant has said none. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** Of another one than the first, whose are settings; absent where its credit notes share the series of the invoices. */
    creditNoteNumberFormat: Type.Optional(Type.String({ maxLength: 64 })),
    ...sellerDetails,
  })
    .ofVersion(2, { 1: (data) => data })
    .announced(
      'legal_entity.defined',
      'Who issues the documents of a tenant is new, or something else: the API answers it.',
    ),
  BrandingSet: fact(
    'How documents of a legal entity look that leave the house from then on: what it does not name stays.',
    {
      entityId: IdText('ent'),
      ...branding,
      removed: brandingRemoved,
    },
  ).announced(
    'legal_entity.branding_set',
    'What documents of a legal entity look like is something else: the API answers it.',
  ),
  NumberSeriesOpened: fact('A gapless series of numbers for one kind of document.', {
    seriesId: IdText('ser'),
    entityId: IdText('ent'),
    documentKind: Type.Literal('invoice'),
    /** `{year}` of the issue date and `{sequence:n}`, padded to n digits. */
    format: Type.String({ maxLength: 64 }),
    start: Type.Integer({ minimum: 1 }),
  }).withheld(SETTING),
  NumberFormatChanged: fact('The next numbers of a series look otherwise; the sequence goes on.', {
    seriesId: IdText('ser'),
    format: Type.String({ maxLength: 64 }),
  }).withheld(SETTING),
  ApiKeyIssued: fact('A credential; only its hash is stored.', {
    keyId: IdText('key'),
    name: Type.String({ minLength: 1, maxLength: 128 }),
    /** SHA-256 of the whole key, in hex; the key itself is shown once and kept nowhere. */
    hash: HexDigest,
    scopes: Type.Array(Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)?$', maxLength: 64 }), {
      description: 'Roles and permissions',
    }),
    /** It opens nothing from then on. */
    expiresAt: Type.Optional(InstantText),
    /** Instead of what the installation allows a key. */
    requestsPerHour: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The key that asked for it: neither its life nor its limit goes beyond that one's. */
    issuedBy: Type.Optional(IdText('key')),
    /** The key whose place it takes, which opens nothing from then on. */
    replaces: Type.Optional(
      Type.Object(
        { keyId: IdText('key'), until: InstantText },
        { ...closed, description: 'The key whose place it takes, which opens nothing from then on' },
      ),
    ),
  }).withheld(CREDENTIAL),
  ApiKeyRevoked: fact('The credential opens nothing any more.', {
    keyId: IdText('key'),
    /** What it issued, directly or not, revoked with it. */
    heirs: Type.Optional(
      Type.Array(IdText('key'), { description: 'What it issued, directly or not, revoked with it' }),
    ),
  }).withheld(CREDENTIAL),
};
