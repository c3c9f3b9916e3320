import { NotByChannel } from './channel/surprise.js';
import { type ReadAnswers } from './channel/read-channel.js';
import { type ReadRequest } from './channel/read-messages.js';
import { type Lease } from './connection.js';
import { Inbox } from './inbox.js';
import { readByPackage } from './package-reads.js';

export interface Call<Item> {
  readonly inbox: Inbox<Item>;
  close(): void;
}

/**
 * Opens a call whose messages go to an inbox, and with it the inbox's back-pressure.
 * @param put takes a message; false if the inbox is full and will call `goOn`
 */
export const openCall = <Item>(
  lease: Lease,
  request: ReadRequest,
  put: (inbox: Inbox<Item>, message: Buffer, goOn: () => void) => boolean,
): Call<Item> => {
  const inbox = new Inbox<Item>();
  const closing = new AbortController();
  const answers: ReadAnswers = {
    onMessage: (message, goOn) => put(inbox, message, goOn),
    onOver: (error) => inbox.end(error),
  };
  const opened = open(lease, request, answers, closing.signal).catch((error: unknown) => {
    inbox.end(error as Error);
    return undefined;
  });
  const close = (): void => {
    closing.abort();
    void opened.then((read) => read?.close());
  };
  return { inbox, close };
};

const open = async (
  { reads, client }: Lease,
  request: ReadRequest,
  answers: ReadAnswers,
  closed: AbortSignal,
): Promise<{ close(): void }> => {
  if (reads?.isUsable === true) {
    try {
      return await reads.open(request, answers);
    } catch (error) {
      // Whoever was closed meanwhile has given its client back, too.
      if (!(error instanceof NotByChannel) || closed.aborted) throw error;
    }
  }
  return readByPackage(client, request, answers);
};
