import {
  accountStream,
  isPublicEventType,
  PUBLIC_EVENTS,
  type PublicEvent,
  type PublicEventType,
  type StreamCategory,
  usageStream,
} from '#contracts';
import { idSuffix, type AccountId, type LogFilter, type TenantId } from '#kernel';

/** Which events of a tenant somebody wants to hear of. */
export interface Selection {
  readonly tenantId: TenantId;
  /** All there are, unless told. */
  readonly types?: ReadonlySet<PublicEventType>;
  /** Only what is about this account. */
  readonly account?: SelectedAccount;
}

export interface SelectedAccount {
  readonly id: AccountId;
  /** How many streams the usage of its tenant is spread over. */
  readonly usageShards: number;
}

type Noun = PublicEventType extends infer Type ? (Type extends `${infer Word}.${string}` ? Word : never) : never;

/** The streams that have the events about a thing. */
const CATEGORIES: Readonly<Record<Noun, StreamCategory>> = {
  account: 'account',
  account_discount: 'account',
  billing_policy: 'tenant',
  billing_run: 'billingrun',
  coupon: 'catalog',
  credit_note: 'account',
  customer_credit: 'account',
  delivery: 'account',
  discount: 'account',
  document: 'account',
  invoice: 'account',
  invoice_item: 'account',
  legal_entity: 'tenant',
  mail_settings: 'tenant',
  meter: 'catalog',
  payment: 'account',
  plan: 'catalog',
  refund: 'account',
  revenue: 'account',
  subscription: 'account',
  tax_document: 'account',
  tax_rate: 'tenant',
  tax_settings: 'tenant',
  tenant: 'tenant',
  test_clock: 'testclock',
  transfer: 'account',
  usage: 'usage',
  wallet: 'account',
  webhook_endpoint: 'tenant',
};

/**
 * Every stream that has something to tell. By their names, not by types of events: what this version does not know yet is to be
 * met, not passed over.
 */
export const PUBLIC_STREAMS: LogFilter = {
  streamPrefixes: [...new Set(Object.values(CATEGORIES))].map((category) => `${category}-`),
};

const nounOf = (type: string): string => type.slice(0, type.indexOf('.'));
const all: ReadonlySet<PublicEventType> = new Set(PUBLIC_EVENTS.keys());

/** A name, or all of a thing: `invoice.*`. Nothing if there is no such event. */
export const typesNamed = (name: string): readonly PublicEventType[] => {
  if (isPublicEventType(name)) return [name];
  return name.endsWith('.*') ? [...all].filter((type) => nounOf(type) === name.slice(0, -2)) : [];
};

/** An event as it is told to whoever selects; undefined where it is not. Of what came in for several accounts, one hears its own part. */
export const selected = ({ tenantId, types, account }: Selection, event: PublicEvent): PublicEvent | undefined => {
  if (event.tenantId !== tenantId || types?.has(event.type) === false) return undefined;
  return account === undefined || event.accountId === account.id ? event : partOf(event, account.id);
};

const partOf = (event: PublicEvent, accountId: AccountId): PublicEvent | undefined => {
  const part = event.accountId === undefined && PUBLIC_EVENTS.get(event.type)?.partOf;
  const data = part && (part(event.data as never, accountId) as PublicEvent['data'] | undefined);
  return data ? { ...event, accountId, data } : undefined;
};

/** The streams that can have what is selected, for the log to filter by: what belongs to other tenants is never even read. */
export const streamsOf = ({ tenantId, types = all, account }: Selection): LogFilter => {
  const categories = new Set([...types].map((type) => CATEGORIES[nounOf(type) as Noun]));
  return { streamPrefixes: [...categories].map((category) => prefixOf(category, tenantId, account)) };
};

const prefixOf = (category: StreamCategory, tenantId: TenantId, account: SelectedAccount | undefined): string => {
  if (account !== undefined && category === 'account') return accountStream(tenantId, account.id);
  if (account !== undefined && category === 'usage') return usageStream(tenantId, account.id, account.usageShards);
  return `${category}-${idSuffix(tenantId)}`;
};
