import { NumberCreditNote } from '#billing/credit-note';
import { NumberInvoice } from '#billing/invoice';
import { AssignNumbers } from '#billing/numbering';
import {
  accountOfStream,
  decodeEvent,
  tenantOfStream,
  type AssignedNumber,
  type Fact,
  type Stored,
  type StoredFact,
} from '#contracts';
import { allEnded, derivedUuid, EventLog, ID_PREFIXES, isId, type SeriesId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { Follower } from './follower.js';

const COMMANDS_AT_A_TIME = 64;
/** Each has up to 500 numbers. */
const EVENTS_TOLD_AT_A_TIME = 4;
const TELL = 'number-invoice-on-numbers-assigned';

/** A document's number, and where it was assigned. */
interface Telling {
  readonly event: Pick<Stored, 'id' | 'stream'>;
  readonly number: AssignedNumber;
}

/** Assign a number to what is issued; tell the document on assignment. Each step is found in the log, so none is lost or doubled. */
@Injectable()
export class NumberingReactors {
  constructor(
    private readonly numbers: AssignNumbers,
    private readonly commands: CommandBus,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const assign = new Follower<Fact<'InvoiceFinalized' | 'CreditNoteIssued'>>(
      'assign-number-on-invoice-finalized',
      ['InvoiceFinalized', 'CreditNoteIssued'],
      (events) => this.numbers.assign(events),
      this.log,
      this.checkpoints,
      logger,
    );
    const tell = new Follower<Fact<'NumbersAssigned'>>(
      TELL,
      ['NumbersAssigned'],
      (events) => this.tellDocuments(events),
      this.log,
      this.checkpoints,
      logger,
      { batchEvents: EVENTS_TOLD_AT_A_TIME, leftToDo: (after, stopping) => this.tellUntold(after, stopping) },
    );
    await allEnded([assign.run(signal), tell.run(signal)]);
  }

  /** Those that no event of the document shows: one that knows its number is not asked to take it again. */
  private async tellUntold(after: bigint, signal: AbortSignal): Promise<bigint> {
    const untold = new Map<string, Telling>();
    let looked = after;
    const filter = { typePrefixes: ['NumbersAssigned', 'InvoiceNumbered', 'CreditNoteNumbered'] };
    for await (const logged of this.log.readAll({ ...(after > 0n ? { after } : {}), filter })) {
      signal.throwIfAborted();
      const { stream, fact, id, position } = decodeEvent<Numbering>(logged);
      if (fact.type === 'InvoiceNumbered') untold.delete(keyOf(stream, fact.data.invoiceId));
      else if (fact.type === 'CreditNoteNumbered') untold.delete(keyOf(stream, fact.data.creditNoteId));
      else {
        for (const number of fact.data.numbers)
          untold.set(keyOf(number.source.stream, number.documentId), { event: { id, stream }, number });
      }
      looked = position;
    }
    await this.tellEach([...untold.values()]);
    return looked;
  }

  private tellDocuments(events: readonly StoredFact<'NumbersAssigned'>[]): Promise<void> {
    return this.tellEach(events.flatMap((event) => event.fact.data.numbers.map((number) => ({ event, number }))));
  }

  private async tellEach(tellings: readonly Telling[]): Promise<void> {
    const limit = pLimit(COMMANDS_AT_A_TIME);
    await allEnded(tellings.map((telling) => limit(() => this.tellDocument(telling))));
  }

  private async tellDocument({
    event: { id, stream },
    number: { documentId, sequence, number, source },
  }: Telling): Promise<void> {
    const tenantId = tenantOfStream(stream);
    const seriesId: SeriesId = `ser_${stream.slice(stream.indexOf('_') + 1)}`;
    const commandId = derivedUuid(TELL, id, documentId);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: TELL },
      correlationId: id,
      causationId: id,
    } as const;
    const accountId = accountOfStream(source.stream);
    const given = { seriesId, sequence, number };
    await this.commands.execute(
      isId(ID_PREFIXES.credit_note, documentId)
        ? new NumberCreditNote(envelope, accountId, { creditNoteId: documentId, ...given })
        : new NumberInvoice(envelope, accountId, { invoiceId: documentId, ...given }),
    );
  }
}

type Numbering = Fact<'NumbersAssigned'> | Fact<'InvoiceNumbered'> | Fact<'CreditNoteNumbered'>;

const keyOf = (stream: string, documentId: string): string => `${stream} ${documentId}`;
