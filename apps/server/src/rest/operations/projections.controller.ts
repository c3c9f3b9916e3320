import { EventLog, notFound } from '#kernel';
import { ProjectionStatuses, requestRebuild } from '#projection';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../access/operation.js';
import { Pools } from '../../core/pools.js';
import { Answers, AnswersList, Refuses } from '../../pipeline/documented.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { RebuildDto } from './projections.dto.js';
import { projectionResource, ProjectionResource } from './projections.resource.js';
import { OPERATIONS } from './tag.js';

/** Read models belong to the installation: all tenants share them. */
@ApiTags(OPERATIONS.name)
@Controller('v1/projections')
export class ProjectionsController {
  constructor(
    private readonly statuses: ProjectionStatuses,
    private readonly pools: Pools,
    private readonly log: EventLog,
  ) {}

  /** Where every projection stands. */
  @Get()
  @Operation('ListProjections', 'operations.read')
  @AnswersList(ProjectionResource)
  async list(@Query() _: NoQuery): Promise<ProjectionResource[]> {
    const head = await this.log.head();
    return (await this.statuses.all()).map((status) => projectionResource(status, head));
  }

  /** Builds a projection anew beside the served one, and puts it in its place. Reads never stop. */
  @Post(':name/rebuild')
  @Operation('RebuildProjection', 'operations.write')
  @HttpCode(200)
  @Answers(ProjectionResource)
  @Refuses({ 404: ['projection_not_found'] })
  async rebuild(@Param('name') name: string, @Body() { compare }: RebuildDto): Promise<ProjectionResource> {
    await this.status(name);
    await requestRebuild(this.pools.owner, name, compare === true);
    return this.status(name);
  }

  /** Stops a projection where it is. */
  @Post(':name/pause')
  @Operation('PauseProjection', 'operations.write')
  @HttpCode(200)
  @Answers(ProjectionResource)
  @Refuses({ 404: ['projection_not_found'] })
  async pause(@Param('name') name: string, @Body() _: NoBody): Promise<ProjectionResource> {
    await this.statuses.setStatus(name, 'paused');
    return this.status(name);
  }

  /** Lets a paused projection go on, or a failed one try again. */
  @Post(':name/resume')
  @Operation('ResumeProjection', 'operations.write')
  @HttpCode(200)
  @Answers(ProjectionResource)
  @Refuses({ 404: ['projection_not_found'] })
  async resume(@Param('name') name: string, @Body() _: NoBody): Promise<ProjectionResource> {
    await this.statuses.setStatus(name, 'running');
    return this.status(name);
  }

  private async status(name: string): Promise<ProjectionResource> {
    const found = (await this.statuses.all()).find((status) => status.name === name) ?? notFound('projection', name);
    return projectionResource(found, await this.log.head());
  }
}
