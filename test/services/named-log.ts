import type { Event, ProposedEvent } from '#kernel';
import { anEnvelope, at, InMemoryEventLog, TENANT } from '#testing';
import { projection, table, type Projection, type RowChanges } from '#projection';
import { propose, type Envelope } from '#write-path';
import type { Stored } from '#contracts';

type AliasFact = Event<'AliasReserved' | 'AliasReleased', { readonly hash: string; readonly targetId: string }>;

/** Who has which name now, and how often it was given: rows that are overwritten, and rows that are only added. */
export const names = table({
  name: 'names',
  columns: { tenant_id: 'text', hash: 'text', target_id: 'text', position: 'bigint' },
  key: ['tenant_id', 'hash'],
  indexes: ['tenant_id, position DESC'],
});

export const namings = table({
  name: 'namings',
  columns: { tenant_id: 'text', position: 'bigint', target_id: 'text?', named_at: 'timestamptz' },
  key: ['tenant_id', 'position', 'named_at'],
  months: 'named_at',
});

/** A projection as small as one can be; `broken` says at which events it fails, as long as it says so. */
export const namesProjection = ({
  name = 'names',
  version = 1,
  tables = [names, namings],
  broken = () => false,
}: {
  readonly name?: string;
  readonly version?: number;
  readonly tables?: readonly [typeof names, typeof namings];
  readonly broken?: (event: Stored<AliasFact>) => boolean;
} = {}): Projection => {
  const put = (event: Stored<AliasFact>, rows: RowChanges): void => {
    if (broken(event)) throw new Error('It is broken.');
    const { metadata, position, fact } = event;
    const { hash, targetId } = fact.data;
    const tenant_id = metadata.tenantId!;
    rows.put(tables[0], { tenant_id, hash, target_id: targetId, position });
    rows.append(tables[1], { tenant_id, position, target_id: targetId, named_at: metadata.recordedAt });
  };
  return projection<AliasFact>({ name, version, tables, on: { AliasReserved: put } });
};

const HASH = 'a'.repeat(63);

/** A log of names that are given; releases are facts that the projection does not want. */
export class NamedLog extends InMemoryEventLog {
  private told = 0;

  /** Gives so many names, each a command of its own. */
  async name(count: number, envelope: Partial<Envelope> = {}): Promise<void> {
    for (let index = 0; index < count; index++) await this.tell('AliasReserved', envelope);
  }

  release(envelope: Partial<Envelope> = {}): Promise<void> {
    return this.tell('AliasReleased', envelope);
  }

  /** What no version of Recount ever stored. */
  async confuse(): Promise<void> {
    await this.store(this.proposed('AliasReserved').map((event) => ({ ...event, type: 'NeverHeardOf' })));
  }

  private async tell(type: AliasFact['type'], envelope: Partial<Envelope>): Promise<void> {
    await this.store(this.proposed(type, envelope));
  }

  private proposed(type: AliasFact['type'], envelope: Partial<Envelope> = {}): ProposedEvent[] {
    this.told += 1;
    const data = { type: 'subscription', hash: `${HASH}${this.told % 5}`, targetId: `target-${this.told}` };
    const own = { ...anEnvelope(this.told), tenantId: TENANT, ...envelope };
    return propose([{ type, data }], 'alias-told', own, at('2026-01-01T00:00:00Z')).map(({ event }) => event);
  }

  private async store(events: readonly ProposedEvent[]): Promise<void> {
    await this.append('alias-told', events, 'any');
  }
}

/** The same under another name, with tables of its own. */
export const otherNamesProjection = (): Projection =>
  namesProjection({
    name: 'other-names',
    tables: [
      table({ ...names, name: 'other_names', columns: names.columns, key: ['tenant_id', 'hash'] }),
      table({ ...namings, name: 'other_namings', columns: namings.columns, key: namings.key }),
    ] as never,
  });
