import { decodeEvent, numberingStream, tenantOfStream, type StoredFact, type Fact } from '#contracts';
import { allEnded, Clock, derivedUuid, EventLog, type SeriesId } from '#kernel';
import { propose } from '#write-path';
import { Injectable } from '@nestjs/common';
import { numbersAssigned } from '../numbering.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';

/** What asks for a number: an invoice or a credit note that was issued. */
export type IssuedDocument = StoredFact<'InvoiceFinalized' | 'CreditNoteIssued'>;

type NumberedDocument = IssuedDocument & { readonly fact: { readonly data: { readonly seriesId: SeriesId } } };

/** A billing below zero is told by its credit note, which has the number. */
const isNumbered = (issued: IssuedDocument): issued is NumberedDocument => issued.fact.data.seriesId !== undefined;

/** Events of one size: a series may have to catch up with a hundred thousand invoices. */
const NUMBERS_PER_EVENT_MAX = 500;

interface SeriesEnd {
  revision: number;
  nextSequence: number | null;
  /** Position of the last document that has its number. */
  numberedThrough: bigint;
}

/**
 * Gives issued documents their numbers, in the order of the log. The series is its own checkpoint: the last number of
 * its last event says which document was numbered last, and what stands at or before that one has its number already.
 */
@Injectable()
export class AssignNumbers {
  private readonly ends = new Map<string, SeriesEnd>();

  constructor(
    private readonly log: EventLog,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** In log order. Repeating a part of it assigns nothing twice. */
  async assign(issued: readonly IssuedDocument[]): Promise<void> {
    const bySeries = Map.groupBy(issued.filter(isNumbered), ({ stream, fact }) =>
      numberingStream(tenantOfStream(stream), fact.data.seriesId),
    );
    await allEnded([...bySeries].map(([stream, events]) => this.assignOf(stream, events)));
  }

  private async assignOf(stream: string, events: readonly NumberedDocument[]): Promise<void> {
    const end = this.ends.get(stream) ?? (await this.endOf(stream));
    const waiting = events.filter(({ position }) => position > end.numberedThrough);
    try {
      for (let begin = 0; begin < waiting.length; begin += NUMBERS_PER_EVENT_MAX) {
        await this.append(stream, end, waiting.slice(begin, begin + NUMBERS_PER_EVENT_MAX));
      }
      this.ends.set(stream, end);
    } catch (error) {
      // What is known of the end may be wrong now: the next attempt reads it again.
      this.ends.delete(stream);
      throw error;
    }
  }

  private async append(stream: string, end: SeriesEnd, events: readonly NumberedDocument[]): Promise<void> {
    const tenantId = tenantOfStream(stream);
    const { format, start } = await this.tenants.seriesOf(tenantId, events[0]!.fact.data.seriesId);
    const requests = events.map(({ id, stream: source, revision, fact: { data } }) => ({
      documentId: 'creditNoteId' in data ? data.creditNoteId : data.invoiceId,
      issueDate: data.issueDate,
      source: { stream: source, revision, eventId: id },
    }));
    const next = end.nextSequence ?? start;
    const last = events.at(-1)!;
    const commandId = derivedUuid('assign-numbers', stream, events[0]!.id, last.id);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: 'assign-numbers' },
      correlationId: commandId,
    } as const;
    const proposals = propose([numbersAssigned(requests, { format, next })], stream, envelope, this.clock.now());
    const expected = end.revision < 0 ? 'no_stream' : end.revision;
    const { revision } = await this.log.append(
      stream,
      proposals.map(({ event }) => event),
      expected,
    );
    end.revision = revision;
    end.nextSequence = next + events.length;
    end.numberedThrough = last.position;
  }

  private async endOf(stream: string): Promise<SeriesEnd> {
    const [last] = await Array.fromAsync(this.log.readStream(stream, { direction: 'backward', limit: 1 }));
    if (!last) return { revision: -1, nextSequence: null, numberedThrough: 0n };
    const { sequence, source: asked } = decodeEvent<Fact<'NumbersAssigned'>>(last).fact.data.numbers.at(-1)!;
    const { stream: source, revision } = asked;
    const [document] = await Array.fromAsync(this.log.readStream(source, { from: revision, limit: 1 }));
    return { revision: last.revision, nextSequence: sequence + 1, numberedThrough: document!.position };
  }
}
