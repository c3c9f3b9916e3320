export { type IssuedDocument, AssignNumbers } from './use-cases/assign-numbers.js';
export { formatted } from './numbering.js';
