#!/usr/bin/env bash
# stripe 23.1.0 (on Node): `timeout` is documented as the "maximum time each request can take in ms", and is none: it counts how long the connection is
# silent. An answer whose bytes drip in, each sooner than that, is waited for as long as it drips, and is then taken for one that came in time: the client
# hands it to `http.ClientRequest.setTimeout`, which is a time-out of the idle socket.
#
# Seen: "timeout 300 ms, answer after 2.2 s: balance" (the seconds vary), where a server of a few lines sends a byte each 100 ms.
# Fails if the call is refused, or answered within a second.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund stripe@23.1.0

cat >drip.cjs <<'JS'
const { createServer } = require('node:http');
const Stripe = require('stripe');

const ANSWER = '{"object":"balance"}';

/** A whole answer, a byte at a time. */
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(ANSWER[sent]);
    sent += 1;
    if (sent < ANSWER.length) return;
    clearInterval(timer);
    response.end();
  }, 100);
});

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const stripe = new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', timeout: 300, maxNetworkRetries: 0, telemetry: false });
  const begun = performance.now();
  const came = await stripe.balance.retrieve().then(({ object }) => object, ({ type }) => type);
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`timeout 300 ms, answer after ${seconds.toFixed(1)} s: ${came}`);
  server.closeAllConnections();
  server.close();
  if (came !== 'balance' || seconds < 1) {
    console.log('It is not as it was any more.');
    process.exit(1);
  }
});
JS
node drip.cjs
