import {
  EventLog,
  type Appended,
  type EventBatch,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from './event-log.js';

/** A log on top of another one: whatever it does not do itself, that one does. */
export abstract class EventLogLayer extends EventLog {
  constructor(protected readonly log: EventLog) {
    super();
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.log.append(stream, events, expected);
  }

  override readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<LoggedEvent> {
    return this.log.readStream(stream, options);
  }

  override readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent> {
    return this.log.readAll(options);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.log.subscribe(options);
  }

  override head(): Promise<bigint> {
    return this.log.head();
  }

  override dispose(): Promise<void> {
    return this.log.dispose();
  }
}
