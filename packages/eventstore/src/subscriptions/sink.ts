/** Subscriptions: where a read or a subscription sends its messages, at the pace of the client. */

export interface Sink {
  readonly closed: boolean;
  /** False if the client is behind: whoever then goes on without awaiting `drained` grows memory. */
  send(message: Buffer): boolean;
  /** Resolves when more may be sent, or the call is over. */
  drained(): Promise<void>;
  /** Returns how to take the callback back. */
  onClosed(callback: () => void): () => void;
}
