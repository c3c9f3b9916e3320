import { TypeID } from 'typeid-js';
import { parse as bytesOfUuid } from 'uuid';
import { sha1Hex } from './digest.js';
import { refuse } from './domain-error.js';

/** A typed id (TypeID): a prefix that says what it names and 26 characters of base 32, as in `acc_01j9…`. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

/** What has ids, with their prefixes: a noun that has ids is entered here. */
export const ID_PREFIXES = {
  account: 'acc',
  api_key: 'key',
  bank_account: 'bac',
  bank_entry: 'bke',
  billing_run: 'run',
  credit_note: 'crn',
  delivery: 'dlv',
  discount: 'dsc',
  installation: 'ins',
  invoice: 'inv',
  invoice_item: 'itm',
  invoice_line: 'lin',
  legal_entity: 'ent',
  payment: 'pay',
  recognition: 'rcg',
  refund: 'rfd',
  series: 'ser',
  subscription: 'sub',
  tax_exemption: 'txe',
  tenant: 'tnt',
  test_clock: 'clk',
  transfer: 'tfr',
  verification: 'ver',
  wallet: 'wal',
  wallet_grant: 'grt',
  webhook_delivery: 'whd',
  webhook_endpoint: 'whe',
  webhook_replay: 'whr',
  webhook_secret: 'whs',
} as const;

export type IdOf<Thing extends keyof typeof ID_PREFIXES> = Id<(typeof ID_PREFIXES)[Thing]>;

export type TenantId = IdOf<'tenant'>;
export type AccountId = IdOf<'account'>;
export type SubscriptionId = IdOf<'subscription'>;
export type InvoiceId = IdOf<'invoice'>;
export type LineId = IdOf<'invoice_line'>;
export type CreditNoteId = IdOf<'credit_note'>;
export type InvoiceItemId = IdOf<'invoice_item'>;
export type PaymentId = IdOf<'payment'>;
export type RecognitionId = IdOf<'recognition'>;
export type RefundId = IdOf<'refund'>;
export type TransferId = IdOf<'transfer'>;
export type BankAccountId = IdOf<'bank_account'>;
export type BankEntryId = IdOf<'bank_entry'>;
export type BillingRunId = IdOf<'billing_run'>;
export type SeriesId = IdOf<'series'>;
export type LegalEntityId = IdOf<'legal_entity'>;
export type ApiKeyId = IdOf<'api_key'>;
export type WalletId = IdOf<'wallet'>;
export type WalletGrantId = IdOf<'wallet_grant'>;
export type WebhookDeliveryId = IdOf<'webhook_delivery'>;
export type WebhookEndpointId = IdOf<'webhook_endpoint'>;
export type WebhookReplayId = IdOf<'webhook_replay'>;
export type WebhookSecretId = IdOf<'webhook_secret'>;
export type TestClockId = IdOf<'test_clock'>;
export type DiscountId = IdOf<'discount'>;
export type DeliveryId = IdOf<'delivery'>;
export type TaxExemptionId = IdOf<'tax_exemption'>;
export type InstallationId = IdOf<'installation'>;
/** What leaves the house. */
export type DocumentId = InvoiceId | CreditNoteId;

/** The namespace under which Recount derives ids from names (RFC 9562, version 5). */
const NAMESPACE = bytesOfUuid('5b1d8f0e-6f0a-4c39-9f6e-3c1f2f7a9d11');

/** The same parts give the same UUID, for ever. Parts are separated so that no two lists collide. */
export const derivedUuid = (...parts: readonly (string | number)[]): string => {
  const hex = sha1Hex(NAMESPACE, parts.map((part) => `${String(part).length}:${part}`).join(''));
  const variant = VARIANTS[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const VARIANTS = ['8', '9', 'a', 'b'];

/** A dozen ids are made for each invoice: the library takes ten times as long to write one, and reads them. */
export const typedId = <Prefix extends string>(prefix: Prefix, uuid: string): Id<Prefix> => {
  const hex = uuid.replaceAll('-', '');
  let text = PAIRS[Number.parseInt(hex.slice(0, 2), 16)]!;
  for (let at = 2; at < 32; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text += PAIRS[bits >> 10]! + PAIRS[bits & 1023]!;
  }
  return `${prefix}_${text}`;
};

const BASE_32 = [...'0123456789abcdefghjkmnpqrstvwxyz'];
/** Of each ten bits, two digits. */
const PAIRS = BASE_32.flatMap((first) => BASE_32.map((second) => first + second));

export const derivedId = <Prefix extends string>(prefix: Prefix, ...parts: readonly (string | number)[]): Id<Prefix> =>
  typedId(prefix, derivedUuid(prefix, ...parts));

const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

export const isId = <Prefix extends string>(prefix: Prefix, text: unknown): text is Id<Prefix> =>
  typeof text === 'string' && text.startsWith(`${prefix}_`) && SUFFIX.test(text.slice(prefix.length + 1));

/** Whether Recount derived the id from what it names (UUID version 5), so that nobody else may choose it. */
export const isDerivedId = (id: string): boolean => TypeID.fromString(id).toUUID()[14] === '5';

/** The 26 characters behind the prefix: what stream names are built of. */
export const idSuffix = (id: string): string => {
  const suffix = id.slice(id.indexOf('_') + 1);
  return SUFFIX.test(suffix) ? suffix : refuse('invalid_id', `“${id.slice(0, 64)}” is not an id.`, 'invalid');
};
