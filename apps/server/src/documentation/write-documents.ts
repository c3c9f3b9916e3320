/** `npm run docs`: writes everything that follows from the sources, each after what it is made of. */
const WRITERS = ['openapi', 'field-numbers', 'client', 'proto', 'stored-events', 'public-events', 'asyncapi'];

for (const writer of WRITERS) await import(`./write-${writer}.js`);

export {};
