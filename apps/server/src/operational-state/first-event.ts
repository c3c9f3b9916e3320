import { INSTALLATION_STREAM, metadataOf } from '#contracts';
import type { Clock, EventLog, LoggedEvent } from '#kernel';

const NEW_LOG_MILLISECONDS = 10 * 60 * 1_000;

/** What the log began with: no other log has it. Undefined while it is empty. */
export const firstEvent = async (log: EventLog): Promise<LoggedEvent | undefined> => {
  for await (const created of log.readStream(INSTALLATION_STREAM, { limit: 1 })) return created;
  return undefined;
};

/** Whether nothing in it can be old. */
export const isLogNew = async (log: EventLog, clock: Clock): Promise<boolean> => {
  const created = await firstEvent(log);
  return (
    created === undefined || Date.parse(clock.now()) - Date.parse(metadataOf(created).recordedAt) < NEW_LOG_MILLISECONDS
  );
};
