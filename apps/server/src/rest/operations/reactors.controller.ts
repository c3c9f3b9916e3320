import { notFound } from '#kernel';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../access/operation.js';
import { EffectRows } from '../../effects/effect-rows.js';
import type { ReactorStatus } from '../../effects/reactor-statuses.js';
import { EFFECT_REACTORS } from '../../effects/reactors.js';
import { Answers, AnswersList, Refuses } from '../../pipeline/documented.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { EffectReactorResource, ResumeReactorDto } from './reactors.dto.js';
import { OPERATIONS } from './tag.js';

/** What acts on the world outside. Where its place is not known, it is paused: nothing is sent again that was sent. */
@ApiTags(OPERATIONS.name)
@Controller('v1/reactors')
export class ReactorsController {
  constructor(private readonly rows: EffectRows) {}

  /** Where everything stands that acts on the world outside. */
  @Get()
  @Operation('ListReactors', 'operations.read')
  @AnswersList(EffectReactorResource)
  async list(@Query() _: NoQuery): Promise<EffectReactorResource[]> {
    return (await this.rows.statuses(EFFECT_REACTORS)).map(reactorResource);
  }

  /** Lets a paused reactor go on. */
  @Post(':name/resume')
  @Operation('ResumeReactor', 'operations.write')
  @HttpCode(200)
  @Answers(EffectReactorResource)
  @Refuses({ 404: ['reactor_not_found'], 409: ['reactor_not_paused'], 422: ['position_beyond_head'] })
  async resume(@Param('name') name: string, @Body() { after }: ResumeReactorDto): Promise<EffectReactorResource> {
    await this.rows.resume(known(name), after === undefined ? undefined : BigInt(after));
    return this.status(name);
  }

  /** Lets a paused reactor go on from the end of the log: what waits is left undone. */
  @Post(':name/skip')
  @Operation('SkipReactor', 'operations.write')
  @HttpCode(200)
  @Answers(EffectReactorResource)
  @Refuses({ 404: ['reactor_not_found'], 409: ['reactor_not_paused'] })
  async skip(@Param('name') name: string, @Body() _: NoBody): Promise<EffectReactorResource> {
    await this.rows.skip(known(name));
    return this.status(name);
  }

  private async status(name: string): Promise<EffectReactorResource> {
    const [status] = await this.rows.statuses([name]);
    return reactorResource(status!);
  }
}

const known = (name: string): string =>
  EFFECT_REACTORS.find((reactor) => reactor === name) ?? notFound('reactor', name);

const reactorResource = ({ position, ...status }: ReactorStatus): EffectReactorResource => ({
  ...status,
  position: String(position),
});
