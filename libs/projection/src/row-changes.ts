import type { Changes, KeyOf, Row, TableDefinition } from './table.js';

type Values = Readonly<Record<string, unknown>>;

/** What becomes of one keyed row in a batch. `put` writes it whole, `patch` some columns of one that is there. */
export type RowChange =
  { readonly kind: 'put' | 'patch'; readonly values: Values } | { readonly kind: 'remove'; readonly values: Values };

export interface TableChanges {
  readonly table: TableDefinition;
  /** Rows that are facts, in the order of their events: one that is there already stays. */
  readonly appended: Values[];
  /** By key: what a batch changes about a row ends up as one change. */
  readonly byKey: Map<string, RowChange>;
}

/** Collects what a batch of events does to tables, so that it can be written set by set. */
export class RowChanges {
  private readonly changes = new Map<string, TableChanges>();

  append<Table extends TableDefinition>(table: Table, row: Row<Table>): void {
    this.of(table).appended.push(row);
  }

  put<Table extends TableDefinition>(table: Table, row: Row<Table>): void {
    this.of(table).byKey.set(keyText(table, row), { kind: 'put', values: row });
  }

  patch<Table extends TableDefinition>(table: Table, key: KeyOf<Table>, changes: Changes<Table>): void {
    const { byKey } = this.of(table);
    const text = keyText(table, key);
    const known = byKey.get(text);
    if (known?.kind === 'remove') return;
    byKey.set(text, { kind: known?.kind ?? 'patch', values: { ...known?.values, ...key, ...changes } });
  }

  remove<Table extends TableDefinition>(table: Table, key: KeyOf<Table>): void {
    this.of(table).byKey.set(keyText(table, key), { kind: 'remove', values: key });
  }

  get isEmpty(): boolean {
    return this.changes.size === 0;
  }

  tables(): Iterable<TableChanges> {
    return this.changes.values();
  }

  private of(table: TableDefinition): TableChanges {
    let changes = this.changes.get(table.name);
    if (!changes) this.changes.set(table.name, (changes = { table, appended: [], byKey: new Map() }));
    return changes;
  }
}

const keyText = ({ key }: TableDefinition, values: Values): string => {
  if (key.length === 1) return String(values[key[0]!]);
  return key.map((column) => String(values[column])).join('\u0001');
};
