import { NumberInvoice } from '#billing/invoice';
import { AssignNumbers } from '#billing/numbering';
import { accountOfStream, tenantOfStream, type AssignedNumber, type Fact, type StoredFact } from '#contracts';
import { allEnded, derivedUuid, EventLog, type SeriesId } from '#kernel';
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

/** Assign a number on finalization; tell the invoice on assignment. Each step is found in the log, so none is lost or doubled. */
@Injectable()
export class NumberingReactors {
  constructor(
    private readonly numbers: AssignNumbers,
    private readonly commands: CommandBus,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const assign = new Follower<Fact<'InvoiceFinalized'>>(
      'assign-number-on-invoice-finalized',
      'InvoiceFinalized',
      (events) => this.numbers.assign(events),
      this.log,
      this.checkpoints,
      logger,
    );
    const tell = new Follower<Fact<'NumbersAssigned'>>(
      TELL,
      'NumbersAssigned',
      (events) => this.tellInvoices(events),
      this.log,
      this.checkpoints,
      logger,
      EVENTS_TOLD_AT_A_TIME,
    );
    await allEnded([assign.run(signal), tell.run(signal)]);
  }

  private async tellInvoices(events: readonly StoredFact<'NumbersAssigned'>[]): Promise<void> {
    const limit = pLimit(COMMANDS_AT_A_TIME);
    const told = events.flatMap((event) => event.fact.data.numbers.map((number) => ({ event, number })));
    await allEnded(told.map(({ event, number }) => limit(() => this.tellInvoice(event, number))));
  }

  private async tellInvoice(
    { id, stream }: StoredFact<'NumbersAssigned'>,
    { documentId: invoiceId, sequence, number, source }: AssignedNumber,
  ): Promise<void> {
    const tenantId = tenantOfStream(stream);
    const seriesId: SeriesId = `ser_${stream.slice(stream.indexOf('_') + 1)}`;
    const commandId = derivedUuid(TELL, id, invoiceId);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: TELL },
      correlationId: id,
      causationId: id,
    } as const;
    await this.commands.execute(
      new NumberInvoice(envelope, accountOfStream(source.stream), { invoiceId, seriesId, sequence, number }),
    );
  }
}
