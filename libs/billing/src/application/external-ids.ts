import { accountStream, aliasStream } from '#contracts';
import { derivedId, type AccountId, type SubscriptionId, type TenantId } from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Accounts } from './accounts.js';
import { Aliases } from './aliases.js';
import { AccountDirectory } from './ports/account-directory.js';

const REMEMBERED_ERASURES_MAX = 10_000;

/**
 * Whom the ids name that tenants choose. An id is derived from them, so that creating its stream is the check for uniqueness; once its
 * account is erased the name is free, and the next id is derived from the one before it as well.
 */
@Injectable()
export class ExternalIds {
  /** Erased by this process: the read model may not know them yet. */
  private readonly erasedHere = new LRUCache<AccountId, true>({ max: REMEMBERED_ERASURES_MAX });

  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: Accounts,
    private readonly aliases: Aliases,
  ) {}

  /** By external id: whom it names, or whom it would name. */
  accountIds(tenantId: TenantId, externalIds: Iterable<string>): Promise<ReadonlyMap<string, AccountId>> {
    return followed(externalIds, {
      first: (externalId) => accountIdOf(tenantId, externalId),
      next: (externalId, accountId) => accountIdOf(tenantId, externalId, accountId),
      owners: (ids) => this.whereErased(tenantId, new Map(ids.map((id) => [id, id]))),
    });
  }

  subscriptionIds(tenantId: TenantId, externalIds: Iterable<string>): Promise<ReadonlyMap<string, SubscriptionId>> {
    return followed(externalIds, {
      first: (externalId) => subscriptionIdOf(tenantId, externalId),
      next: (externalId, _, owner) => subscriptionIdOf(tenantId, externalId, owner),
      owners: async (ids) => this.whereErased(tenantId, await this.directory.owners(tenantId, ids)),
    });
  }

  /** The account that a request to open one is about: by the log, and the same again where the request comes again. */
  async accountToOpen({ tenantId, commandId }: Envelope, externalId: string): Promise<AccountId> {
    let accountId = accountIdOf(tenantId, externalId);
    while (await this.isErased(tenantId, accountId)) {
      if (await this.accounts.carriedOut(accountStream(tenantId, accountId), commandId)) return accountId;
      this.noteErased(accountId);
      accountId = accountIdOf(tenantId, externalId, accountId);
    }
    return accountId;
  }

  /** The subscription that an account has, or may have, under an external id: by the log. */
  async subscriptionToCreate(
    { tenantId }: Envelope,
    accountId: AccountId,
    { externalId, hash }: { readonly externalId: string; readonly hash: string },
  ): Promise<{ readonly subscriptionId: SubscriptionId; readonly heldByErased: AccountId | null }> {
    const alias = aliasStream(tenantId, 'subscription', hash);
    const { former, target } = await this.aliases.view(
      alias,
      ({ former, targetId }) => ({ former: [...former] as AccountId[], target: targetId as AccountId | null }),
      0,
    );
    let subscriptionId = subscriptionIdOf(tenantId, externalId);
    let heldByErased: AccountId | null = null;
    for (const owner of target === null ? former : [...former, target]) {
      if (owner === accountId) break;
      const found = await this.accounts.view(
        accountStream(tenantId, owner),
        ({ erasedAt, subscriptions }) => ({ erased: erasedAt !== null, has: subscriptions.has(subscriptionId) }),
        0,
      );
      if (!found.erased) continue;
      if (owner === target) heldByErased = owner;
      if (found.has) subscriptionId = subscriptionIdOf(tenantId, externalId, owner);
    }
    return { subscriptionId, heldByErased };
  }

  noteErased(accountId: AccountId): void {
    this.erasedHere.set(accountId, true);
  }

  /** Those of the things whose owner is erased, with the owner. */
  private async whereErased<Thing>(
    tenantId: TenantId,
    owners: ReadonlyMap<Thing, AccountId>,
  ): Promise<ReadonlyMap<Thing, AccountId>> {
    const erased = await this.directory.erased(tenantId, [...new Set(owners.values())]);
    return new Map([...owners].filter(([, owner]) => erased.has(owner) || this.erasedHere.has(owner)));
  }

  private isErased(tenantId: TenantId, accountId: AccountId): Promise<boolean> {
    return this.accounts.view(accountStream(tenantId, accountId), ({ erasedAt }) => erasedAt !== null, 0);
  }
}

/** The account that an external id names, or where accounts before it were erased, names after the last of them. */
const accountIdOf = (tenantId: TenantId, externalId: string, erased?: AccountId): AccountId =>
  derivedId('acc', tenantId, externalId, ...(erased === undefined ? [] : [erased]));

const subscriptionIdOf = (tenantId: TenantId, externalId: string, erasedOwner?: AccountId): SubscriptionId =>
  derivedId('sub', tenantId, externalId, ...(erasedOwner === undefined ? [] : [erasedOwner]));

interface Succession<Id> {
  readonly first: (externalId: string) => Id;
  readonly next: (externalId: string, id: Id, owner: AccountId) => Id;
  /** Those whose owner is erased. */
  readonly owners: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, AccountId>>;
}

/** Each step passes over what was erased: there are as many as one name was erased. */
const followed = async <Id>(
  externalIds: Iterable<string>,
  { first, next, owners }: Succession<Id>,
): Promise<ReadonlyMap<string, Id>> => {
  const found = new Map([...externalIds].map((externalId) => [externalId, first(externalId)]));
  for (let open = [...found]; open.length > 0;) {
    const erased = await owners(open.map(([, id]) => id));
    open = open.flatMap(([externalId, id]) => {
      const owner = erased.get(id);
      return owner === undefined ? [] : [[externalId, next(externalId, id, owner)]];
    });
    for (const [externalId, id] of open) found.set(externalId, id);
  }
  return found;
};
