import { STORED_EVENTS, type StoredEvent } from '#contracts';
import { fieldsOf } from './shape-words.js';
import { writeDocument } from './written-document.js';

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
  Subscription: [
    'SubscriptionCreated',
    'SubscriptionActivated',
    'TrialStarted',
    'TrialEnded',
    'SubscriptionPlanChanged',
    'SubscriptionQuantityChanged',
    'SubscriptionPaused',
    'SubscriptionResumed',
    'SubscriptionCanceled',
    'ScheduledChangeWithdrawn',
    'SubscriptionEnded',
  ],
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
  'Test clock': ['TestClockStarted', 'TestClockAdvanced'],
};

const events = STORED_EVENTS as Readonly<Record<string, StoredEvent>>;
const listed = Object.values(GROUPS).flat();
const missing = Object.keys(events).filter((type) => !listed.includes(type));
if (missing.length > 0) throw new Error(`These events are in no group: ${missing.join(', ')}.`);

const rowOf = (type: string): string => {
  const { version, shape, effective, description } = events[type]!;
  return `| \`${type}\` | ${version} | ${effective === undefined ? 'recorded' : `\`${effective}\``} | ${description} ${fieldsOf(shape)} |`;
};

const text = `# Stored events

What the log holds. Generated from the schemas in \`libs/contracts\` (\`npm run docs\`), which every event passes before it is
appended. A changed shape is a new version with an upcaster; stored bytes are never rewritten. They stay inside: what the outside is
told are [public events](events.md).

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

await writeDocument('stored-events.md', text);
