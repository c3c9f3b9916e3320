import { bankStream } from '#contracts';
import { refuse } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BankAccountRecord } from '../bank-account.record.js';
import { BankAccounts } from './bank-accounts.js';

export class RegisterBankAccount extends Command<Executed<BankAccountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly account: Omit<BankAccountRecord, 'bankAccountId'>,
  ) {
    super();
  }
}

@CommandHandler(RegisterBankAccount)
export class RegisterBankAccountHandler implements ICommandHandler<RegisterBankAccount> {
  constructor(private readonly bankAccounts: BankAccounts) {}

  execute({ envelope, account }: RegisterBankAccount): Promise<Executed<BankAccountRecord>> {
    if (account.iban === undefined && account.accountNumber === undefined)
      refuse('bank_account_number_required', 'A bank account has an IBAN, or a number where there is none.');
    const bankAccountId = createdId('bac', envelope);
    return this.bankAccounts.execute(
      bankStream(envelope.tenantId, bankAccountId),
      envelope,
      { type: 'RegisterBankAccount', account: { bankAccountId, ...account } },
      ({ state }) => state.registered!,
    );
  }
}
