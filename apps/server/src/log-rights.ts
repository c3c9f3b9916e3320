import { DOMAIN_STREAM_PREFIXES, INSTALLATION_STREAM } from '#contracts';
import { EventStoreDbLog, lackingRights, type LogRight } from '#event-store';
import { EventLogDenied } from '#kernel';
import { StartRefused } from './embedded/data-folder.js';

const LACKING: Readonly<Record<LogRight, string>> = {
  read_all: 'may not read $all, which read models are made from: name it in "$acl"."$r" of the metadata of $all',
  read_streams: 'may not read streams: name it in "$userStreamAcl"."$r" of the stream $settings',
  append: 'may not append to streams: name it in "$userStreamAcl"."$w" of the stream $settings',
};

/** Without them it would start, look well, and never do anything. @throws StartRefused */
export const refuseWithoutRights = async (eventStoreUrl: string): Promise<void> => {
  const log = new EventStoreDbLog(eventStoreUrl);
  try {
    const lacking = await lackingRights(log, INSTALLATION_STREAM, { streamPrefixes: DOMAIN_STREAM_PREFIXES });
    if (lacking.length > 0) throw new StartRefused(lacking.map(lineOf).join('\n'));
  } catch (error) {
    if (!(error instanceof EventLogDenied)) throw error;
    throw new StartRefused('The event store does not take the user and password of EVENTSTORE_URL.');
  } finally {
    await log.dispose();
  }
};

export const lineOf = (right: LogRight): string =>
  `The user of EVENTSTORE_URL ${LACKING[right]}, as docs/security.md says.`;
