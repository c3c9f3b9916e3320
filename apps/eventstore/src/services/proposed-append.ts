/** Services: an append on its way in, chunk by chunk, refused as soon as it grows too big. */
import { type AppendOptions } from '../codec/append-requests.js';
import { MalformedMessage } from '../codec/fields.js';
import { proposedSize, readProposedEvent } from '../codec/proposed-event.js';
import { type ProposedEvent } from '../codec/recorded-event.js';
import { type ExpectedRevision } from '../semantics/append-decision.js';
import { type Append } from '../semantics/append.js';

/** The server's own limit, which a client's deadline can only shorten. */
export const WRITE_TIMEOUT_MS = 2_000;

export class AppendTooBig extends Error {
  override readonly name = 'AppendTooBig';

  constructor(readonly limit: number) {
    super(`Maximum append size of ${limit} bytes exceeded.`);
  }
}

export type WriteTarget = Pick<Append, 'stream' | 'expected'>;

/** The stream whose metadata a stream without a name would have. */
const METADATA_OF_NOTHING = '$$';

/** @throws MalformedMessage */
export const expectWritable = ({ stream, expected }: Partial<Pick<AppendOptions, keyof WriteTarget>>): WriteTarget => {
  if (stream === undefined || stream === '') throw new MalformedMessage('A write names a stream.');
  if (stream === METADATA_OF_NOTHING) throw new MalformedMessage(`A stream cannot be called '${stream}'.`);
  if (expected === undefined) throw new MalformedMessage('A write says which revision it expects.');
  return { stream, expected };
};

export class ProposedAppend implements Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ProposedEvent[] = [];
  private bytes = 0;

  constructor(
    target: Pick<AppendOptions, keyof WriteTarget>,
    private readonly maxBytes: number,
  ) {
    const { stream, expected } = expectWritable(target);
    this.stream = stream;
    this.expected = expected;
  }

  /** @throws AppendTooBig | MalformedMessage */
  add(message: Uint8Array): void {
    const event = readProposedEvent(message);
    this.bytes += proposedSize(event);
    if (this.bytes > this.maxBytes) throw new AppendTooBig(this.maxBytes);
    this.events.push(event);
  }
}
