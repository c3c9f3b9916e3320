import type { ServerResponse } from 'node:http';

/** Aborts once nobody waits for the answer any more. */
export const hangUpOf = (answer: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  answer.once('close', () => gone.abort());
  if (answer.destroyed) gone.abort();
  return gone.signal;
};
