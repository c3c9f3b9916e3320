export * from './subscriptions.projection.js';
