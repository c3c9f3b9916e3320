import { ExternalIds } from '#billing/alias';
import type { AccountId, TenantId } from '#kernel';
import type { AsOf } from '#replay';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { ReferencesByExternalId } from '../access/request-scope.js';

const EXTERNAL = 'external:';

export const isExternalReference = (text: unknown): text is string =>
  typeof text === 'string' && text.startsWith(EXTERNAL);

export const externalReference = (externalId: string): string => `${EXTERNAL}${externalId}`;

/** What `external:<externalId>` names. */
@Injectable()
export class ExternalReferences {
  constructor(private readonly externalIds: ExternalIds) {}

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
}

const externalIdsIn = (references: ReadonlySet<string>): string[] =>
  [...references].map((reference) => reference.slice(EXTERNAL.length));

const byReference = <Id>(ids: ReadonlyMap<string, Id>): ReadonlyMap<string, Id> =>
  new Map([...ids].map(([externalId, id]) => [externalReference(externalId), id]));
