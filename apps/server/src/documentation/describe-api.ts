import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import metadata from '../metadata.js';
import { PRODUCT_VERSION } from '../product-version.js';
import { LoggedResource, LogResource } from '../pipeline/log.resource.js';
import { PageCursors } from '../pipeline/page-cursors.resource.js';
import { ProblemResource } from '../pipeline/problem.resource.js';
import { completed } from './completed-document.js';
import { operations, placeOf } from './operations.js';
import { TAGS } from './tags.js';

const DESCRIPTION = `An event-sourced billing ledger: usage in, invoices and books out, and every figure can be recomputed from the log.

Money is a decimal string in the currency's own digits. Instants are RFC 3339, answers in UTC; periods are half-open.
Send an \`Idempotency-Key\` with every POST: the same key and body get the first answer again.
Errors are \`application/problem+json\` with a stable \`code\`.`;

export const openApiOf = (app: INestApplication): OpenAPIObject => {
  const known = operations();
  const ids = new Map([...known.values()].map(({ id, place }) => [place, id]));
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Recount')
    .setDescription(DESCRIPTION)
    .setVersion(PRODUCT_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key, `rk_…`; of a test tenant `rk_test_…`' },
      'apiKey',
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A token of the issuer that the installation trusts',
      },
      'token',
    )
    .addSecurityRequirements('apiKey')
    .addSecurityRequirements('token');
  for (const { name, means } of TAGS) builder.addTag(name, means);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (controller, handler) => ids.get(placeOf(controller, handler))!,
    extraModels: [
      LogResource,
      LoggedResource,
      PageCursors,
      ProblemResource,
      ...[...known.values()].flatMap(({ answer }) => (answer ? [answer.resource] : [])),
    ],
  });
  return completed(document, known);
};

/** What the classes of requests and answers say about themselves. */
export const loadDescriptions = (): Promise<void> => SwaggerModule.loadPluginMetadata(metadata);

/** Documentation for people at `/docs`, for machines at `/openapi.json`. */
export const describeApi = async (app: INestApplication): Promise<void> => {
  await loadDescriptions();
  const document = openApiOf(app);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Recount API' });
};
