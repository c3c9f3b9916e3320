import { exportsIn } from '#discovery';
import type { Type } from '@nestjs/common';
import { INJECTABLE_WATERMARK } from '@nestjs/common/constants.js';
import type { ICommandHandler } from '@nestjs/cqrs';

/** What is decorated as a provider, and handlers, which the bus finds by their own decorator. */
const isProvider = (value: unknown): value is Type =>
  typeof value === 'function' &&
  (Reflect.hasOwnMetadata(INJECTABLE_WATERMARK, value) ||
    typeof (value.prototype as Partial<ICommandHandler> | undefined)?.execute === 'function');

/** Everything that a container needs to run billing's commands, given the ports: all that stands under `use-cases`. */
export const BILLING_PROVIDERS: readonly Type[] = (await exportsIn(import.meta.dirname, /^[^/]+\/use-cases\//u)).filter(
  isProvider,
);
