export * from './child-service.js';
export * from './free-port.js';
