import { join } from 'node:path';
import { exportsIn } from '#discovery';
import type { Tag } from '../pipeline/tag.js';

/** What belongs together, in the order in which a newcomer meets it. */
export const TAGS: readonly Tag[] = (
  (await exportsIn(join(import.meta.dirname, '../rest'), /^[^/]+\/tag$/u)) as Tag[]
).sort((left, right) => left.place - right.place);
