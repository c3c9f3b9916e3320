import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './api-error.js';
import { ApiVersion } from './api-version.js';
import { expanded } from './expand.js';
import type { Fault, Faults } from './faults.js';
import { formOf } from './form.js';
import { IdempotencyKeys, type Answer } from './idempotency.js';
import { operationOf, type Operation } from './operations.js';
import { listOf, onlyTakes, type Params } from './params.js';
import type { World } from './world.js';

export interface ApiOptions {
  readonly apiKey: string;
}

/** What was asked, for a spec to count. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly fault: string | null;
  readonly status: number | null;
}

const HOLD_MILLISECONDS = 30_000;

/** The HTTP side: who asks, under which key, and what goes wrong on the way. */
export class Api {
  readonly asked: Asked[] = [];
  private readonly keys = new IdempotencyKeys();

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
    private readonly options: ApiOptions,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    const method = request.method ?? 'GET';
    const text = method === 'GET' ? searchParams.toString() : await textOf(request);
    this.world.clock.catchUp();
    const key = (request.headers['idempotency-key'] as string | undefined) ?? null;
    const fault = this.faults.of(method, pathname);
    const note = (status: number | null) =>
      this.asked.push({ method, path: pathname, key, fault: fault?.kind ?? null, status });
    if (fault?.kind === 'dropBefore') {
      note(null);
      request.socket.destroy();
      return;
    }
    const done = await this.done(
      { method, path: pathname, text, key, authorization: request.headers.authorization },
      fault,
    );
    note(fault?.kind === 'commitThenDrop' || fault?.kind === 'hang' ? null : done.status);
    if (fault?.kind === 'commitThenDrop') request.socket.destroy();
    else if (fault?.kind !== 'hang') this.send(response, done);
  }

  private async done(call: Called, fault: Fault | undefined): Promise<Sent> {
    try {
      const asked = `${call.method} ${call.path} ${call.text}`;
      const kept = this.isKept(call) ? this.keys.begin(call.key!, asked, this.world.clock.now()) : undefined;
      if (kept) return { ...kept, isReplayed: true };
    } catch (error) {
      return { ...answerOf(error), isReplayed: false };
    }
    if (fault?.kind === 'hang') await waited(fault.holdMilliseconds ?? HOLD_MILLISECONDS);
    const answered = this.carryOut(call);
    const answer = fault?.kind === 'commitThen500' && answered.isSaved ? INTERNAL : answered.answer;
    if (this.isKept(call)) {
      if (answered.isSaved) this.keys.save(call.key!, answer);
      else this.keys.release(call.key!);
    }
    return { ...answer, isReplayed: false };
  }

  private isKept({ method, key }: Called): boolean {
    return method === 'POST' && key !== null;
  }

  private carryOut(call: Called): { readonly answer: Answer; readonly isSaved: boolean } {
    try {
      if (call.authorization !== `Bearer ${this.options.apiKey}`) {
        throw new ApiError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided: ***' });
      }
      const found = operationOf(call.method, call.path);
      if (!found) {
        throw new ApiError(404, {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${call.method}: ${call.path}).`,
        });
      }
      const body = JSON.stringify(this.run(found.operation, found.id, formOf(call.text), call.key), null, 2);
      return { answer: { status: 200, body }, isSaved: true };
    } catch (error) {
      return { answer: answerOf(error), isSaved: error instanceof ApiError && error.isSaved };
    }
  }

  private run(operation: Operation, id: string, params: Params, key: string | null): object {
    onlyTakes(params, operation.takes);
    this.world.requestId = this.world.id('req');
    this.world.requestKey = key;
    return expanded(this.world, operation.run({ world: this.world, params, id }), listOf(params, 'expand'));
  }

  private send(response: ServerResponse, { status, body, isReplayed }: Sent): void {
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': this.world.id('req'),
      'stripe-version': ApiVersion,
      ...(isReplayed ? { 'idempotent-replayed': 'true' } : {}),
    });
    response.end(body);
  }
}

interface Called {
  readonly method: string;
  readonly path: string;
  readonly text: string;
  readonly key: string | null;
  readonly authorization: string | undefined;
}

type Sent = Answer & { readonly isReplayed: boolean };

const INTERNAL: Answer = {
  status: 500,
  body: JSON.stringify({ error: { type: 'api_error', message: 'An unknown error occurred.' } }),
};

const answerOf = (error: unknown): Answer => {
  if (error instanceof ApiError) return { status: error.status, body: JSON.stringify({ error: error.body }, null, 2) };
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return INTERNAL;
};

export const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

const waited = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
