import { Type } from 'typebox';
import { closed, Count, HexDigest, IdText, InstantText, Text, TimeZone, ZeroInvoicesShape } from './shapes.js';
import { storedEvent } from './stored-event.js';

export const tenantEvents = {
  TenantCreated: storedEvent(
    'A business that bills through Recount.',
    Type.Object(
      {
        tenantId: IdText('tnt'),
        name: Type.String({ minLength: 1, maxLength: 256 }),
        test: Type.Optional(
          Type.Object(
            { clockId: IdText('clk') },
            { ...closed, description: 'Of a test tenant: the clock that it goes by' },
          ),
        ),
      },
      closed,
    ),
  ),
  TenantSuspended: storedEvent(
    'Its credentials open nothing and nothing of it falls due, until it is reinstated.',
    Type.Object({ reason: Text() }, closed),
  ),
  TenantReinstated: storedEvent(
    'It is as before its suspension.',
    Type.Object({ reason: Type.Optional(Text()) }, closed),
  ),
  TenantSettingsChanged: storedEvent(
    'What the tenant is called, and what its new accounts and invoices begin with, whole.',
    Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 256 }),
        legalName: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
        timeZone: TimeZone,
        netTermsDays: Count,
        invoiceNumberFormat: Type.String({ maxLength: 64 }),
      },
      closed,
    ),
  ),
  BillingPolicySet: storedEvent(
    'How the tenant bills, whole.',
    Type.Object(
      {
        billing: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
        finalize: Type.Union([Type.Literal('auto'), Type.Literal('grace')]),
        graceHours: Count,
        zeroInvoices: Type.Optional(ZeroInvoicesShape),
        usageWindow: Type.Object({ pastDays: Count, futureHours: Count }, closed),
      },
      closed,
    ),
  ),
  LegalEntityDefined: storedEvent(
    'Who issues, and the zone of its books.',
    Type.Object({ entityId: IdText('ent'), timeZone: TimeZone }, closed),
  ),
  NumberSeriesOpened: storedEvent(
    'A gapless series of numbers for one kind of document.',
    Type.Object(
      {
        seriesId: IdText('ser'),
        entityId: IdText('ent'),
        documentKind: Type.Literal('invoice'),
        format: Type.String({ maxLength: 64 }),
        start: Type.Integer({ minimum: 1 }),
      },
      closed,
    ),
  ),
  ApiKeyIssued: storedEvent(
    'A credential; only its hash is stored.',
    Type.Object(
      {
        keyId: IdText('key'),
        name: Type.String({ minLength: 1, maxLength: 128 }),
        hash: HexDigest,
        scopes: Type.Array(Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)?$', maxLength: 64 }), {
          description: 'Roles and permissions',
        }),
        expiresAt: Type.Optional(InstantText),
        requestsPerHour: Type.Optional(Type.Integer({ minimum: 1 })),
        issuedBy: Type.Optional(IdText('key')),
        replaces: Type.Optional(
          Type.Object(
            { keyId: IdText('key'), until: InstantText },
            { ...closed, description: 'The key whose place it takes, which opens nothing from then on' },
          ),
        ),
      },
      closed,
    ),
  ),
  ApiKeyRevoked: storedEvent(
    'The credential opens nothing any more.',
    Type.Object(
      {
        keyId: IdText('key'),
        heirs: Type.Optional(
          Type.Array(IdText('key'), { description: 'What it issued, directly or not, revoked with it' }),
        ),
      },
      closed,
    ),
  ),
};
