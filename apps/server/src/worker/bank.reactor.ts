import { BankPayments, MatchBankEntry, matchingOf } from '#billing/bank-account';
import { ReadModels } from '#billing/billing-run';
import { bankAccountOfStream, type Fact, type RecordedBankEntry, type Stored } from '#contracts';
import { derivedUuid, DomainError, EventLog, isPassing, type BankAccountId, type TenantId } from '#kernel';
import { BankQuery } from '#projections/bank';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { mapped } from '../pipeline/mapped.js';
import { Follower } from './follower.js';

const NAME = 'bank-payments';
const PATIENCE_MILLISECONDS = 30_000;

type BankEvent = Fact<'BankEntriesRecorded'> | Fact<'BankEntryMatched'> | Fact<'BankEntryUnmatched'>;

/**
 * Matches what came in with a reference that one open invoice alone has, and sees to it that each match is a payment of the account, and each that
 * was taken back is none any more. Each step has an id that follows from the entry: done again, it changes nothing.
 */
@Injectable()
export class BankReactor {
  constructor(
    private readonly payments: BankPayments,
    private readonly query: BankQuery,
    private readonly readModels: ReadModels,
    private readonly commands: CommandBus,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const follower = new Follower<BankEvent>(
      NAME,
      ['BankEntriesRecorded', 'BankEntryMatched', 'BankEntryUnmatched'],
      async (events) => {
        for (const event of events) await this.act(event);
      },
      this.log,
      this.checkpoints,
      logger,
      { batchEvents: 50 },
    );
    await follower.run(signal);
  }

  private async act({ id, stream, metadata, position, fact }: Stored<BankEvent>): Promise<void> {
    const tenantId = metadata.tenantId!;
    const bankAccountId = bankAccountOfStream(stream);
    const asked = {
      actor: { type: 'reactor', id: NAME },
      correlationId: metadata.correlationId,
      causationId: id,
    } as const;
    // The payment is of whoever matched the entry, also where this comes first.
    const asker = { ...asked, actor: metadata.actor, ...mapped('command', metadata.command) };
    switch (fact.type) {
      case 'BankEntriesRecorded': {
        const named = fact.data.entries.filter(({ references, amount }) => references.length > 0 && amount.minor > 0n);
        if (named.length === 0) return;
        await this.readModels.waitFor(['bank', 'invoices'], position, PATIENCE_MILLISECONDS);
        for (const entry of named) await this.match(tenantId, bankAccountId, entry, asked);
        return;
      }
      case 'BankEntryMatched':
        // The refusal is in the log of the bank account: it says why the entry is unmatched again.
        return leavingRefusals(() => this.payments.book(tenantId, bankAccountId, fact.data, asker));
      case 'BankEntryUnmatched':
        return leavingRefusals(() => this.payments.reverse(tenantId, fact.data, asker));
    }
  }

  private async match(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    { entryId, amount, references }: RecordedBankEntry,
    asked: Parameters<BankPayments['book']>[3],
  ): Promise<void> {
    const items = await this.query.openItems(tenantId, { references, numbers: [], payer: null });
    const { certain } = matchingOf({ amount, references, text: '', payer: null }, items);
    if (certain === null) return;
    const commandId = derivedUuid(NAME, entryId);
    const { accountId, invoiceId } = certain;
    const match = { accountId, allocations: [{ invoiceId, amount }], reason: 'reference' } as const;
    const envelope = { tenantId, commandId, requestHash: commandId, ...asked };
    await leavingRefusals(() => this.commands.execute(new MatchBankEntry(envelope, bankAccountId, entryId, match)));
  }
}

/** What may not be done is left for a person; what cannot be done now is tried again. */
const leavingRefusals = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || isPassing(error)) throw error;
  }
};
