import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PRODUCT_VERSION } from '../../product-version.js';
import { Public } from '../../pipeline/public.js';
import { Answers } from '../../pipeline/documented.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { WelcomeResource } from './welcome.resource.js';
import { OPERATIONS } from './tag.js';

@ApiTags(OPERATIONS.name)
@Controller()
@Public()
export class WelcomeController {
  /** Where things are. */
  @Get()
  @Answers(WelcomeResource)
  welcome(@Query() _: NoQuery): WelcomeResource {
    return {
      product: 'Recount',
      version: PRODUCT_VERSION,
      api: '/v1',
      documentation: '/docs',
      openapi: '/openapi.json',
      health: '/health',
      readiness: '/health/ready',
      metrics: '/metrics',
    };
  }
}
