import { answerOf } from '#client';
import type { Customer, Part } from './customers.js';
import type { DemoTenant } from './demo-tenant.js';
import type { DemoReading } from './readings.js';
import type { Story } from './story.js';
import { openInvoicesOf } from './whole-lists.js';

/** What goes wrong in a story, and how it is put right: a reading, an invoice, a debit, a customer who pays no more. */
export class Mishaps {
  constructor(
    private readonly story: Story,
    private readonly tenant: DemoTenant,
  ) {}

  async play(stop: number): Promise<void> {
    const { story } = this;
    if (stop === story.middleAt(20)) await this.amend(this.playing('wrong_reading'), stop);
    if (stop === story.middleAt(34)) await this.void(this.playing('wrong_invoice'));
    if (stop === story.middleAt(60)) await this.reverse(this.playing('debit_returned'));
    if (stop === story.middleAt(90)) await this.writeOff(story.customers.find(({ habit }) => habit === 'stops')!);
  }

  private playing(part: Part): Customer {
    return this.story.customers.find((customer) => customer.part === part)!;
  }

  /** One reading was counted twice over, another one was a load test. */
  private async amend({ key }: Customer, stop: number): Promise<void> {
    const own = this.story.readingsAt(stop).filter(({ accountId }) => accountId === `external:${key}`);
    const { client } = this.tenant;
    const [wrong, test] = own as [DemoReading, DemoReading];
    const halved = { calls: Math.floor(wrong.properties['calls']! / 2) };
    await this.tenant.tell('amended reading', (headers) =>
      client.POST('/v1/usage/{id}/amend', {
        params: { path: { id: wrong.id }, query: { accountId: wrong.accountId } },
        body: { properties: halved, reason: 'A retry was counted twice.' },
        headers,
      }),
    );
    await this.tenant.tell('retracted reading', (headers) =>
      client.POST('/v1/usage/{id}/retract', {
        params: { path: { id: test.id }, query: { accountId: test.accountId } },
        body: { reason: 'A load test.' },
        headers,
      }),
    );
  }

  private async void({ key }: Customer): Promise<void> {
    const invoice = (await openInvoicesOf(this.tenant, { accountId: `external:${key}` }))[0];
    if (!invoice) return;
    await this.tenant.tell('void', (headers) =>
      this.tenant.client.POST('/v1/invoices/{id}/void', {
        params: { path: { id: invoice.id } },
        body: { reason: 'Sent to the wrong address.' },
        headers,
      }),
    );
  }

  private async writeOff({ key }: Customer): Promise<void> {
    const invoice = (await openInvoicesOf(this.tenant, { accountId: `external:${key}` })).at(-1);
    if (!invoice) return;
    await this.tenant.tell('write-off', (headers) =>
      this.tenant.client.POST('/v1/invoices/{id}/mark-uncollectible', {
        params: { path: { id: invoice.id } },
        body: { reason: 'Four reminders without an answer.' },
        headers,
      }),
    );
  }

  private async reverse({ key }: Customer): Promise<void> {
    const { client, consistent: headers } = this.tenant;
    const query = { accountId: `external:${key}` };
    const { data } = await answerOf(client.GET('/v1/payments', { params: { query }, headers }));
    const last = data[0];
    if (!last) return;
    await this.tenant.tell('reversal', (headers) =>
      client.POST('/v1/payments/{id}/reverse', {
        params: { path: { id: last.id } },
        body: { reason: 'The direct debit was returned.' },
        headers,
      }),
    );
  }
}
