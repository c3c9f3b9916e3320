/** A body as the domain has it: without classes, maps as objects, and without what was left out. */
export const plain = (value: object): unknown =>
  JSON.parse(JSON.stringify(value instanceof Map ? Object.fromEntries(value) : value));
