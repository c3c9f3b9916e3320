export * from './agenda.projection.js';
export * from './agenda.query.js';
