/** Emmett's PostgreSQL command handler behind a bare HTTP server: no keys, checks, tenants or read models. Packages beside it; told by its environment. */
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import process from 'node:process';
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

const store = getPostgreSQLEventStore(process.env.DATABASE_URL);
await store.schema.migrate();
const handle = CommandHandler({
  initialState: () => ({ subscriptions: 0 }),
  evolve: ({ subscriptions }) => ({ subscriptions: subscriptions + 1 }),
});

const subscribe = async (body) => {
  const { accountId, plan, activation } = JSON.parse(body);
  const data = { accountId, plan, activation, subscribedAt: new Date().toISOString() };
  const { nextExpectedStreamVersion } = await handle(
    store,
    `account-${accountId}`,
    () => ({ type: 'SubscriptionCreated', data }),
    { retry: { onVersionConflict: true } },
  );
  return { id: `${accountId}-${nextExpectedStreamVersion}`, ...data };
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    subscribe(body).then(
      (subscription) => {
        const text = JSON.stringify(subscription);
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
      (error) => {
        const text = String(error);
        response.writeHead(500, { 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
