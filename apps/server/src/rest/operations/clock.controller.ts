import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../access/operation.js';
import { ClockWatch } from '../../worker/clock-watch.js';
import { Answers } from '../../pipeline/documented.js';
import { NoBody } from '../../pipeline/queries.dto.js';
import { ClockResource } from './clock.resource.js';
import { OPERATIONS } from './tag.js';

/** The clock of the installation: all tenants but test tenants go by it. */
@ApiTags(OPERATIONS.name)
@Controller('v1/clock')
export class ClockController {
  constructor(private readonly clock: ClockWatch) {}

  /** Says that the clock is right, though it is far ahead of when a worker was last at work: what fell due meanwhile is done now. */
  @Post('confirm')
  @Operation('ConfirmClock', 'operations.write')
  @HttpCode(200)
  @Answers(ClockResource)
  async confirm(@Body() _: NoBody): Promise<ClockResource> {
    const { now, seenAt } = await this.clock.confirm();
    return { now, seenAt: seenAt ?? now };
  }
}
