import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { STORED_EVENTS, type StoredEvent } from '#contracts';
import { format, resolveConfig } from 'prettier';

/** Writes the catalogue of stored events from the schemas that guard the log, so that it cannot tell anything else. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Installation and tenant': [
    'InstallationCreated',
    'TenantCreated',
    'TenantSuspended',
    'TenantReinstated',
    'BillingPolicySet',
    'LegalEntityDefined',
    'NumberSeriesOpened',
    'ApiKeyIssued',
    'ApiKeyRevoked',
    'AliasReserved',
    'AliasReleased',
  ],
  Catalog: ['MeterDefined', 'MeterArchived', 'PlanVersionPublished', 'PlanArchived'],
  Usage: ['UsageRecorded', 'UsageAmended', 'UsageRetracted'],
  Account: [
    'AccountOpened',
    'AccountContactChanged',
    'PaymentTermsChanged',
    'TaxStatusChanged',
    'AccountClosed',
    'PersonalDataErased',
  ],
  Subscription: ['SubscriptionCreated', 'SubscriptionActivated', 'SubscriptionCanceled', 'SubscriptionEnded'],
  Invoice: [
    'InvoiceDrafted',
    'InvoiceLinesAdded',
    'InvoiceFinalized',
    'BillingAdvanced',
    'InvoiceNumbered',
    'InvoicePaid',
    'InvoiceOverdue',
    'InvoiceVoided',
    'InvoiceMarkedUncollectible',
  ],
  'Payment and ledger': [
    'PaymentReceived',
    'PaymentAllocated',
    'PaymentReversed',
    'CustomerCreditAdded',
    'CustomerCreditApplied',
    'TransferPosted',
    'TransferPended',
    'PendingTransferPosted',
    'PendingTransferVoided',
    'PendingTransferExpired',
  ],
  'Billing run and numbering': ['BillingRunStarted', 'AccountBillingFailed', 'BillingRunCompleted', 'NumberAssigned'],
};

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly description?: string;
}

const events = STORED_EVENTS as Readonly<Record<string, StoredEvent>>;
const listed = Object.values(GROUPS).flat();
const missing = Object.keys(events).filter((type) => !listed.includes(type));
if (missing.length > 0) throw new Error(`These events are in no group: ${missing.join(', ')}.`);

const fieldsOf = (shape: Shape): string =>
  Object.entries(shape.properties ?? {})
    .map(([name, field]) => `\`${name}${shape.required?.includes(name) ? '' : '?'}\`${kindOf(field)}`)
    .join(', ');

/** Only what a name does not say by itself: choices, and what lists are made of. */
const kindOf = (shape: Shape): string => {
  const choices = (shape.anyOf ?? []).map((choice) => choice.const).filter((choice) => typeof choice === 'string');
  if (choices.length > 1) return ` (${choices.join(' / ')})`;
  if (shape.type === 'array' && shape.items?.properties) return `[${Object.keys(shape.items.properties).join(', ')}]`;
  if (shape.properties && !shape.description) return ` {${Object.keys(shape.properties).join(', ')}}`;
  return '';
};

const rowOf = (type: string): string => {
  const { version, shape, effective, description } = events[type]!;
  return `| \`${type}\` | ${version} | ${effective === undefined ? 'recorded' : `\`${effective}\``} | ${description} ${fieldsOf(shape)} |`;
};

const text = `# Stored events

What the log holds. Generated from the schemas in \`libs/contracts\` (\`npm run docs\`), which every event passes before it is
appended. A changed shape is a new version with an upcaster; stored bytes are never rewritten.

Every event carries metadata: \`schemaVersion\`, \`tenantId\`, \`accountId\`, \`commandId\`, \`requestHash\`, \`actor\`, \`reason?\`,
\`correlationId\`, \`causationId?\`, \`traceparent?\`, \`recordedAt\` (when the log learned it) and \`effectiveAt\` (when it counts in business: the
field in the third column). Money is \`{minor, currency}\` with minor units as a decimal string. \`personal\` is an AES-256-GCM envelope.

${Object.entries(GROUPS)
  .map(
    ([title, types]) =>
      `## ${title}\n\n| event | version | effective | what it says, and its fields |\n|---|---|---|---|\n${types.map(rowOf).join('\n')}`,
  )
  .join('\n\n')}
`;

const file = fileURLToPath(new URL('../../../../../docs/events.md', import.meta.url));
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
