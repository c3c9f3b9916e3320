import { ExternalIds } from '#billing/alias';
import type { AccountId, TenantId } from '#kernel';
import { parseAsOf, type AsOf } from '#replay';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ReferencesByExternalId } from '../access/request-scope.js';
import { callerOf } from './caller.js';

const EXTERNAL = 'external:';

export const isExternalReference = (text: unknown): text is string =>
  typeof text === 'string' && text.startsWith(EXTERNAL);

export const externalReference = (externalId: string): string => `${EXTERNAL}${externalId}`;

/** What `external:<externalId>` names. */
@Injectable()
export class ExternalReferences {
  constructor(private readonly externalIds: ExternalIds) {}

  /**
   * Looks up at once what the ids in a request name that the tenant chose, wherever in it they stand. Whether they name accounts or
   * subscriptions is known to those who ask for them: both are looked up. Undefined where there are none.
   */
  lookUp(request: FastifyRequest): Promise<void> | undefined {
    const found = referencesIn(request);
    return found === undefined ? undefined : this.name(request, new Set(found));
  }

  async accounts(
    tenantId: TenantId,
    references: ReadonlySet<string>,
    asOf?: AsOf,
  ): Promise<ReferencesByExternalId['accounts']> {
    return byReference(await this.externalIds.accountIds(tenantId, externalIdsIn(references), asOf));
  }

  /** The account that a change come again is about, which has another external id since; null where there is none. */
  accountChangedBy(envelope: Envelope, reference: string): Promise<AccountId | null> {
    return isExternalReference(reference)
      ? this.externalIds.accountChangedBy(envelope, reference.slice(EXTERNAL.length))
      : Promise.resolve(null);
  }

  async subscriptions(
    tenantId: TenantId,
    references: ReadonlySet<string>,
  ): Promise<ReferencesByExternalId['subscriptions']> {
    return byReference(await this.externalIds.subscriptionIds(tenantId, externalIdsIn(references)));
  }

  private async name(request: FastifyRequest, found: ReadonlySet<string>): Promise<void> {
    const { tenantId } = callerOf(request);
    const [accounts, subscriptions] = await Promise.all([
      this.accounts(tenantId, found, momentIn(request)),
      this.subscriptions(tenantId, found),
    ]);
    request.scope.named = { accounts, subscriptions };
  }
}

/** In the path, the query, and the fields of the body; those of readings are looked up with the readings. */
const referencesIn = ({ params, query, body }: FastifyRequest): string[] | undefined => {
  let found: string[] | undefined;
  const note = (value: unknown): void => {
    if (isExternalReference(value)) (found ??= []).push(value);
    else if (Array.isArray(value)) for (const item of value) if (isExternalReference(item)) (found ??= []).push(item);
  };
  eachField(params, (_, value) => note(value));
  eachField(body, (_, value) => note(value));
  eachField(query, (name, value) => {
    if (typeof value !== 'string') return;
    if (name === 'externalId') return note(externalReference(value));
    note(value);
    // Lists of a query are told with commas.
    if (value.includes(',')) note(value.split(','));
  });
  return found;
};

const eachField = (part: unknown, look: (name: string, value: unknown) => void): void => {
  if (typeof part !== 'object' || part === null) return;
  for (const name of Object.keys(part)) look(name, (part as Readonly<Record<string, unknown>>)[name]);
};

/** What a name named then. Where it is wrong, the operation says so. */
const momentIn = ({ query }: FastifyRequest): AsOf | undefined => {
  const { asOf } = query as { readonly asOf?: unknown };
  try {
    return typeof asOf === 'string' ? parseAsOf(asOf) : undefined;
  } catch {
    return undefined;
  }
};

const externalIdsIn = (references: ReadonlySet<string>): string[] =>
  [...references].map((reference) => reference.slice(EXTERNAL.length));

const byReference = <Id>(ids: ReadonlyMap<string, Id>): ReadonlyMap<string, Id> =>
  new Map([...ids].map(([externalId, id]) => [externalReference(externalId), id]));
