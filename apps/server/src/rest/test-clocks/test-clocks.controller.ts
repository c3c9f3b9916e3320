import { Tenants } from '#billing/tenant';
import { AdvanceTestClock, StartTestClock, type TestClockRecord } from '#billing/test-clock';
import { notFound, type TenantId, type TestClockId } from '#kernel';
import { TestClocksQuery } from '#projections/test-clocks';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { TestClockProgress } from '../../adapters/test-clock-progress.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery, PageQuery } from '../../pipeline/queries.dto.js';
import { AdvanceTestClockDto, StartTestClockDto } from './test-clock.dto.js';
import { testClockResource, TestClockResource } from './test-clock.resource.js';
import { TEST_CLOCKS } from './tag.js';

@ApiTags(TEST_CLOCKS.name)
@Controller('v1/test-clocks')
@Reads('test-clocks', 'accounts', 'agenda')
export class TestClocksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly testClocks: TestClocksQuery,
    private readonly progress: TestClockProgress,
    private readonly tenants: Tenants,
  ) {}

  /** Starts a clock that is set by hand. Test accounts that are opened on it live by it, whatever the time is. */
  @Post()
  @Operation('StartTestClock', 'accounts.write')
  @Tells(TestClockResource, { ifMatch: false })
  async start(
    @CommandEnvelope() envelope: Envelope,
    @Body() { startAt, name }: StartTestClockDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TestClockResource>> {
    const executed = await this.commands.execute(new StartTestClock(envelope, startAt, name));
    return told(reply, executed, await this.resource(envelope.tenantId, executed.answer, false));
  }

  /** Lets time pass. Answers when what fell due by then is done, in its order; or, after a while, that it goes on. */
  @Post(':id/advance')
  @Operation('AdvanceTestClock', 'accounts.write')
  @HttpCode(200)
  @Tells(TestClockResource)
  @Refuses({ 404: ['test_clock_not_found'], 422: ['test_clock_backwards', 'test_clock_too_far'] })
  async advance(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('test_clock') clockId: TestClockId,
    @Body() { to }: AdvanceTestClockDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TestClockResource>> {
    const executed = await this.commands.execute(new AdvanceTestClock(envelope, clockId, to));
    const { ready, position } = await this.progress.settled(envelope.tenantId, clockId);
    return told(reply, { ...executed, position }, await this.resource(envelope.tenantId, executed.answer, !ready));
  }

  /** Lists test clocks, newest first. */
  @Get()
  @Operation('ListTestClocks', 'accounts.read')
  @AnswersPage(TestClockResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: PageQuery): Promise<PageResource<TestClockResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.testClocks.list(tenantId, pageRequest(query));
    return pageResource(page, await Promise.all(page.rows.map((clock) => this.resource(tenantId, clock))));
  }

  /** What a test clock shows. */
  @Get(':id')
  @Operation('GetTestClock', 'accounts.read')
  @Answers(TestClockResource)
  @Refuses({ 404: ['test_clock_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('test_clock') clockId: TestClockId,
    @Query() _: NoQuery,
  ): Promise<TestClockResource> {
    const { tenantId } = callerOf(request);
    const clock = (await this.testClocks.find(tenantId, clockId)) ?? notFound('test_clock', clockId);
    return this.resource(tenantId, clock);
  }

  private async resource(tenantId: TenantId, clock: TestClockRecord, advancing?: boolean): Promise<TestClockResource> {
    const { test } = await this.tenants.billingTerms(tenantId);
    return testClockResource(clock, {
      isDefault: test?.clockId === clock.clockId,
      advancing: advancing ?? (await this.progress.isAdvancing(tenantId, clock.clockId)),
    });
  }
}
