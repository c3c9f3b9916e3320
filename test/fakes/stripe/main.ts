import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { stripeServer } from './server.js';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, key: { type: 'string', default: 'sk_test_double' } },
});

const server = stripeServer(values.key);
server.listen(Number(values.port), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  if (process.send) process.send({ port });
  else process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.on('disconnect', () => process.exit());
