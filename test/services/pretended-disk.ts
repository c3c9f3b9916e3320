/** Loaded before the server and its event store (`--import`): while a file is there, every disk says that it has no room. */
import fs, { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const file = process.env['TEST_DISK_FULL_FILE'];
if (file !== undefined) {
  const ask = fs.statfsSync as (path: string) => fs.StatsFs;
  const pretended = (path: string): fs.StatsFs => {
    const found = ask(path);
    return existsSync(file) ? Object.assign(found, { bavail: 0 }) : found;
  };
  Object.assign(fs, { statfsSync: pretended });
  syncBuiltinESMExports();
}
