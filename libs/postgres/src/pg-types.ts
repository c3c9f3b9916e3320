import pg, { type CustomTypesConfig } from 'pg';

const { builtins } = pg.types;
const getTypeParser: (oid: number, format?: 'text' | 'binary') => (text: string) => unknown = pg.types.getTypeParser;

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.DATE, (text) => text],
  // Sessions run in UTC, so the text ends in +00; microseconds stay, which a Date would lose.
  [builtins.TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`],
]);

/** What columns become in memory: int8 a bigint, timestamptz a canonical instant, date and numeric texts. */
export const COLUMN_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? getTypeParser(oid, format),
};
