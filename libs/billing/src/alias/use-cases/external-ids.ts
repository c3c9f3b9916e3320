import { accountStream, aliasStream } from '#contracts';
import { derivedId, type AccountId, type SubscriptionId, type TenantId } from '#kernel';
import { subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Account } from '../../account/account.state.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Aliases } from './aliases.js';
import { isKnownAt, isOfRevision } from './external-id-holders.js';
import { AccountDirectory, type ExternalIdHolder, type RecordedMoment } from '../../account/ports/account-directory.js';
import { followed } from './succession.js';

const REMEMBERED_MAX = 10_000;

/**
 * Whom the ids name that tenants choose. An id is derived from them, so that creating its stream is the check for uniqueness: by opening
 * an account, or by reserving it for one that is there. Once its account is erased or has another one, the name is free, and the next id
 * is derived from the one before it as well.
 */
@Injectable()
export class ExternalIds {
  /** Erased by this process: the read model may not know them yet. */
  private readonly erasedHere = new LRUCache<AccountId, true>({ max: REMEMBERED_MAX });
  /** By derived id, what this process gave to accounts, and what it knows to be free. */
  private readonly givenHere = new LRUCache<AccountId, AccountId>({ max: REMEMBERED_MAX });
  private readonly freeHere = new LRUCache<AccountId, true>({ max: REMEMBERED_MAX });

  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: Accounts,
    private readonly aliases: Aliases,
  ) {}

  /** By external id: whom it names, or whom it would name. At a moment of the past, whom it named then. */
  async accountIds(
    tenantId: TenantId,
    externalIds: Iterable<string>,
    asOf?: RecordedMoment,
  ): Promise<ReadonlyMap<string, AccountId>> {
    const found = new Map<string, AccountId>();
    let open = [...externalIds].map((externalId) => step(externalId, accountIdOf(tenantId, externalId)));
    while (open.length > 0) {
      const holders = await this.directory.externalIdHolders(
        tenantId,
        open.map(({ derived }) => derived),
      );
      open = open.flatMap(({ externalId, derived, before }) => {
        const holder = holders.get(derived);
        if (!this.isPassed(derived, holder, asOf)) {
          found.set(externalId, this.namedBy(derived, holder, before, asOf));
          return [];
        }
        const named = holder && isOfRevision(holder, asOf) ? holder.accountId : before;
        return [step(externalId, accountIdOf(tenantId, externalId, derived), named)];
      });
    }
    return found;
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
    let derived = accountIdOf(tenantId, externalId);
    while (await this.isFree(tenantId, derived)) {
      if (await this.accounts.carriedOut(accountStream(tenantId, derived), commandId)) return derived;
      derived = accountIdOf(tenantId, externalId, derived);
    }
    return derived;
  }

  /** The account that a change of external ids, come again, changed: it has another one since. Null: it does not come again. */
  async accountChangedBy({ tenantId, commandId }: Envelope, externalId: string): Promise<AccountId | null> {
    for (
      let derived = accountIdOf(tenantId, externalId);
      await this.isFree(tenantId, derived);
      derived = accountIdOf(tenantId, externalId, derived)
    ) {
      const holder = await this.holderOf(tenantId, derived);
      if (holder !== null && (await this.accounts.carriedOut(accountStream(tenantId, holder), commandId)))
        return holder;
    }
    return null;
  }

  /**
   * Holds an external id for an account that is there, until that gave it up; answers the id whose stream does. A request that ends
   * between this and the change leaves it to the account.
   * @throws DomainError `external_id_taken`
   */
  async reserve(envelope: Envelope, accountId: AccountId, externalId: string): Promise<AccountId> {
    const { tenantId } = envelope;
    let derived = accountIdOf(tenantId, externalId);
    while (await this.isFree(tenantId, derived)) derived = accountIdOf(tenantId, externalId, derived);
    const part = subcommand(envelope, 'external-id', derived);
    await this.accounts.execute(
      accountStream(tenantId, derived),
      { ...part, accountId: derived },
      { type: 'ReserveExternalId', accountId },
      () => null,
    );
    return derived;
  }

  /** What an account has now, and what it gave up: the read model may not know it yet. */
  noteChange(accountId: AccountId, { externalIdHeldAt, externalIdsFormerlyAt }: HeldExternalIds): void {
    if (externalIdHeldAt !== null && externalIdHeldAt !== accountId) this.givenHere.set(externalIdHeldAt, accountId);
    for (const derived of externalIdsFormerlyAt) this.freeHere.set(derived, true);
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

  /** Whether the name is, or at that moment was, free again. What an erased person was called, nobody is told of any moment. */
  private isPassed(
    derived: AccountId,
    holder: ExternalIdHolder | undefined,
    asOf: RecordedMoment | undefined,
  ): boolean {
    const accountId = holder?.accountId ?? derived;
    if (holder?.erased === true || this.erasedHere.has(accountId)) return true;
    if (holder?.until && asOf && asOf.kind !== 'revision') return isKnownAt(holder.until, asOf);
    if (holder?.until) return true;
    return this.freeHere.has(derived) && (asOf === undefined || asOf.kind === 'revision');
  }

  private namedBy(
    derived: AccountId,
    holder: ExternalIdHolder | undefined,
    before: AccountId | undefined,
    asOf: RecordedMoment | undefined,
  ): AccountId {
    if (holder?.since && asOf && asOf.kind !== 'revision' && !isKnownAt(holder.since, asOf)) return derived;
    return holder?.accountId ?? this.givenHere.get(derived) ?? before ?? derived;
  }

  /** By the log. What is free once stays so: the next one under the name has another id. */
  private async isFree(tenantId: TenantId, derived: AccountId): Promise<boolean> {
    if (this.freeHere.has(derived)) return true;
    const holder = await this.holderOf(tenantId, derived);
    const free = holder !== null && (await this.isGivenUp(tenantId, holder, derived));
    if (free) this.freeHere.set(derived, true);
    return free;
  }

  private async isGivenUp(tenantId: TenantId, holder: AccountId, derived: AccountId): Promise<boolean> {
    const { erased, givenUp } = await this.accounts.view(
      accountStream(tenantId, holder),
      ({ erasedAt, externalIdsFormerlyAt }) => ({
        erased: erasedAt !== null,
        givenUp: externalIdsFormerlyAt.includes(derived),
      }),
      0,
    );
    if (erased) this.noteErased(holder);
    return erased || givenUp;
  }

  /** Who was opened under it, or whom it is reserved for. */
  private holderOf(tenantId: TenantId, derived: AccountId): Promise<AccountId | null> {
    return this.accounts.view(
      accountStream(tenantId, derived),
      ({ profile, reservedFor }) => reservedFor ?? profile?.accountId ?? null,
      0,
    );
  }
}

type HeldExternalIds = Pick<Account, 'externalIdHeldAt' | 'externalIdsFormerlyAt'>;

/** How far the names are followed that one external id had. */
interface Step {
  readonly externalId: string;
  readonly derived: AccountId;
  /** Who had it when the revision that is asked for was the account's last. */
  readonly before: AccountId | undefined;
}

const step = (externalId: string, derived: AccountId, before?: AccountId): Step => ({ externalId, derived, before });

/** The id that follows from an external id, or where that one is free again, from it as well. */
const accountIdOf = (tenantId: TenantId, externalId: string, before?: AccountId): AccountId =>
  derivedId('acc', tenantId, externalId, ...(before === undefined ? [] : [before]));

const subscriptionIdOf = (tenantId: TenantId, externalId: string, erasedOwner?: AccountId): SubscriptionId =>
  derivedId('sub', tenantId, externalId, ...(erasedOwner === undefined ? [] : [erasedOwner]));
