import { exportsIn } from '#discovery';
import { Module, type Type } from '@nestjs/common';
import { CONTROLLER_WATERMARK, INJECTABLE_WATERMARK } from '@nestjs/common/constants.js';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AcceptGuard } from '../pipeline/accept.guard.js';
import { AuthenticationGuard } from '../pipeline/authentication.guard.js';
import { CsvColumns } from '../pipeline/csv/csv-columns.js';
import { CsvInterceptor } from '../pipeline/csv/csv.interceptor.js';
import { AuthorizationGuard } from '../pipeline/authorization.guard.js';
import { ConsistencyInterceptor } from '../pipeline/consistency.interceptor.js';
import { EventStreams } from '../pipeline/event-streams.js';
import { ExternalReferences } from '../pipeline/external-references.js';
import { ExternalReferencesInterceptor } from '../pipeline/external-references.interceptor.js';
import { IdempotencyInterceptor } from '../pipeline/idempotency.interceptor.js';
import { IdempotencyStore } from '../pipeline/idempotency.store.js';
import { ProblemFilter } from '../pipeline/problem.filter.js';
import { RATE_LIMITS, RateLimitGuard } from '../pipeline/rate-limit.guard.js';
import { RequestHashes } from '../pipeline/request-hashes.js';
import { RequestScopeInterceptor } from '../pipeline/request-scope.interceptor.js';
import { RoomGuard } from '../pipeline/room.guard.js';
import { RequestPipe } from '../pipeline/validation.js';

/** All that stands in the folders of this door. */
const REST = await exportsIn(import.meta.dirname, /^[^/]+\//u);

const isMarked =
  (mark: string) =>
  (value: unknown): value is Type =>
    typeof value === 'function' && Reflect.hasOwnMetadata(mark, value);

/** The REST door. */
@Module({
  imports: [RATE_LIMITS, TerminusModule],
  controllers: REST.filter(isMarked(CONTROLLER_WATERMARK)),
  providers: [
    ...REST.filter(isMarked(INJECTABLE_WATERMARK)),
    CsvColumns,
    EventStreams,
    ExternalReferences,
    IdempotencyStore,
    RequestHashes,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AuthorizationGuard },
    { provide: APP_GUARD, useClass: AcceptGuard },
    { provide: APP_GUARD, useClass: RoomGuard },
    { provide: APP_INTERCEPTOR, useClass: RequestScopeInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ConsistencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ExternalReferencesInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: CsvInterceptor },
    { provide: APP_PIPE, useClass: RequestPipe },
  ],
})
export class RestModule {}
