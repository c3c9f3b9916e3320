import { Clock } from '#kernel';
import { heldTimers } from '#projections/agenda';
import { installationMrr } from '#projections/mrr';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { EffectRows } from '../effects/effect-rows.js';
import { EFFECT_REACTORS } from '../effects/reactors.js';
import { ProjectionLags } from '../projecting/projection-lags.js';
import { DeliveryRows } from '../webhooks/delivery-rows.js';
import { Metrics } from './metrics.js';
import { remembered } from './remembered.js';

/** It reads every movement of every tenant: once a minute is enough. */
const MRR_MILLISECONDS = 60_000;

/** Gauges of one look from outside share what they show. */
const ONE_LOOK_MILLISECONDS = 1_000;

/** What the installation as a whole says of itself when it is asked. */
@Injectable()
export class Figures {
  constructor(
    metrics: Metrics,
    lags: ProjectionLags,
    effects: EffectRows,
    webhooks: DeliveryRows,
    pools: Pools,
    clock: Clock,
  ) {
    const deliveries = remembered(ONE_LOOK_MILLISECONDS, () => webhooks.figures());
    const mrr = remembered(MRR_MILLISECONDS, () => installationMrr(pools.projector, clock.now()));
    metrics.gauge(
      'recount_projection_lag_positions',
      'How far a projection is behind the log, in units of log positions.',
      ['projection'],
      async (gauge) => {
        for (const { name, positions } of await lags.all()) gauge.set({ projection: name }, Number(positions));
      },
    );
    metrics.gauge(
      'recount_projection_lag_seconds',
      'Age of the oldest event that a projection has not considered; 0 if it is up to date.',
      ['projection'],
      async (gauge) => {
        for (const { name, seconds } of await lags.all()) gauge.set({ projection: name }, seconds);
      },
    );
    metrics.gauge(
      'recount_projection_running',
      'Whether a projection runs: 0 if it was paused, or stopped at an event that it cannot project.',
      ['projection'],
      async (gauge) => {
        for (const { name, status } of await lags.all()) gauge.set({ projection: name }, status === 'running' ? 1 : 0);
      },
    );
    metrics.gauge(
      'recount_timers_held',
      'Timers that are due and wait: they were refused, or left the same thing due again and again.',
      ['reason'],
      async (gauge) => {
        const { dead, repeated, refused } = await heldTimers(pools.projector);
        gauge.set({ reason: 'dead' }, dead);
        gauge.set({ reason: 'repeated' }, repeated);
        gauge.set({ reason: 'refused' }, refused);
      },
    );
    metrics.gauge(
      'recount_effects_waiting',
      'What is to be done outside and is not done, or not told to the log.',
      ['reactor'],
      async (gauge) => {
        for (const { name, waiting } of await effects.statuses(EFFECT_REACTORS)) gauge.set({ reactor: name }, waiting);
      },
    );
    metrics.gauge(
      'recount_reactor_paused',
      'Whether a reactor that acts outside waits for an operator: 1 if it does not know its place.',
      ['reactor'],
      async (gauge) => {
        for (const { name, paused } of await effects.statuses(EFFECT_REACTORS))
          gauge.set({ reactor: name }, paused === null ? 0 : 1);
      },
    );
    metrics.gauge(
      'recount_webhook_deliveries_waiting',
      'Messages to webhook endpoints that are to be sent, but for those of endpoints that are disabled.',
      [],
      async (gauge) => gauge.set((await deliveries()).waiting),
    );
    metrics.gauge(
      'recount_webhook_oldest_waiting_seconds',
      'How long the longest waiting of them was queued ago.',
      [],
      async (gauge) => gauge.set((await deliveries()).oldestSeconds),
    );
    metrics.gauge(
      'recount_webhook_endpoints_failing',
      'Webhook endpoints that are sent nothing: open (its breaker), or disabled.',
      ['state'],
      async (gauge) => {
        const { open, disabled } = await deliveries();
        gauge.set({ state: 'open' }, open);
        gauge.set({ state: 'disabled' }, disabled);
      },
    );
    metrics.gauge(
      'recount_mrr',
      'Monthly recurring revenue of all live tenants together, in major units of the currency.',
      ['currency'],
      async (gauge) => {
        for (const { currency, mrr: amount } of await mrr()) gauge.set({ currency }, Number(amount.toString()));
      },
      metrics.revenue,
    );
  }
}
