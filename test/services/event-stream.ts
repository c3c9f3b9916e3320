import type { PublicEvent } from '#contracts';
import type { TestClient } from './test-client.js';

/** A listener to server-sent events, as browsers are: fields by line, an event at each empty line. */
export class EventStream<Message = PublicEvent> {
  lastEventId: string | undefined;
  private readonly told: Message[] = [];
  private rest = '';

  private constructor(
    readonly response: Response,
    private readonly reader: ReadableStreamDefaultReader<string>,
  ) {}

  static async open<Message = PublicEvent>(
    { url, key }: TestClient,
    path = 'events',
    lastEventId?: string,
  ): Promise<EventStream<Message>> {
    const response = await fetch(`${url}/v1/${path}`, {
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return new EventStream(response, response.body!.pipeThrough(new TextDecoderStream()).getReader());
  }

  /** Waits for so many events. */
  async take(count: number): Promise<Message[]> {
    while (this.told.length < count && (await this.readOn()));
    return this.told.splice(0, count);
  }

  /** All that comes before the server ends the stream. */
  async untilEnd(): Promise<Message[]> {
    while (await this.readOn());
    return this.told.splice(0);
  }

  async close(): Promise<void> {
    await this.reader.cancel();
  }

  /** False at the end. */
  private async readOn(): Promise<boolean> {
    const { done, value } = await this.reader.read();
    if (done) return false;
    const blocks = (this.rest + value).split('\n\n');
    this.rest = blocks.pop()!;
    for (const block of blocks) this.receive(block.split('\n'));
    return true;
  }

  private receive(lines: readonly string[]): void {
    const valueOf = (field: string): string | undefined =>
      lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
    this.lastEventId = valueOf('id') ?? this.lastEventId;
    const text = valueOf('data');
    if (text !== undefined) this.told.push(JSON.parse(text) as Message);
  }
}
