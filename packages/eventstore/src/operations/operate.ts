/** Operations: what the process does instead of serving, by its command line. */
import { mkdirSync } from 'node:fs';

import { lockFolder } from '../supervision/folder-lock.js';
import { backUp } from './backup.js';
import { readExport, writeExport } from './export-file.js';
import { eventsOfFolder, importToFolder, type Imported } from './local-store.js';
import { type Say } from './operation.js';
import { eventsOfServer } from './remote-events.js';
import { importToServer } from './remote-import.js';
import { verify } from './verify.js';

/** Either a folder or a server. */
export type Place = { readonly folder: string } | { readonly server: string };

export type Operation =
  | { readonly kind: 'verify'; readonly folder: string }
  | { readonly kind: 'backup'; readonly folder: string; readonly target: string }
  | { readonly kind: 'export'; readonly file: string; readonly from: Place }
  | { readonly kind: 'import'; readonly file: string; readonly to: Place };

/** Whether it went well; what did not is said, or thrown. */
export const operate = async (operation: Operation, say: Say): Promise<boolean> => {
  switch (operation.kind) {
    case 'verify':
      return verify(operation.folder, say);
    case 'backup':
      return backUp(operation.folder, operation.target, say);
    case 'export': {
      const { file, from } = operation;
      const events = 'folder' in from ? eventsOfFolder(from.folder) : eventsOfServer(from.server);
      say(`${await writeExport(file, events)} events exported to ${file}.`);
      return true;
    }
    case 'import': {
      const { file, to } = operation;
      const { written, there } = await ('folder' in to
        ? importLocked(to.folder, file)
        : importToServer(to.server, readExport(file)));
      say(`${written} events imported from ${file}${there > 0 ? `, ${there} were there already` : ''}.`);
      return true;
    }
  }
};

const importLocked = async (folder: string, file: string): Promise<Imported> => {
  mkdirSync(folder, { recursive: true });
  const lock = await lockFolder(folder, { patienceMs: 0 });
  try {
    return await importToFolder(folder, readExport(file));
  } finally {
    await lock.release();
  }
};
