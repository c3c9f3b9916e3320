export * from './agenda.projection.js';
