import { NumberInvoice } from '#billing/invoice';
import { AssignNumbers } from '#billing/numbering';
import { accountOfStream, tenantOfStream, type Fact, type StoredFact } from '#contracts';
import { allEnded, derivedUuid, EventLog, type SeriesId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { Follower } from './follower.js';

const COMMANDS_AT_A_TIME = 64;

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
    const tell = new Follower<Fact<'NumberAssigned'>>(
      'number-invoice-on-number-assigned',
      'NumberAssigned',
      (events) => this.tellInvoices(events),
      this.log,
      this.checkpoints,
      logger,
    );
    await allEnded([assign.run(signal), tell.run(signal)]);
  }

  private async tellInvoices(events: readonly StoredFact<'NumberAssigned'>[]): Promise<void> {
    const limit = pLimit(COMMANDS_AT_A_TIME);
    await allEnded(events.map((event) => limit(() => this.tellInvoice(event))));
  }

  private async tellInvoice({ id, stream, fact: { data } }: StoredFact<'NumberAssigned'>): Promise<void> {
    const tenantId = tenantOfStream(stream);
    const seriesId: SeriesId = `ser_${stream.slice(stream.indexOf('_') + 1)}`;
    const envelope = {
      tenantId,
      commandId: derivedUuid('number-invoice-on-number-assigned', id),
      requestHash: id,
      actor: { type: 'reactor', id: 'number-invoice-on-number-assigned' },
      correlationId: id,
      causationId: id,
    } as const;
    const { documentId: invoiceId, sequence, number, source } = data;
    await this.commands.execute(
      new NumberInvoice(envelope, accountOfStream(source.stream), { invoiceId, seriesId, sequence, number }),
    );
  }
}
