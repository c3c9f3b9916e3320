import { randomBytes } from 'node:crypto';
import type { Configuration } from '../configuration/configuration.js';
import type { DataFolder } from '../embedded/data-folder.js';
import { secret } from '../embedded/embedded-services.js';

/** 32 bytes in base64 that have a part in every key: given, or kept in the data folder. */
export const masterKeyOf = ({ RECOUNT_MASTER_KEY: given }: Configuration, folder: DataFolder | null): string =>
  given ?? secret(folder!, 'master-key', () => randomBytes(32).toString('base64'));
