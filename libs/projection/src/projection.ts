import type { Stored, FactType } from '#contracts';
import type { Event } from '#kernel';
import type { PoolClient } from '#postgres';
import type { RowChanges } from './row-changes.js';
import type { TableDefinition } from './table.js';

/** A fold that keeps tables. A changed one raises its version and is rebuilt beside the old one. */
export interface Projection<Fact extends Event = Event> {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  /** Tables of other projections that its queries read, each as `projection.table`: a rebuild of those changes its answers, too. */
  readonly reads: readonly string[];
  /** The events that it wants; all others it merely considers. */
  readonly events: readonly FactType[];
  /** Says which rows follow from a fact. Pure, but for the changes that it notes. */
  readonly project: (event: Stored<Fact>, rows: RowChanges) => void;
  /**
   * Where rows that it appends were there already, the events of the batch are looked at once more, in the transaction that writes it. Notes
   * what is to be changed about what was written.
   */
  readonly onRepeated?: OnRepeated<Fact>;
}

export type OnRepeated<Fact extends Event = Event> = (
  client: PoolClient,
  schema: string,
  events: readonly Stored<Fact>[],
  rows: RowChanges,
) => Promise<void>;

/** Gives each handler its own event type; what is not named is not wanted. */
export type ProjectionHandlers<Fact extends Event> = {
  readonly [Type in Fact['type']]?: (event: Stored<Extract<Fact, { type: Type }>>, rows: RowChanges) => void;
};

/** One handler for each of several types of events. */
export const onEach = <Type extends string, Fact extends Event>(
  types: readonly Type[],
  handle: (event: Stored<Fact>, rows: RowChanges) => void,
): { readonly [One in Type]: typeof handle } =>
  Object.fromEntries(types.map((type) => [type, handle])) as { [One in Type]: typeof handle };

export const projection = <Fact extends Event>(definition: {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableDefinition[];
  readonly reads?: readonly string[];
  readonly on: ProjectionHandlers<Fact>;
  readonly onRepeated?: OnRepeated<Fact>;
}): Projection => {
  const handlers = definition.on as unknown as Readonly<Record<string, (event: Stored, rows: RowChanges) => void>>;
  return {
    name: definition.name,
    version: definition.version,
    tables: definition.tables,
    reads: definition.reads ?? [],
    events: Object.keys(handlers) as FactType[],
    project: (event, rows) => handlers[event.fact.type]?.(event, rows),
    ...(definition.onRepeated === undefined ? {} : { onRepeated: definition.onRepeated as unknown as OnRepeated }),
  };
};
