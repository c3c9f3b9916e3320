import type { Personal } from '#contracts';
import { PersonalData, type DocumentCopy, type PersonalFields, type PersonalPurpose } from '#billing/account';
import type { AccountId, BankAccountId, Clock, TenantId } from '#kernel';
import { accountOfKey, type SealedPersonalData } from '#personal-data';
import { requestScope } from '../access/request-scope.js';
import type { PersonalDataReads } from '../audit/personal-data-reads.js';

/** What is opened for a request is logged before it is answered. */
export class LoggedPersonalData extends PersonalData {
  constructor(
    private readonly personalData: SealedPersonalData,
    private readonly reads: PersonalDataReads,
    private readonly clock: Clock,
  ) {
    super();
  }

  async open(tenantId: TenantId, personals: readonly Personal[]): Promise<(PersonalFields | null)[]> {
    const opened = this.personalData.open(tenantId, personals);
    const keyIds = new Set(personals.map(({ keyId }) => keyId).filter((_, index) => opened[index] !== null));
    const scope = requestScope();
    if (!scope?.caller || keyIds.size === 0) return opened;
    for (const keyId of keyIds) scope.openedKeys.add(keyId);
    const at = this.clock.now();
    const accounts = new Set([...keyIds].map(accountOfKey));
    const reading = { actor: scope.caller.actor, operation: scope.operation!, requestId: scope.requestId, at };
    await this.reads.write(
      tenantId,
      [...accounts].map((accountId) => ({ ...reading, accountId })),
    );
    return opened;
  }

  seal(
    tenantId: TenantId,
    owner: AccountId | BankAccountId,
    purpose: PersonalPurpose,
    fields: PersonalFields,
  ): Promise<Personal> {
    return Promise.resolve(this.personalData.seal(tenantId, owner, purpose, fields));
  }

  /** What goes from one sealed form into another is read by nobody. */
  forDocuments(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Personal }[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<AccountId, DocumentCopy>> {
    return Promise.resolve(this.personalData.forDocuments(tenantId, profiles, fields));
  }

  blindIndex(tenantId: TenantId, text: string): Promise<string> {
    return Promise.resolve(this.personalData.blindIndex(tenantId, text));
  }

  keyIdOf(accountId: AccountId, purpose: PersonalPurpose): string {
    return this.personalData.keyIdOf(accountId, purpose);
  }

  erase(tenantId: TenantId, keyIds: readonly string[]): Promise<void> {
    return this.personalData.erase(tenantId, keyIds);
  }
}
