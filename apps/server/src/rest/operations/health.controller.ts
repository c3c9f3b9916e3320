import { EventLog, refuse, timeZones } from '#kernel';
import { heldTimers } from '#projections/agenda';
import { Controller, Get, Query, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { ApiTags } from '@nestjs/swagger';
import pTimeout from 'p-timeout';
import { LogFollowing } from '../../core/log-following.js';
import { Pools } from '../../core/pools.js';
import { Room } from '../../core/room.js';
import { ProjectionLags, type ProjectionLag } from '../../projecting/projection-lags.js';
import { ClockWatch } from '../../worker/clock-watch.js';
import { Publishing } from '../../publishing/publishing.js';
import { Answers, Refuses } from '../../pipeline/documented.js';
import { Public } from '../../pipeline/public.js';
import { DISK_FULL } from '../../pipeline/problem.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { HealthResource, ReadinessResource, type PartHealthResource } from './health.resource.js';
import { OPERATIONS } from './tag.js';

const PATIENCE_MILLISECONDS = 3_000;
/** Read models are seconds behind under load; a minute is a fault. */
const LAG_SECONDS_MAX = 60;

type Details = HealthCheckResult['details'];

@ApiTags(OPERATIONS.name)
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly log: EventLog,
    private readonly pools: Pools,
    private readonly publishing: Publishing,
    private readonly lags: ProjectionLags,
    private readonly following: LogFollowing,
    private readonly clock: ClockWatch,
    private readonly room: Room,
  ) {}

  /** The process is alive, and can write down what happens. */
  @Get()
  @Answers(HealthResource)
  @Refuses({ 503: ['disk_full'] })
  alive(@Query() _: NoQuery): HealthResource {
    this.refuseWithoutRoom();
    return { status: 'ok', timeZones: timeZones().release };
  }

  /** Everything that requests need answers. What else is away or late makes it `degraded`: requests are served all the same. */
  @Get('ready')
  @Answers(ReadinessResource)
  @Refuses({ 503: ['disk_full'] })
  async ready(@Query() _: NoQuery): Promise<ReadinessResource> {
    this.refuseWithoutRoom();
    const needed = await this.needed();
    const [messages, clock, projections, timers] = await Promise.all([
      this.messages(),
      this.clockHealth(),
      this.projections(),
      this.timers(),
    ]);
    return readinessOf({ ...needed, ...messages, ...clock, ...projections, ...timers });
  }

  private refuseWithoutRoom(): void {
    if (this.room.isFull) refuse('disk_full', DISK_FULL, 'unavailable');
  }

  private async needed(): Promise<Details> {
    try {
      const { details } = await this.health.check([
        () => this.probe('eventStore', () => this.followedLog()),
        () => this.probe('postgres', () => this.pools.api.query('SELECT 1')),
      ]);
      return details;
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down = {} } = error.getResponse() as HealthCheckResult;
      const parts = Object.entries(down).map(([name, part]) => `${name} is down: ${String(part?.['message'])}`);
      return refuse('unavailable', parts.join(' '), 'unavailable');
    }
  }

  /** A log that this process can read, but not follow, keeps its read models where they are. */
  private async followedLog(): Promise<void> {
    await this.log.head();
    if (this.following.failure) throw this.following.failure;
  }

  /** Nothing is kept in NATS alone: what it does not take now, it is given when it is back. */
  private async messages(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('nats');
    try {
      const publishing = await inTime(this.publishing.status());
      if (!publishing) return {};
      const lag = { lagPositions: String(publishing.lag) };
      return publishing.connected ? indicator.up(lag) : indicator.down({ ...lag, message: 'It does not answer.' });
    } catch (error) {
      return indicator.down(reasonOf(error));
    }
  }

  /** Requests are served whatever it shows; only what falls due by itself waits. */
  private async clockHealth(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('clock');
    try {
      const { now, seenAt, isAhead } = await this.clock.reading();
      if (!isAhead) return indicator.up();
      return indicator.down({
        message: `It shows ${now}, and nothing was done since ${seenAt}: nothing falls due until it is confirmed (POST /v1/clock/confirm).`,
      });
    } catch (error) {
      return indicator.down(reasonOf(error));
    }
  }

  private async projections(): Promise<HealthIndicatorResult> {
    const lags = await this.lags.all();
    return Object.fromEntries(lags.flatMap((lag) => Object.entries(this.projection(lag))));
  }

  /** Told where some wait: what they are for does not happen, and nothing else tells of it. */
  private async timers(): Promise<HealthIndicatorResult> {
    try {
      const { repeated } = await inTime(heldTimers(this.pools.projector));
      if (repeated === 0) return {};
      const message = `${repeated} timers left the same thing due again and again; they are fired ever more rarely.`;
      return this.indicators.check('timers').down({ message });
    } catch {
      // Read models that are being built, or Postgres: both are told of by themselves.
      return {};
    }
  }

  private projection({ name, status, positions, seconds }: ProjectionLag): HealthIndicatorResult {
    const indicator = this.indicators.check(`projection:${name}`);
    const lag = { lagPositions: String(positions), lagSeconds: seconds };
    switch (status) {
      case 'failed':
        return indicator.down({ ...lag, message: 'It stopped at an event that it cannot project.' });
      case 'paused':
        return indicator.down({ ...lag, message: 'It is paused.' });
      case 'running':
        return seconds > LAG_SECONDS_MAX
          ? indicator.down({ ...lag, message: `It is more than ${LAG_SECONDS_MAX} seconds behind.` })
          : indicator.up(lag);
    }
  }

  private async probe(name: string, ask: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await inTime(ask());
      return indicator.up();
    } catch (error) {
      return indicator.down(reasonOf(error));
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const inTime = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
  pTimeout(answer, { milliseconds: PATIENCE_MILLISECONDS, message: 'No answer came in time.' });

/** As Terminus tells it, with a word of its own for what works with a part away. */
const readinessOf = (found: Details): ReadinessResource => {
  const details = found as Record<string, PartHealthResource>;
  const parts = Object.entries(details);
  const up = parts.filter(([, { status }]) => status === 'up');
  const down = parts.filter(([, { status }]) => status !== 'up');
  return {
    status: down.length === 0 ? 'ok' : 'degraded',
    info: Object.fromEntries(up),
    error: Object.fromEntries(down),
    details,
  };
};
