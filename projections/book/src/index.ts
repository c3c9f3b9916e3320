export * from './book.projection.js';
