import { PUBLIC_EVENTS, publicEventExample, publicEventShape } from '#contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../access/operation.js';
import { AnswersList } from '../../pipeline/documented.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { WEBHOOKS } from './tag.js';
import { EventTypeResource } from './webhooks.resource.js';

@ApiTags(WEBHOOKS.name)
@Controller('v1/event-types')
export class EventTypesController {
  /** What can be heard of, with the schema and an example of each. */
  @Get()
  @Operation('ListEventTypes', 'events.read')
  @AnswersList(EventTypeResource)
  list(@Query() _: NoQuery): EventTypeResource[] {
    return [...PUBLIC_EVENTS.values()].map((kind) => ({
      type: kind.type,
      version: kind.version,
      means: kind.means,
      schema: publicEventShape(kind) as unknown as Record<string, unknown>,
      example: { ...publicEventExample(kind) },
    }));
  }
}
