import { ExternalIds } from '#billing';
import type { TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { ReferencesByExternalId } from '../../access/request-scope.js';

const EXTERNAL = 'external:';

export const isExternalReference = (text: unknown): text is string =>
  typeof text === 'string' && text.startsWith(EXTERNAL);

export const externalReference = (externalId: string): string => `${EXTERNAL}${externalId}`;

/** What `external:<externalId>` names. */
@Injectable()
export class ExternalReferences {
  constructor(private readonly externalIds: ExternalIds) {}

  async accounts(tenantId: TenantId, references: ReadonlySet<string>): Promise<ReferencesByExternalId['accounts']> {
    return byReference(await this.externalIds.accountIds(tenantId, externalIdsIn(references)));
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
