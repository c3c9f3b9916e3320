import { exportsIn } from '#discovery';
import { Module, type Type } from '@nestjs/common';
import { CONTROLLER_WATERMARK, INJECTABLE_WATERMARK } from '@nestjs/common/constants.js';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AcceptGuard } from '../pipeline/accept.guard.js';
import { CsvColumns } from '../pipeline/csv/csv-columns.js';
import { CsvAnswers } from '../pipeline/csv/csv-answers.js';
import { Consistency } from '../pipeline/consistency.js';
import { EventStreams } from '../pipeline/event-streams.js';
import { ExternalReferences } from '../pipeline/external-references.js';
import { Idempotency } from '../pipeline/idempotency.js';
import { IdempotencyStore } from '../pipeline/idempotency.store.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { ProblemFilter } from '../pipeline/problem.filter.js';
import { RateLimits } from '../pipeline/rate-limits.js';
import { RequestHashes } from '../pipeline/request-hashes.js';
import { RequestPipe } from '../pipeline/validation.js';

/** All that stands in the folders of this door. */
const REST = await exportsIn(import.meta.dirname, /^[^/]+\//u);

const isMarked =
  (mark: string) =>
  (value: unknown): value is Type =>
    typeof value === 'function' && Reflect.hasOwnMetadata(mark, value);

/** The REST door. */
@Module({
  imports: [TerminusModule],
  controllers: REST.filter(isMarked(CONTROLLER_WATERMARK)),
  providers: [
    ...REST.filter(isMarked(INJECTABLE_WATERMARK)),
    Consistency,
    CsvAnswers,
    CsvColumns,
    EventStreams,
    ExternalReferences,
    Idempotency,
    IdempotencyStore,
    Pipeline,
    RateLimits,
    RequestHashes,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AcceptGuard },
    { provide: APP_PIPE, useClass: RequestPipe },
  ],
})
export class RestModule {}
