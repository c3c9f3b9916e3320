import type { Event } from '#kernel';
import type { Meter } from './meter.js';
import type { PlanVersion } from './plan.js';

export type MeterDefined = Event<'MeterDefined', Meter>;
export type MeterArchived = Event<'MeterArchived', { readonly key: string }>;
export type PlanVersionPublished = Event<'PlanVersionPublished', PlanVersion>;
export type PlanArchived = Event<'PlanArchived', { readonly key: string }>;

export type CatalogEvent = MeterDefined | MeterArchived | PlanVersionPublished | PlanArchived;
