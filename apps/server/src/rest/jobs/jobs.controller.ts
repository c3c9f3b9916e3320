import { DecideTimer, type TimerCommand } from '#billing/timer';
import { Clock, notFound, parseInstant, refuse, refuseAt, type TenantId } from '#kernel';
import { JobsQuery, type Job, type JobPlace, type JobState } from '#projections/agenda';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { TimerClaims } from '../../operational-state/timer-claims.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import type { PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { parses } from '../../pipeline/rules.js';
import { DecideJobDto, jobResource, JobResource, JobsQueryDto } from './jobs.dto.js';
import { JOBS } from './tag.js';

const WAITING: readonly JobState[] = ['due', 'failed', 'dead'];
const DECIDED_IN: Readonly<Record<TimerCommand['type'], readonly JobState[]>> = {
  SkipTimer: WAITING,
  ReleaseTimer: [...WAITING, 'skipped'],
};
const LISTED = new Intl.ListFormat('en-GB', { type: 'disjunction' });

@ApiTags(JOBS.name)
@Controller('v1/jobs')
@Reads('agenda')
export class JobsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly jobs: JobsQuery,
    private readonly claims: TimerClaims,
    private readonly clock: Clock,
  ) {}

  /** What falls due by itself, the earliest first. */
  @Get()
  @Operation('ListJobs', 'billing.read')
  @AnswersPage(JobResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() { state, account, limit, after }: JobsQueryDto,
  ): Promise<PageResource<JobResource>> {
    const found = await this.jobs.list(callerOf(request).tenantId, this.clock.now(), {
      ...(state === undefined ? {} : { state }),
      ...(account === undefined ? {} : { accountId: account }),
      ...(after === undefined ? {} : { after: placeIn(after) }),
      limit: limit + 1,
    });
    const jobs = found.slice(0, limit);
    return {
      data: jobs.map(jobResource),
      page: { next: found.length > limit ? cursorOf(jobs.at(-1)!) : null, previous: null },
    };
  }

  /** One job. */
  @Get(':id')
  @Operation('GetJob', 'billing.read')
  @Answers(JobResource)
  @Refuses({ 404: ['job_not_found'] })
  async find(@Req() request: FastifyRequest, @Param('id') id: string, @Query() _: NoQuery): Promise<JobResource> {
    return jobResource(await this.known(callerOf(request).tenantId, id));
  }

  /** Tries what waits at once: what was refused, is dead, or was skipped. What is not due yet is not done early. */
  @Post(':id/run-now')
  @Operation('RunJobNow', 'billing.write')
  @HttpCode(200)
  @Tells(JobResource)
  @Refuses({ 404: ['job_not_found'], 409: ['job_not_waiting'] })
  run(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Body() { reason }: DecideJobDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<JobResource>> {
    return this.decide('ReleaseTimer', { ...envelope, reason }, id, reply);
  }

  /** Leaves undone what is due, until somebody runs it after all: what would follow from it, such as the next period of a subscription, waits for that, too. */
  @Post(':id/skip')
  @Operation('SkipJob', 'billing.write')
  @HttpCode(200)
  @Tells(JobResource)
  @Refuses({ 404: ['job_not_found'], 409: ['job_not_waiting'] })
  skip(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Body() { reason }: DecideJobDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<JobResource>> {
    return this.decide('SkipTimer', { ...envelope, reason }, id, reply);
  }

  /** The log first: what was decided and not carried out is decided again. */
  private async decide(
    type: TimerCommand['type'],
    envelope: Envelope,
    id: string,
    reply: FastifyReply,
  ): Promise<Told<JobResource>> {
    const { tenantId } = envelope;
    const { owner, timer_key: timerKey, due_at: dueAt, state, ...job } = await this.known(tenantId, id);
    if (!DECIDED_IN[type].includes(state))
      return refuse(
        'job_not_waiting',
        `The job is ${state}: only what is ${LISTED.format(DECIDED_IN[type])} is decided about.`,
        'conflict',
      );
    const generation = Number(job.generation);
    const executed = await this.commands.execute(
      new DecideTimer(envelope, { type, timer: { owner, timerKey, generation } }),
    );
    const timer = { tenantId, owner, key: timerKey, generation, dueAt };
    await (type === 'SkipTimer' ? this.claims.skip(timer) : this.claims.release(timer));
    return told(reply, executed, jobResource(await this.known(tenantId, id)));
  }

  private async known(tenantId: TenantId, id: string): Promise<Job> {
    const at = id.indexOf('.');
    const job =
      at < 0 ? undefined : await this.jobs.find(tenantId, this.clock.now(), id.slice(0, at), id.slice(at + 1));
    return job ?? notFound('job', id);
  }
}

const cursorOf = ({ due_at: dueAt, owner, timer_key: key }: Job): string =>
  Buffer.from(`${dueAt} ${owner} ${key}`).toString('base64url');

const placeIn = (cursor: string): JobPlace => {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, dueAt, owner, key] = /^(\S+Z) ([\w-]+) ([\w:.-]+)$/u.exec(text) ?? [];
  if (dueAt !== undefined && owner !== undefined && key !== undefined && isInstant(dueAt))
    return { dueAt: parseInstant(dueAt), owner, key };
  return refuseAt('/after', 'invalid_cursor', 'This is no cursor of this list.', 'invalid');
};

const isInstant = parses(parseInstant);
