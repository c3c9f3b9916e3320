import { Logger } from 'nestjs-pino';

/** What Nest says of each route and module as it starts is of use to those who build Recount, not to those who run it. */
const OF_THE_FRAMEWORK: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

export class NestLogger extends Logger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (OF_THE_FRAMEWORK.has(rest.at(-1))) super.debug(message, ...(rest as [string]));
    else super.log(message, ...(rest as [string]));
  }
}
