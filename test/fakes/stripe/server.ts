import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Api, textOf } from './api.js';
import { ApiError } from './api-error.js';
import { ordersOf, type OrderName } from './control.js';
import { Faults } from './faults.js';
import { World } from './world.js';

/** Orders of tests, beside the API. */
const CONTROL = '/_double/';

/** The API under `/v1`, and what tests may order under `/_double`. */
export const stripeServer = (apiKey: string): Server => {
  const world = new World();
  const faults = new Faults();
  const api = new Api(world, faults, { apiKey });
  const orders = ordersOf(world, api, faults);

  const obey = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const order = orders[request.url!.slice(CONTROL.length) as OrderName] as ((takes: unknown) => unknown) | undefined;
    const text = await textOf(request);
    try {
      if (!order) throw new ApiError(404, { type: 'invalid_request_error', message: `No such order: ${request.url}` });
      const given = order(JSON.parse(text === '' ? '{}' : text));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(given));
    } catch (error) {
      response.writeHead(error instanceof ApiError ? error.status : 500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? error.message : String(error));
    }
  };

  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const answered = request.url!.startsWith(CONTROL) ? obey(request, response) : api.answer(request, response);
    answered.catch((error: unknown) => {
      // Whoever asked has gone away.
      process.stderr.write(`${String(error)}\n`);
      response.destroy();
    });
  });
};
