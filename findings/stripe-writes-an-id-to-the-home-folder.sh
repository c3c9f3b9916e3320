#!/usr/bin/env bash
# stripe 23.1.0 (on Node): its first request writes a random id to ~/.config/stripe/telemetry_id, and every request of whichever program of that user sends it from then on,
# in the header X-Stripe-Client-User-Agent. Of `telemetry`, which is on unless it is turned off, the README says that it is about latency and use of features, the types that
# "the only telemetry we send is latency metrics"; neither names a file or an id.
#
# Seen: "made: telemetry_id, 32 characters; sent: the same, by two clients", and nothing of it with `telemetry: false`.
# Fails if no such file is made, if it is not sent, or if it is with `telemetry: false`. HOME is a temporary folder; a server of a few lines answers.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund stripe@23.1.0

cat >identity.cjs <<'JS'
const { existsSync, readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const Stripe = require('stripe');

const file = join(process.env.HOME, '.config', 'stripe', 'telemetry_id');
const sent = [];
const server = createServer((request, response) => {
  sent.push(JSON.parse(request.headers['x-stripe-client-user-agent']).telemetry_id);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"object":"balance"}');
});

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const asks = (options) => new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', ...options }).balance.retrieve();
  await asks({ telemetry: false });
  const isMadeWithout = existsSync(file);
  await asks({});
  await asks({});
  const id = existsSync(file) ? readFileSync(file, 'utf8') : '';
  console.log(`made: telemetry_id, ${id.length} characters; sent: ${sent[1] === id && sent[2] === id ? 'the same, by two clients' : 'something else'}`);
  console.log(`telemetry: false: ${isMadeWithout || sent[0] !== undefined ? 'the same' : 'nothing of it'}`);
  server.closeAllConnections();
  server.close();
  if (isMadeWithout || sent[0] !== undefined || id.length !== 32 || sent[1] !== id || sent[2] !== id) {
    console.log('It is not as it was any more.');
    process.exit(1);
  }
});
JS
mkdir home
HOME="$folder/home" XDG_CONFIG_HOME='' node identity.cjs
