export * from './child-service.js';
