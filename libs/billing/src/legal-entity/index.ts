export { ChangeLegalEntity, DefineLegalEntity } from './use-cases/legal-entities.handlers.js';
export type { LegalEntityChange } from './legal-entity.js';
