import type { Stored, AccountFact } from '#contracts';
import type { AccountId } from '#kernel';
import { differencesBetween, type Difference } from './difference.js';

/** A row of a read model, by column. */
export type ServedRow = Readonly<Record<string, unknown>>;

/** By table, and in it by key. */
export type RowsByTable = ReadonlyMap<string, ReadonlyMap<string, ServedRow>>;

/** Makes an account's rows anew from its events, beside those that are served. */
export interface RowsMadeAnew {
  take(event: Stored<AccountFact>): void;
  readonly rows: RowsByTable;
  /** The last event that had a hand in a row. */
  eventOf(table: string, key: string): NonNullable<Difference['event']> | undefined;
}

/** Rows that the log does not make, or makes otherwise: those of the earliest event first. */
export const rowDifferences = (accountId: AccountId, anew: RowsMadeAnew, served: RowsByTable): Difference[] => {
  const tables = new Set([...anew.rows.keys(), ...served.keys()]);
  const found = [...tables].flatMap((table) => {
    const [expected, there] = [anew.rows.get(table), served.get(table)];
    return [...new Set([...(expected?.keys() ?? []), ...(there?.keys() ?? [])])].flatMap((key) => {
      const event = anew.eventOf(table, key);
      const row = differencesBetween(accountId, `rows ${table}`, expected?.get(key) ?? null, there?.get(key) ?? null);
      return row.map((difference) => ({ ...difference, ...(event ? { event } : {}) }));
    });
  });
  return found.sort((left, right) => (left.event?.revision ?? Infinity) - (right.event?.revision ?? Infinity));
};
