import { join } from 'node:path';
import { exportsIn } from '#discovery';
import type { Projection, Query, ReadModel, ServedPart, TokensOf } from '#projection';

/** One of each folder of projections. */
const READ_MODELS = (
  await exportsIn(join(import.meta.dirname, '../../../../projections'), /^[^/]+\/src\/index$/u)
).filter((value): value is ReadModel => typeof value === 'object' && value !== null && 'projection' in value);

const projectionsOf = (readModels: readonly ReadModel[], tokensOf: TokensOf): Projection[] =>
  readModels.map(({ projection }) => (typeof projection === 'function' ? projection(tokensOf) : projection));

const named = projectionsOf(READ_MODELS, () => []);

/** All that the server keeps; one of them has to open what is personal. */
export const projectionsWith = (tokensOf: TokensOf): readonly Projection[] => projectionsOf(READ_MODELS, tokensOf);

export const PROJECTION_NAMES: readonly string[] = named.map(({ name }) => name);

/** The least version of each that is good enough: any, where nothing is decided by it. */
export const LEAST_VERSIONS: readonly number[] = named.map(({ version }, index) =>
  READ_MODELS[index]!.decides ? version : 0,
);

/** Those of which each row is of one account. */
export const PROJECTIONS_OF_ACCOUNTS: readonly Projection[] = named.filter(
  (_, index) => READ_MODELS[index]!.rowsOfAccounts,
);

export const QUERIES: readonly Query[] = READ_MODELS.flatMap(({ queries = [] }) => queries);

export const SERVED_PARTS: readonly ServedPart[] = READ_MODELS.flatMap(({ served = [] }) => served);
