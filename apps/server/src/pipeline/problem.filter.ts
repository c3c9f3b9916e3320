import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { PROBLEM_JSON, problemOf } from './problem.js';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const found = problemOf(error);
    if (found.status === 500) this.logger.error({ err: error, requestId: request.id }, 'A request failed.');
    const reply = http.getResponse<FastifyReply>().status(found.status).header('content-type', PROBLEM_JSON);
    if (found.status === 503) reply.header('retry-after', '1');
    if (found.status === 401) reply.header('www-authenticate', 'Bearer');
    reply.send({ ...found, instance: request.url });
  }
}
