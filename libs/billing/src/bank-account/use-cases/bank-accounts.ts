import { bankStream, type BankFact } from '#contracts';
import { Clock, EventLog, notFound, type BankAccountId, type TenantId } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { BankAccountCommand } from '../bank-account.commands.js';
import { bankAccountDecider } from '../bank-account.decider.js';
import type { BankAccountState } from '../bank-account.js';
import type { BankAccountRecord } from '../bank-account.record.js';

@Injectable()
export class BankAccounts extends DecidedStreams<BankAccountState, BankAccountCommand, BankFact> {
  constructor(log: EventLog, clock: Clock) {
    super(bankAccountDecider, log, clock);
  }

  /** @throws DomainError `bank_account_not_found` */
  registered(tenantId: TenantId, bankAccountId: BankAccountId): Promise<BankAccountRecord> {
    return this.view(
      bankStream(tenantId, bankAccountId),
      ({ registered }) => registered ?? notFound('bank_account', bankAccountId),
      0,
    );
  }
}
