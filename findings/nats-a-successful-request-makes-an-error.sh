#!/usr/bin/env bash
# @nats-io/nats-core 3.4.0: every request that succeeds makes a RequestError, whose stack trace is captured, although nothing failed and nobody sees it: the
# request cleans up after its answer by cancelling itself, and cancelling rejects a promise that is settled with a new error. `noAsyncTraces: true`, which
# is there to save that cost, leaves out two other errors of a request, and not this one. JetStream publications are requests.
#
# Seen: "100 requests answered, 100 RequestErrors made (noAsyncTraces: true)", and 200 without the option.
# Fails if another number of errors is made. A server of a few lines answers, so that none has to be installed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @nats-io/nats-core@3.4.0 @nats-io/transport-node@3.4.0

cat >requests.cjs <<'JS'
const { createServer } = require('node:net');
const { dirname, join } = require('node:path');

const errors = require(join(dirname(require.resolve('@nats-io/nats-core')), 'errors.js'));
let made = 0;
const Original = errors.RequestError;
errors.RequestError = class RequestError extends Original {
  constructor(...given) {
    super(...given);
    made += 1;
  }
};
const { connect } = require('@nats-io/transport-node');

/** Speaks as much of the protocol as a request takes: whatever is published with a reply subject is answered. */
const server = createServer((socket) => {
  socket.write('INFO {"server_id":"S","version":"2.10.0","proto":1,"headers":true,"max_payload":1048576}\r\n');
  let text = '';
  let inbox;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const words = text.slice(0, end).split(' ');
      const verb = words[0].toUpperCase();
      const size = verb === 'PUB' || verb === 'HPUB' ? Number(words.at(-1)) + 2 : 0;
      if (text.length < end + 2 + size) return;
      text = text.slice(end + 2 + size);
      if (verb === 'PING') socket.write('PONG\r\n');
      if (verb === 'SUB') inbox = words.at(-1);
      if (size > 0) socket.write(`MSG ${words[2]} ${inbox} 2\r\nok\r\n`);
    }
  });
  socket.on('error', () => undefined);
});

const madeBy = async (port, noAsyncTraces) => {
  const connection = await connect({ servers: `127.0.0.1:${port}`, noAsyncTraces, reconnect: false });
  made = 0;
  for (let index = 0; index < 100; index += 1) await connection.request('asked', 'x', { timeout: 5_000 });
  const found = made;
  await connection.close();
  console.log(`100 requests answered, ${found} RequestErrors made (noAsyncTraces: ${noAsyncTraces})`);
  return found;
};

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const found = [await madeBy(port, true), await madeBy(port, false)];
  server.close();
  if (found[0] !== 100 || found[1] !== 200) {
    console.log('It is not as it was any more.');
    process.exit(1);
  }
});
JS
node requests.cjs
