export * from './subscriptions.projection.js';
export * from './subscriptions.query.js';
