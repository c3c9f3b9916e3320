export { ChangeBranding } from './use-cases/change-branding.handler.js';
export { ChangeLegalEntity, DefineLegalEntity } from './use-cases/legal-entities.handlers.js';
export type { BrandingChange } from './branding.decider.js';
export type { LegalEntityChange } from './legal-entity.js';
