import { bankEntryOf, bankStream, type RecordedBankEntry } from '#contracts';
import {
  printable,
  refuse,
  sha256Hex,
  type BankAccountId,
  type Json,
  type LocalDate,
  type Money,
  type TenantId,
} from '#kernel';
import { subcommand, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonalData } from '../../account/ports/personal-data.js';
import type { BankAccountRecord, ImportedStatement, ImportRecord } from '../bank-account.record.js';
import { referencesOf } from '../entry-matching.js';
import { BankAccounts } from './bank-accounts.js';

/** A line of a statement, as whoever reads files tells it. */
export interface StatementLine {
  readonly identity: string;
  readonly partOf?: string;
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  readonly valueOn?: LocalDate;
  readonly reversal: boolean;
  readonly returnReason?: string;
  readonly charges?: Money;
  readonly payments?: number;
  readonly references: readonly string[];
  readonly text: string;
  readonly counterparty: { readonly name?: string; readonly iban?: string };
  readonly bankReference?: string;
  readonly endToEndId?: string;
  readonly mandateId?: string;
}

export interface ReadStatement extends Omit<ImportedStatement, 'entries'> {
  readonly account: { readonly iban?: string; readonly number?: string };
  readonly currency: string | null;
  readonly lines: readonly StatementLine[];
}

export class ImportBankStatement extends Command<Executed<ImportRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly bankAccountId: BankAccountId,
    /** All of a file. */
    readonly statements: readonly ReadStatement[],
  ) {
    super();
  }
}

/** What one append of the log holds well. */
const LINES_AT_A_TIME = 300;
const [TEXT_MAX, REASON_MAX, REFERENCES_MAX] = [4_096, 128, 100];
/** Of names and references of banks, which are far shorter. */
const NAME_MAX = 256;

/** Entries come first, then that the statement was read: what a crash leaves half done is done by the next try, and nothing twice. */
@CommandHandler(ImportBankStatement)
export class ImportBankStatementHandler implements ICommandHandler<ImportBankStatement> {
  constructor(
    private readonly bankAccounts: BankAccounts,
    private readonly personalData: PersonalData,
  ) {}

  async execute({ envelope, bankAccountId, statements }: ImportBankStatement): Promise<Executed<ImportRecord>> {
    const { tenantId } = envelope;
    const account = await this.bankAccounts.registered(tenantId, bankAccountId);
    for (const statement of statements) refuseUnlessOf(account, statement);
    const stream = bankStream(tenantId, bankAccountId);
    let recorded = 0;
    let last = { revision: -1, position: 0n };
    for (const [index, { lines, reference, from, to, opening, closing }] of statements.entries()) {
      for (let first = 0; first < lines.length; first += LINES_AT_A_TIME) {
        const entries = await this.sealed(tenantId, bankAccountId, lines.slice(first, first + LINES_AT_A_TIME));
        const { answer } = await this.bankAccounts.execute(
          stream,
          subcommand(envelope, 'entries', index, first),
          { type: 'RecordBankEntries', entries },
          ({ events }) =>
            events.reduce(
              (sum, { fact }) => sum + (fact.type === 'BankEntriesRecorded' ? fact.data.entries.length : 0),
              0,
            ),
        );
        recorded += answer;
      }
      const said = {
        ...given({ from, to, opening, closing }),
        reference: printable(reference.slice(0, TEXT_MAX)),
        entries: lines.length,
      };
      last = await this.bankAccounts.execute(
        stream,
        subcommand(envelope, 'statement', index),
        { type: 'ImportBankStatement', statement: { ...said, digest: digestOf(statements[index]!) } },
        () => null,
      );
    }
    const told = statements.map(({ lines, reference, from, to, opening, closing }) => ({
      reference,
      from,
      to,
      opening,
      closing,
      entries: lines.length,
    }));
    return { ...last, answer: { bankAccountId, statements: told, recorded } };
  }

  private sealed(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    lines: readonly StatementLine[],
  ): Promise<RecordedBankEntry[]> {
    return Promise.all(lines.map((line) => this.entryOf(tenantId, bankAccountId, line)));
  }

  private async entryOf(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    line: StatementLine,
  ): Promise<RecordedBankEntry> {
    const { counterparty, text, bankReference, endToEndId, mandateId, references, returnReason, ...booked } = line;
    const { name, iban } = counterparty;
    const fields = given({ text, name, iban, bankReference, endToEndId, mandateId });
    const short = Object.fromEntries(
      Object.entries(fields).map(([field, said]): [string, Json] => [
        field,
        said.slice(0, field === 'text' ? TEXT_MAX : NAME_MAX),
      ]),
    );
    return {
      ...booked,
      entryId: bankEntryOf(bankAccountId, line.identity),
      ...(returnReason === undefined ? {} : { returnReason: printable(returnReason.slice(0, REASON_MAX)) }),
      references: referencesOf({ references, text }).slice(0, REFERENCES_MAX),
      ...(iban === undefined ? {} : { payer: await this.personalData.blindIndex(tenantId, `iban ${iban}`) }),
      personal: await this.personalData.seal(tenantId, bankAccountId, 'documents', short),
    };
  }
}

/** Those that say something. */
const given = <Value>(fields: Readonly<Record<string, Value | null | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as Record<
    string,
    Value
  >;

const digestOf = ({ reference, opening, closing, lines }: ReadStatement): string =>
  sha256Hex(JSON.stringify([reference, `${opening?.minor} ${closing?.minor}`, lines.map(({ identity }) => identity)]));

/** Banks write account numbers in several ways: each run of their digits has to be in the one that is known. */
const refuseUnlessOf = (known: BankAccountRecord, { reference, account, currency }: ReadStatement): void => {
  const number = (known.iban ?? known.accountNumber!).replaceAll(/[^A-Za-z0-9]/gu, '').toUpperCase();
  const runs = account.number?.match(/\d{3,}/gu) ?? [];
  const isOf =
    account.iban === undefined
      ? runs.every((run) => number.includes(run))
      : known.iban === undefined
        ? account.iban.includes(number)
        : account.iban === known.iban;
  if (!isOf)
    refuse(
      'statement_of_another_account',
      `Statement ${reference} is of ${account.iban ?? account.number}, not of this account.`,
    );
  if (currency !== null && currency !== known.currency)
    refuse('currency_mismatch', `The bank account is in ${known.currency}, statement ${reference} in ${currency}.`);
};
