import { setTimeout as sleep } from 'node:timers/promises';
import { StartBillingRun } from '#billing/billing-run';
import { notFound, refuseAt, type AccountId, type BillingRunId, type TenantId } from '#kernel';
import { BillingRunsQuery } from '#projections/billing-runs';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { KnownAccounts } from '../../adapters/known-accounts.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, AnswersStream, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { EventStreams, type StreamMessage } from '../../pipeline/event-streams.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import {
  billingRunResource,
  BillingRunResource,
  billingRunSummary,
  BillingRunSummaryResource,
  previewedRunResource,
} from './billing-run.resource.js';
import { StartBillingRunDto } from './billing.dto.js';
import { BillingRunsQueryDto } from './billing-queries.dto.js';
import { BILLING } from './tag.js';

const LOOK_MILLISECONDS = 500;
const HEARTBEAT_LOOKS = 30;

@ApiTags(BILLING.name)
@Controller('v1/billing-runs')
@Reads('billing-runs', 'invoices')
export class BillingRunsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly runs: BillingRunsQuery,
    private readonly known: KnownAccounts,
    private readonly streams: EventStreams,
  ) {}

  /** Bills everything due up to an instant. Answers at once; the run goes on by itself, also over a restart. */
  @Post()
  @Operation('RunBilling', 'billing.write')
  @Tells(BillingRunResource, { ifMatch: false })
  @Refuses({ 404: ['account_not_found'], 422: ['preview_too_large'], 504: ['read_model_behind'] })
  async start(
    @CommandEnvelope() envelope: Envelope,
    @Body() { billThrough, accounts }: StartBillingRunDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BillingRunResource>> {
    if (accounts) await this.refuseUnknown(envelope.tenantId, accounts);
    const executed = await this.commands.execute(new StartBillingRun(envelope, billThrough, accounts));
    const { runId, startedAt, preview } = executed.answer;
    if (preview) return told(reply, executed, previewedRunResource(executed.answer, preview));
    const run = {
      runId,
      status: 'running',
      billThrough: executed.answer.billThrough,
      startedAt,
      completedAt: null,
      result: null,
    } as const;
    return told(reply, executed, billingRunResource(run, []));
  }

  /** Lists runs, newest first. */
  @Get()
  @Operation('ListBillingRuns', 'billing.read')
  @AnswersPage(BillingRunSummaryResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: BillingRunsQueryDto,
  ): Promise<PageResource<BillingRunSummaryResource>> {
    const page = await this.runs.list(callerOf(request).tenantId, pageRequest(query));
    return pageResource(
      page,
      page.rows.map((run) => billingRunSummary(run)),
    );
  }

  /** How far a run is, or what it came to. */
  @Get(':id')
  @Operation('GetBillingRun', 'billing.read')
  @Answers(BillingRunResource)
  @Refuses({ 404: ['billing_run_not_found'] })
  find(
    @Req() request: FastifyRequest,
    @IdOf('billing_run') runId: BillingRunId,
    @Query() _: NoQuery,
  ): Promise<BillingRunResource> {
    return this.run(callerOf(request).tenantId, runId);
  }

  /** Sends the progress of a run each time that it has come further, as server-sent events, until it is over. */
  @Get(':id/events')
  @Operation('FollowBillingRun', 'billing.read')
  @AnswersStream(BillingRunResource)
  @Refuses({ 404: ['billing_run_not_found'] })
  async follow(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @IdOf('billing_run') runId: BillingRunId,
    @Query() _: NoQuery,
  ): Promise<StreamableFile> {
    const { tenantId } = callerOf(request);
    return this.streams.open(request, reply, async (signal) => {
      const first = await this.run(tenantId, runId);
      return changes(first, () => this.run(tenantId, runId), signal);
    });
  }

  private async run(tenantId: TenantId, runId: BillingRunId): Promise<BillingRunResource> {
    const { run, failures } = (await this.runs.find(tenantId, runId)) ?? notFound('billing_run', runId);
    if (run.result) return billingRunResource(run, failures);
    return billingRunResource(run, failures, await this.runs.madeSoFar(tenantId, runId));
  }

  private async refuseUnknown(tenantId: TenantId, accounts: readonly AccountId[]): Promise<void> {
    const known = await this.known.among(tenantId, accounts);
    const unknown = accounts.findIndex((id) => !known.has(id));
    if (unknown >= 0) refuseAt(`/accounts/${unknown}`, 'account_not_found', 'There is no such account.', 'not_found');
  }
}

/** What is looked at, each time that it is another, until the run is over. */
async function* changes(
  first: BillingRunResource,
  look: () => Promise<BillingRunResource>,
  signal: AbortSignal,
): AsyncGenerator<readonly StreamMessage[]> {
  yield [{ data: first }];
  let told = first;
  for (let looks = 1; told.status === 'running' && !signal.aborted; looks++) {
    await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    const found = await look();
    if (JSON.stringify(found) !== JSON.stringify(told)) yield [{ data: found }];
    else if (looks % HEARTBEAT_LOOKS === 0) yield [{}];
    told = found;
  }
}
