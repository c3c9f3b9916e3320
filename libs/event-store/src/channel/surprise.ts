/** The peer does not speak as the channel expects: what was appended may or may not be in the log. The same goes another way next. */
export class ProtocolSurprise extends Error {
  override readonly name = 'ProtocolSurprise';

  constructor(what: string, options?: ErrorOptions) {
    super(`The node answers with ${what}.`, options);
  }
}

/** The channel has sent nothing, and does not: it has no connection, or what is asked is not for it. The package may do it. */
export class NotByChannel extends Error {
  override readonly name = 'NotByChannel';
}

/** The append was still waiting when the channel found that its node does not do: it goes to another one next. */
export class LeftUnsent extends Error {
  override readonly name = 'LeftUnsent';

  constructor() {
    super('The channel was closed before the append was sent.');
  }
}
