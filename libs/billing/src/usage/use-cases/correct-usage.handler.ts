import { usageStream, type Reading, type UsageCorrection, type Meter } from '#contracts';
import { Clock, EventLog, notFound, refuse, refuseAt, type AccountId, type Appended } from '#kernel';
import { propose, subcommand, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { valueRefusal } from '../value-refusal.js';
import { UsageReadings, type CorrectableReading } from '../ports/usage-readings.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { UsageSubjects } from './usage-subjects.js';

/** Tells what a reading should have said, or that it never happened (without properties). */
export class CorrectUsage extends Command<Executed<CorrectableReading>> {
  constructor(
    readonly envelope: Envelope,
    readonly correction: {
      readonly id: string;
      readonly accountId?: AccountId;
      readonly properties?: Reading['properties'];
      readonly reason: string;
    },
  ) {
    super();
  }
}

@CommandHandler(CorrectUsage)
export class CorrectUsageHandler implements ICommandHandler<CorrectUsage> {
  constructor(
    private readonly readings: UsageReadings,
    private readonly subjects: UsageSubjects,
    private readonly tenants: Tenants,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends to the stream of the reading; the next billing carries the difference, also of a period that is billed.
   * @throws DomainError `reading_not_found`, `reading_ambiguous`, `reading_retracted`, `account_closed`, `invalid_decimal`, `value_not_computable`, `negative_value`
   */
  async execute({ envelope, correction }: CorrectUsage): Promise<Executed<CorrectableReading>> {
    const { tenantId } = envelope;
    const { id, properties, reason } = correction;
    const [found, another] = await this.readings.find(tenantId, id, correction.accountId);
    if (found === undefined) return notFound('reading', id);
    if (another !== undefined)
      return refuse(
        'reading_ambiguous',
        'Several accounts have a reading with this id: name the accountId.',
        'conflict',
      );
    const { accountId, reading } = found;
    if (found.retracted) {
      // Retracting it again changes nothing.
      if (properties === undefined)
        return { answer: found, position: await this.log.head(), revision: reading.revision };
      return refuse('reading_retracted', `Reading “${id}” was retracted: it counts no more.`);
    }
    const own = { ...subcommand(envelope, 'correction', accountId), accountId };
    const [{ accounts, numeric }, shards, done] = await Promise.all([
      this.subjects.find(tenantId, [{ accountId }]),
      this.tenants.usageShards(tenantId),
      this.readings.corrected(tenantId, own.commandId),
    ]);
    if (accounts.get(accountId) !== 'open') return refuse('account_closed', 'The account is closed.');
    if (properties !== undefined) refuseValues(properties, numeric.get(reading.event));
    const fact: UsageCorrection =
      properties === undefined
        ? { type: 'UsageRetracted', data: { accountId, reading, reason } }
        : { type: 'UsageAmended', data: { accountId, reading, properties, reason } };
    const stream = usageStream(tenantId, accountId, shards);
    // Stored again, it would take back what was said after it.
    const { position, revision } = done ?? (await this.append(stream, fact, own));
    return { answer: { ...found, retracted: properties === undefined }, position, revision };
  }

  private append(stream: string, fact: UsageCorrection, envelope: Envelope): Promise<Appended> {
    const proposals = propose([fact], stream, envelope, this.clock.now());
    return this.log.append(
      stream,
      proposals.map(({ event }) => event),
      'any',
    );
  }
}

/** A meter counts what it can read as a number: what it could not would be lost in silence. */
const refuseValues = (properties: Reading['properties'], meters: readonly Meter[] | undefined): void => {
  const refusal = valueRefusal(properties, meters);
  if (!refusal) return;
  const { property, code, message } = refusal;
  refuseAt(property === undefined ? '/properties' : `/properties/${property}`, code, message);
};
