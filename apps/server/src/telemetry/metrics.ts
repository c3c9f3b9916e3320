import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import pTimeout from 'p-timeout';

const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const APPEND_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
const BATCH_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];
/** Less than a scrape may take. */
const PATIENCE_MILLISECONDS = 3_000;

/**
 * What the process tells Prometheus. Labels come from lists that the code has (operations, commands, codes, categories of
 * streams, projections, currencies): never from a request, and never a tenant.
 */
export class Metrics {
  readonly registry = new Registry();
  /** What is told only where it is asked for. */
  readonly revenue = new Registry();
  private readonly registers = [this.registry];

  readonly requests = new Counter({
    name: 'recount_requests_total',
    help: 'Requests that were answered, by operation, transport and HTTP status.',
    labelNames: ['operation', 'door', 'status'],
    registers: this.registers,
  });
  readonly requestSeconds = new Histogram({
    name: 'recount_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['operation', 'door'],
    buckets: REQUEST_SECONDS,
    registers: this.registers,
  });
  readonly commands = new Counter({
    name: 'recount_commands_total',
    help: 'Commands by result: ok, refused or conflict with the code of the problem, or failed.',
    labelNames: ['command', 'result', 'code'],
    registers: this.registers,
  });
  readonly commandSeconds = new Histogram({
    name: 'recount_command_duration_seconds',
    help: 'Time that a command took, whatever came of it.',
    labelNames: ['command'],
    buckets: REQUEST_SECONDS,
    registers: this.registers,
  });
  readonly forwarded = new Counter({
    name: 'recount_forwarded_total',
    help: 'What belonged to another process that takes requests, by kind (command, append) and result: answered, or not_answered and so done here.',
    labelNames: ['kind', 'result'],
    registers: this.registers,
  });
  readonly appends = new Counter({
    name: 'recount_appends_total',
    help: 'Appends to the event log by result: ok, conflict (another one was first) or failed.',
    labelNames: ['category', 'result'],
    registers: this.registers,
  });
  readonly appendedEvents = new Counter({
    name: 'recount_appended_events_total',
    help: 'Events that were appended to the event log.',
    labelNames: ['category'],
    registers: this.registers,
  });
  readonly appendSeconds = new Histogram({
    name: 'recount_append_duration_seconds',
    help: 'Time until an append was durable, with its retries.',
    labelNames: ['category'],
    buckets: APPEND_SECONDS,
    registers: this.registers,
  });
  readonly appendRetries = new Counter({
    name: 'recount_append_retries_total',
    help: 'Appends that were sent again because no answer came.',
    registers: this.registers,
  });
  readonly subscriptionInterruptions = new Counter({
    name: 'recount_subscription_interruptions_total',
    help: 'Subscriptions to the event log that were interrupted; they resume by themselves.',
    registers: this.registers,
  });
  readonly aggregateSeconds = new Histogram({
    name: 'recount_aggregate_load_duration_seconds',
    help: 'Time to read and fold a stream, or what is new of it, before a decision.',
    labelNames: ['category'],
    buckets: APPEND_SECONDS,
    registers: this.registers,
  });
  readonly publishedEvents = new Counter({
    name: 'recount_published_events_total',
    help: 'Public events that JetStream took, by result: stored, or duplicate where it had them already.',
    labelNames: ['result'],
    registers: this.registers,
  });
  readonly effects = new Counter({
    name: 'recount_effects_total',
    help: 'Attempts at what acts on the world outside, by result: done, failed and tried again, or given_up.',
    labelNames: ['reactor', 'outcome'],
    registers: this.registers,
  });
  readonly webhookDeliveries = new Counter({
    name: 'recount_webhook_deliveries_total',
    help: 'Messages to webhook endpoints, by result: delivered, failed and tried again, dead, or skipped.',
    labelNames: ['result'],
    registers: this.registers,
  });
  readonly webhookDeadLetters = new Counter({
    name: 'recount_webhook_delivery_dlq_total',
    help: 'Messages to webhook endpoints that were given up after their last attempt.',
    registers: this.registers,
  });
  readonly usageIngested = new Counter({
    name: 'recount_usage_ingest_total',
    help: 'Readings that were sent in, by result: accepted, duplicate or rejected.',
    labelNames: ['result'],
    registers: this.registers,
  });
  readonly invoicesGenerated = new Counter({
    name: 'recount_invoices_generated_total',
    help: 'Invoices that were finalized.',
    registers: this.registers,
  });
  readonly projectedEvents = new Counter({
    name: 'recount_projection_events_total',
    help: 'Events that a projection wrote rows for; its rate is that of the projection.',
    labelNames: ['projection'],
    registers: this.registers,
  });
  readonly projectionSeconds = new Histogram({
    name: 'recount_projection_batch_duration_seconds',
    help: 'Time that a projection took to write a batch.',
    labelNames: ['projection'],
    buckets: BATCH_SECONDS,
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    // Gauges that are named as counters are: the same figures, by type, are in those of the same name without the end.
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
  }

  /** A figure that is asked only when somebody looks. One whose source is away is left out: the others are wanted all the more. */
  gauge<Label extends string>(
    name: `recount_${string}`,
    help: string,
    labelNames: readonly Label[],
    ask: (gauge: Gauge<Label>) => Promise<void>,
    registry = this.registry,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        await pTimeout(
          ask(this).catch(() => undefined),
          { milliseconds: PATIENCE_MILLISECONDS, message: false },
        );
      },
    });
  }
}
