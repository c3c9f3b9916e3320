import {
  isPublicEventType,
  PUBLIC_EVENTS,
  type PublicEvent,
  type PublicEventType,
  type StreamCategory,
} from '#contracts';
import { idSuffix, type AccountId, type LogFilter, type TenantId } from '#kernel';

/** Which events of a tenant somebody wants to hear of. */
export interface Selection {
  readonly tenantId: TenantId;
  /** All there are, unless told. */
  readonly types?: ReadonlySet<PublicEventType>;
  /** Only what is about this account. */
  readonly accountId?: AccountId;
}

type Noun = PublicEventType extends infer Type ? (Type extends `${infer Word}.${string}` ? Word : never) : never;

/** The streams that have the events about a thing. */
const CATEGORIES: Readonly<Record<Noun, StreamCategory>> = {
  account: 'account',
  billing_policy: 'tenant',
  billing_run: 'billingrun',
  customer_credit: 'account',
  invoice: 'account',
  invoice_item: 'account',
  meter: 'catalog',
  payment: 'account',
  plan: 'catalog',
  refund: 'account',
  subscription: 'account',
  tenant: 'tenant',
  test_clock: 'testclock',
  transfer: 'account',
  usage: 'usage',
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

export const isSelected = ({ tenantId, types, accountId }: Selection, event: PublicEvent): boolean =>
  event.tenantId === tenantId &&
  (types === undefined || types.has(event.type)) &&
  (accountId === undefined || event.accountId === accountId);

/** The streams that can have what is selected, for the log to filter by: what belongs to other tenants is never even read. */
export const streamsOf = ({ tenantId, types = all, accountId }: Selection): LogFilter => {
  const categories = new Set([...types].map((type) => CATEGORIES[nounOf(type) as Noun]));
  return { streamPrefixes: [...categories].map((category) => prefixOf(category, tenantId, accountId)) };
};

const prefixOf = (category: StreamCategory, tenantId: TenantId, accountId: AccountId | undefined): string => {
  const tenant = `${category}-${idSuffix(tenantId)}`;
  const isByAccount = category === 'account' || category === 'usage';
  return isByAccount && accountId !== undefined ? `${tenant}_${idSuffix(accountId)}` : tenant;
};
