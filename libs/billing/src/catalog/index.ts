export { type PlanRecord, ChangeMeters, ChangePlans } from './use-cases/catalog.handlers.js';
export { Catalogs } from './use-cases/catalogs.js';
export type { PlanContent } from './catalog.commands.js';
export type { Catalog } from './catalog.decider.js';
