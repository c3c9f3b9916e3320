export { ExternalIds } from './use-cases/external-ids.js';
