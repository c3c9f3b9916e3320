import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Metrics } from '../telemetry/metrics.js';
import { Looking, reportUnlessOutage } from '../worker/looking.js';
import { DeliveryRows } from './delivery-rows.js';
import type { ClaimedDelivery } from './delivery.js';
import { messageId } from './hearing.js';
import { SentEvents } from './sent-events.js';
import { endpointNextOf, nextOf, type Taking } from './verdict.js';
import { WebhookClient, WebhookFailed } from './webhook-client.js';
import { WebhookRequests } from './webhook-requests.js';
import { WebhookSecrets } from './webhook-secrets.js';

const LOOK_MILLISECONDS = 250;
/** What ends together is followed by one look. */
const TOGETHER_MILLISECONDS = 20;
const IN_FLIGHT_MAX = 512;
/** What is being sent when the process stops may still come to its end: else it is sent once more. */
const GRACE_MILLISECONDS = 5_000;
const FAILURE = 'Webhooks are not sent at the moment; it is tried again.';

/** Sends what is queued: at least once, one message of an account after the other. */
@Injectable()
export class SendWebhooksReactor {
  private readonly sending = new Set<Promise<void>>();
  /** By endpoint. */
  private readonly busy = new Map<string, number>();
  private freed = Promise.withResolvers<void>();

  constructor(
    private readonly rows: DeliveryRows,
    private readonly events: SentEvents,
    private readonly requests: WebhookRequests,
    private readonly secrets: WebhookSecrets,
    private readonly client: WebhookClient,
    private readonly looking: Looking,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const ending = new AbortController();
    const cutOff = (): unknown => setTimeout(() => ending.abort(), GRACE_MILLISECONDS).unref();
    signal.addEventListener('abort', cutOff, { once: true });
    try {
      await this.looking.again(() => this.beginDue(ending.signal, logger), {
        signal,
        logger,
        milliseconds: LOOK_MILLISECONDS,
        sooner: () => [this.freed.promise.then(() => sleep(TOGETHER_MILLISECONDS))],
        failure: FAILURE,
      });
    } finally {
      await Promise.all(this.sending);
      signal.removeEventListener('abort', cutOff);
    }
  }

  private async beginDue(ending: AbortSignal, logger: Logger): Promise<void> {
    this.freed = Promise.withResolvers();
    for (const delivery of await this.rows.claim(this.busy, IN_FLIGHT_MAX - this.sending.size)) {
      this.count(delivery, 1);
      const sent = this.send(delivery, ending)
        .catch((error: unknown) => reportUnlessOutage(error, logger, 'A webhook was interrupted; it is sent again.'))
        .finally(() => {
          this.count(delivery, -1);
          this.sending.delete(sent);
          this.freed.resolve();
        });
      this.sending.add(sent);
    }
  }

  private count({ endpoint_id: endpointId }: ClaimedDelivery, more: number): void {
    const busy = (this.busy.get(endpointId) ?? 0) + more;
    if (busy > 0) this.busy.set(endpointId, busy);
    else this.busy.delete(endpointId);
  }

  private async send(delivery: ClaimedDelivery, ending: AbortSignal): Promise<void> {
    const { tenant_id: tenantId, definition, replay_id: replayId } = delivery;
    const url = this.secrets.openUrl(tenantId, definition);
    const found = url === undefined ? undefined : await this.events.of(delivery);
    if (url === undefined || found === undefined) {
      this.metrics.webhookDeliveries.inc({ result: 'skipped' });
      return this.rows.finish(delivery, { status: 'skipped' }, null, null, (breaker) => ({ breaker, disabled: null }));
    }
    const id = messageId(found.event, found.whole);
    const { headers, body } = this.requests.of(id, found.event, signedBy(delivery), replayId !== null);
    await this.post(delivery, url, headers, body, ending);
  }

  private async post(
    delivery: ClaimedDelivery,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    ending: AbortSignal,
  ): Promise<void> {
    const begun = performance.now();
    const at = this.clock.now();
    let taking: Taking & { readonly body: string | null; readonly error: string | null };
    try {
      taking = { ...(await this.client.post(url, headers, body, ending)), error: null };
    } catch (error) {
      // Nobody knows whether it arrived: it is sent again when its lease is over.
      if (!(error instanceof WebhookFailed) || ending.aborted) throw error;
      taking = { status: null, retryAfter: null, body: null, error: error.code };
    }
    const { isProbe, attempts } = delivery;
    const next = nextOf(taking, attempts, isProbe, Math.random());
    const attempt = {
      at,
      status: taking.status,
      milliseconds: Math.round(performance.now() - begun),
      error: taking.error,
      ...(isProbe ? { probe: true as const } : {}),
    };
    await this.rows.finish(delivery, next, attempt, taking.body, endpointNextOf(taking, Date.now()));
    this.metrics.webhookDeliveries.inc({ result: next.status === 'pending' ? 'failed' : next.status });
    if (next.status === 'dead') this.metrics.webhookDeadLetters.inc();
  }
}

const signedBy = ({
  definition: { format },
  secret_id: secretId,
  previous_secret_id: previous,
  previous_until: until,
}: ClaimedDelivery) => ({
  format,
  secretId,
  previousSecret: previous === null || until === null ? null : { secretId: previous, until },
});
