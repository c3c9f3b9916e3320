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

export class EventTooBig extends Error {
  override readonly name = 'EventTooBig';

  constructor(
    readonly eventId: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`Event ${eventId} has ${bytes} bytes; the most is ${limit}.`);
  }
}

export interface AppendLimits {
  readonly maxAppendBytes: number;
  readonly maxEventBytes: number;
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
    private readonly limits: AppendLimits,
  ) {
    const { stream, expected } = expectWritable(target);
    this.stream = stream;
    this.expected = expected;
  }

  /** @throws EventTooBig | AppendTooBig | MalformedMessage */
  add(message: Uint8Array): void {
    const event = readProposedEvent(message);
    const { maxAppendBytes, maxEventBytes } = this.limits;
    const bytes = proposedSize(event);
    if (bytes > maxEventBytes) throw new EventTooBig(event.id, bytes, maxEventBytes);
    this.bytes += bytes;
    if (this.bytes > maxAppendBytes) throw new AppendTooBig(maxAppendBytes);
    this.events.push(event);
  }
}
