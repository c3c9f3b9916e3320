export * from './book.projection.js';
export * from './book.query.js';
