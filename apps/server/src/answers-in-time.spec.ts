import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { answerInTime } from './answers-in-time.js';
import { problemOf } from './pipeline/problem.js';

describe('a request', () => {
  const served = async (): Promise<FastifyInstance> => {
    const server = fastify();
    const isStream = (): boolean => false;
    answerInTime(server, 100, isStream, (error, _request, reply) => {
      const problem = problemOf(error);
      void reply.status(problem.status).send(problem);
    });
    const never = (): Promise<never> => new Promise(() => undefined);
    server.get('/never', never);
    server.post('/never', never);
    server.get('/late', () => sleep(300, { status: 'late' }));
    server.get('/soon', () => ({ status: 'soon' }));
    server.get('/guarded', { onRequest: never }, () => ({ status: 'unseen' }));
    await server.ready();
    return server;
  };

  it.each([
    ['GET', '/never', 'unavailable'],
    ['POST', '/never', 'outcome_unknown'],
    ['GET', '/late', 'unavailable'],
    ['GET', '/guarded', 'unavailable'],
  ] as const)('that nobody answers is answered in time: %s %s', async (method, url, code) => {
    const server = await served();
    const answer = await server.inject({ method, url, ...(method === 'POST' ? { payload: {} } : {}) });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code });
    expect(answer.headers['retry-after']).toBe('1');
    // What comes later finds it answered, and fails nobody.
    await sleep(400);
    await server.close();
  });

  it('that is answered keeps its answer', async () => {
    const server = await served();
    expect((await server.inject('/soon')).json()).toEqual({ status: 'soon' });
    await server.close();
  });
});
