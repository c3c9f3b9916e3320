import { EventLogLayer, type Appended, type ExpectedRevision, type ProposedEvent } from '#kernel';
import type { ChainedEventLog } from '#write-path';
import type { Members } from './members.js';

const APPEND = 'append';

interface Told {
  readonly stream: string;
  readonly events: readonly TextEvent[];
}

/** Its data once, as the text that it is stored as. */
interface TextEvent extends Omit<ProposedEvent, 'data' | 'text'> {
  readonly data: string;
}

/**
 * The log, with what goes wherever its stream ends appended by the member that the stream belongs to: a chain has one end, and who writes there
 * beside others loses most of the time.
 */
export class RoutedEventLog extends EventLogLayer {
  constructor(
    protected override readonly log: ChainedEventLog,
    private readonly members: Members,
  ) {
    super(log);
    members.offer(APPEND, ({ stream, events }: Told) => log.append(stream, events.map(read), 'any'));
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (expected !== 'any') return this.log.append(stream, events, expected);
    return this.members.doneBy(
      stream,
      APPEND,
      (): Told => ({ stream, events: events.map(told) }),
      (mayBeDone) => (mayBeDone ? this.log.appendUnlessStored(stream, events) : this.log.append(stream, events, 'any')),
    );
  }
}

const told = ({ id, type, data, metadata, text }: ProposedEvent): TextEvent => ({
  id,
  type,
  data: text?.data ?? JSON.stringify(data),
  metadata,
});

const read = ({ data, ...event }: TextEvent): ProposedEvent => ({
  ...event,
  data: JSON.parse(data) as ProposedEvent['data'],
  text: { data },
});
