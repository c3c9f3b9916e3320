import { join } from 'node:path';
import { exportsIn } from '#discovery';
import type { Projection, Query, ReadModel, ServedPart, TokensOf } from '#projection';

/** One of each folder of projections. */
const READ_MODELS = (
  await exportsIn(join(import.meta.dirname, '../../../../projections'), /^[^/]+\/src\/index$/u)
).filter((value): value is ReadModel => typeof value === 'object' && value !== null && 'projection' in value);

const projectionOf = ({ projection }: ReadModel, tokensOf: TokensOf): Projection =>
  typeof projection === 'function' ? projection(tokensOf) : projection;

/** All that the server keeps; one of them has to open what is personal. */
export const projectionsWith = (tokensOf: TokensOf): readonly Projection[] =>
  READ_MODELS.map((readModel) => projectionOf(readModel, tokensOf));

const MODELS = READ_MODELS.map((readModel) => ({ ...readModel, projection: projectionOf(readModel, () => []) }));

export const PROJECTION_NAMES: readonly string[] = MODELS.map(({ projection }) => projection.name);

/** The least version of each that is good enough: any, where nothing is decided by it. */
export const LEAST_VERSIONS: readonly number[] = MODELS.map(({ projection, decides }) =>
  decides ? projection.version : 0,
);

/** Those of which each row is of one account. */
export const PROJECTIONS_OF_ACCOUNTS: readonly Projection[] = MODELS.filter(({ rowsOfAccounts }) => rowsOfAccounts).map(
  ({ projection }) => projection,
);

export const QUERIES: readonly Query[] = READ_MODELS.flatMap(({ queries = [] }) => queries);

export const SERVED_PARTS: readonly ServedPart[] = READ_MODELS.flatMap(({ served = [] }) => served);
