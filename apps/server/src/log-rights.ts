import { DOMAIN_STREAM_PREFIXES, INSTALLATION_STREAM } from '#contracts';
import { lackingRights, type LogRight } from '#event-store';
import type { EventLog } from '#kernel';
import { StartRefused } from './embedded/data-folder.js';

const LACKING: Readonly<Record<LogRight, string>> = {
  read_all: 'may not read $all, which read models are made from: name it in "$acl"."$r" of the metadata of $all',
  read_streams: 'may not read streams: name it in "$userStreamAcl"."$r" of the stream $settings',
  append: 'may not append to streams: name it in "$userStreamAcl"."$w" of the stream $settings',
};

/** Without them it would start, look well, and never do anything. @throws StartRefused */
export const refuseWithoutRights = async (log: EventLog): Promise<void> => {
  const lacking = await lackingRights(log, INSTALLATION_STREAM, { streamPrefixes: DOMAIN_STREAM_PREFIXES });
  if (lacking.length === 0) return;
  const lines = lacking.map((right) => `The user of EVENTSTORE_URL ${LACKING[right]}, as docs/security.md says.`);
  throw new StartRefused(lines.join('\n'));
};
