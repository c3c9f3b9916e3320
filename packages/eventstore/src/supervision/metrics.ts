/** Supervision: what the store tells Prometheus. Counted once for a commit, never for an event. */
import { statSync } from 'node:fs';

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { type EventStore } from '../event-store.js';
import { type Commit } from '../semantics/group-commit.js';

const SECONDS = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1];
const WRITES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly writes = this.counter('writes_total', 'Appends and deletions that were carried out or refused');
  private readonly events = this.counter('events_written_total', 'Events that were written');
  private readonly bytes = this.counter('bytes_written_total', 'Bytes of these events, as they are stored');
  private readonly commitSeconds = new Histogram({
    name: 'eventstore_commit_seconds',
    help: 'How long commits took, flush included; their count is that of flushes',
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly commitWrites = new Histogram({
    name: 'eventstore_commit_writes',
    help: 'Writes that shared a commit and its flush',
    buckets: WRITES,
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly committed = ({ written, writes, seconds }: Commit): void => {
    this.writes.inc(writes);
    this.events.inc(written.length);
    this.bytes.inc(written.reduce((sum, { record }) => sum + record.length, 0));
    this.commitSeconds.observe(seconds);
    this.commitWrites.observe(writes);
  };

  /** What is asked only when somebody looks. @param file the one that holds the events */
  watch({ storage, activity }: EventStore, file: string): void {
    this.gauge('reads', 'Reads that were asked for since the process began', () => activity.reads);
    this.gauge('head_position', 'Position of the last event', () => storage.head);
    this.gauge('subscriptions', 'Subscriptions that are open', () => activity.subscriptions);
    this.gauge('store_bytes', 'Size of the file that holds the events', () => statSync(file).size);
  }

  private counter(name: string, help: string): Counter {
    return new Counter({ name: `eventstore_${name}`, help, registers: this.registers });
  }

  private gauge(name: string, help: string, ask: () => number): void {
    new Gauge({
      name: `eventstore_${name}`,
      help,
      registers: this.registers,
      collect() {
        this.set(ask());
      },
    });
  }
}
