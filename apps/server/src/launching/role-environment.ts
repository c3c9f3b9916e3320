import { join } from 'node:path';
import type { Configuration } from '../configuration/configuration.js';

/** How a process of one role is told where the embedded parts write. */
export const FOLDER_VARIABLE = 'RECOUNT_EMBEDDED_FOLDER';

/** The file of the key ring, which all processes share. */
export const keyRingOf = ({ RECOUNT_KEY_RING, RECOUNT_DATA_DIR }: Configuration): string =>
  RECOUNT_KEY_RING ?? join(RECOUNT_DATA_DIR, 'key-ring');
