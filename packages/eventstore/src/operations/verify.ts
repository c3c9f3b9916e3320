/** Operations: `--verify` reads a whole store and says what is wrong with it. */
import { openTablesToRead } from '../storage/tables.js';
import { checkTables } from './check.js';
import { type Say } from './operation.js';

const MOST_FINDINGS_TOLD = 100;

/** Whether all is right. @throws NoStore | UnknownLayout */
export const verify = async (folder: string, say: Say): Promise<boolean> => {
  const tables = openTablesToRead(folder);
  let findings = 0;
  try {
    const { events, streams, begunLater } = checkTables(tables, (finding) => {
      if (++findings <= MOST_FINDINGS_TOLD) say(finding);
    });
    if (findings > MOST_FINDINGS_TOLD) say(`… and ${findings - MOST_FINDINGS_TOLD} more.`);
    if (begunLater > 0) say(`${begunLater} streams begin after revision 0.`);
    say(
      `${folder}: ${events} events in ${streams} streams, ${findings === 0 ? 'all is right' : `${findings} findings`}.`,
    );
  } finally {
    await tables.root.close();
  }
  return findings === 0;
};
