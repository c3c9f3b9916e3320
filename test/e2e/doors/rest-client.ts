import { routes } from '../../services/routes.js';
import { TestClient } from '../../services/test-client.js';
import type { DoorClient, Reply } from './door-client.js';

/** Recount by REST, as a program that knows paths and JSON sees it. */
export class RestDoorClient implements DoorClient {
  readonly door = 'REST';

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  withKey(key: string): RestDoorClient {
    return new RestDoorClient(this.url, key);
  }

  async ask(operation: string, payload: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const { method, path, queryFields, streams } = routes().find(
      (candidate) => candidate.operation?.name === operation,
    )!;
    const fields = new Map(Object.entries(payload));
    const take = (name: string): unknown => {
      const value: unknown = fields.get(name);
      fields.delete(name);
      return value;
    };
    const place = `/${path}`.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(take(name))));
    const names = [...fields.keys()].filter((name) => method === 'GET' || queryFields.has(name));
    const query = new URLSearchParams(asked(new Map(names.map((name) => [name, take(name)]))));
    const url = query.size > 0 ? `${place}?${query.toString()}` : place;
    const body = method === 'GET' ? undefined : Object.fromEntries(fields);
    const accept = streams ? {} : { accept: 'application/json' };
    const answer = await new TestClient(this.url, this.key).ask(method, url, body, {
      headers: { ...accept, ...headers },
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: answer.body };
  }
}

/** A map has a field for each of its members. */
const asked = (fields: ReadonlyMap<string, unknown>): [string, string][] =>
  [...fields].flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, member]): [string, string] => [`${name}[${key}]`, String(member)])
      : [[name, String(value)]],
  );
