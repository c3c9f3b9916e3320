/** Who may know whom. A planted violation of each rule is part of the tests: test/architecture. */
const spec = '\\.(spec|contract)\\.ts$';
/** A noun of billing: its rules and its record lie in its folder, what gathers and executes in `use-cases` of that. */
const rules = '^libs/billing/src/[^/]+/(?!use-cases/|index\\.ts$|[^/]+\\.record\\.ts$)';
const records = '^libs/billing/src/[^/]+/[^/]+\\.record\\.ts$';
const useCases = '^libs/billing/src/([^/]+/use-cases/|[^/]+/index\\.ts$|[^/]+\\.ts$)';
const testing = '^libs/testing/';

/** From a part, only the named packages, and of Node itself only the named modules. */
const onlyPackages = (name, path, packages, modules = []) => ({
  name,
  severity: 'error',
  from: { path, pathNot: spec },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'],
    pathNot: [...packages.map((name) => `node_modules/${name}(/|$)`), ...modules.map((name) => `^${name}$`)],
  },
});

const onlyLibs = (name, path, libs) => ({
  name,
  severity: 'error',
  from: { path, pathNot: spec },
  to: { path: '^(libs|apps|projections|migrations|test)/', pathNot: `^libs/(${libs.join('|')})/` },
});

/** From a part, only the named drivers; Node itself it may use. */
const onlyDrivers = (name, path, drivers) => ({
  ...onlyPackages(name, path, drivers),
  to: { path: 'node_modules/', ...(drivers.length > 0 ? { pathNot: `node_modules/(${drivers.join('|')})(/|$)` } : {}) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-runtime-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'Peers of benchmarks get their packages for a run.',
      severity: 'error',
      from: { pathNot: '^test/bench/peers/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'libs-through-their-index',
      comment: 'A lib is entered by its index alone, billing by that of a noun.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps/[^/]+|projections/[^/]+|test|migrations)/' },
      to: {
        path: '^(libs|projections)/[^/]+/src/(?!index\\.ts$)',
        // The index of testing is for specs alone: what it has of Jest does not load outside of it.
        pathNot: ['^$1/', '^libs/billing/src/[^/]+/index\\.ts$', '^libs/testing/src/(documents|pictures)\\.ts$'],
      },
    },
    onlyLibs('kernel-knows-nothing', '^libs/kernel/', ['kernel']),
    onlyPackages('kernel-packages', '^libs/kernel/', ['temporal-polyfill', 'typeid-js', 'uuid'], ['crypto']),
    onlyLibs('rating-knows-the-kernel', '^libs/rating/', ['kernel', 'rating']),
    onlyPackages('rating-is-pure', '^libs/rating/', []),
    onlyLibs('ledger-knows-the-kernel', '^libs/ledger/', ['kernel', 'ledger']),
    onlyPackages('ledger-is-pure', '^libs/ledger/', []),
    onlyLibs('analytics-know-the-kernel', '^libs/analytics/', ['kernel', 'analytics']),
    onlyPackages('analytics-are-pure', '^libs/analytics/', []),
    onlyLibs('documents-know-what-is-billed', '^libs/documents/', ['kernel', 'contracts', 'billing', 'documents']),
    onlyPackages('documents-are-pure', '^libs/documents/', ['lru-cache', 'qr']),
    {
      name: 'documents-take-types-from-billing',
      comment: 'What is said on paper follows from records: never from a decider or a handler.',
      severity: 'error',
      from: { path: '^libs/documents/', pathNot: spec },
      to: { path: '^libs/(billing|contracts)/', dependencyTypesNot: ['type-only'] },
    },
    onlyLibs('typst-knows-the-kernel', '^libs/typst/', ['kernel', 'typst']),
    onlyDrivers('typst-packages', '^libs/typst/', [
      '@myriaddreamin/typst-ts-node-compiler',
      '@expo-google-fonts',
      '@cantoo/pdf-lib',
    ]),
    onlyLibs('gateways-know-the-kernel', '^libs/gateways/', ['kernel', 'gateways']),
    onlyPackages('gateways-are-plain', '^libs/gateways/src/(?!stripe/)', []),
    onlyDrivers('gateways-packages', '^libs/gateways/', ['stripe', 'p-timeout']),
    onlyLibs('bank-statements-know-the-kernel', '^libs/bank-statements/', ['kernel', 'bank-statements']),
    onlyPackages('bank-statements-packages', '^libs/bank-statements/', ['fast-xml-parser', 'csv-parse']),
    onlyLibs('rules-know-rules-only', rules, ['kernel', 'contracts', 'rating', 'ledger', 'billing']),
    {
      name: 'rules-take-types-from-contracts',
      comment: 'What facts hold: never how they are stored or told.',
      severity: 'error',
      from: { path: rules, pathNot: spec },
      to: { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-know-no-use-cases',
      severity: 'error',
      from: { path: rules },
      to: { path: [useCases, records] },
    },
    onlyPackages('rules-are-pure', rules, []),
    onlyLibs('records-know-rules', records, ['kernel', 'contracts', 'rating', 'ledger', 'billing']),
    {
      name: 'records-know-no-use-cases',
      severity: 'error',
      from: { path: records },
      to: { path: useCases },
    },
    onlyPackages('records-are-pure', records, []),
    onlyLibs('use-cases-know-ports-only', '^libs/billing/src/([^/]+/use-cases/|[^/]+\\.ts$)', [
      'kernel',
      'discovery',
      'rating',
      'ledger',
      'billing',
      'contracts',
      'write-path',
    ]),
    onlyPackages('use-cases-packages', useCases, ['@nestjs/common', '@nestjs/cqrs', 'lru-cache', 'p-limit']),
    onlyLibs('contracts-know-the-kernel', '^libs/contracts/', ['kernel', 'contracts', 'ledger']),
    onlyPackages('contracts-packages', '^libs/contracts/', ['typebox'], ['crypto']),
    onlyLibs('write-path-knows-ports', '^libs/write-path/', ['kernel', 'contracts', 'write-path']),
    onlyDrivers('write-path-packages', '^libs/write-path/', ['lru-cache']),
    onlyLibs('replay-knows-rules-and-log', '^libs/replay/', [
      'kernel',
      'contracts',
      'ledger',
      'rating',
      'billing',
      'write-path',
      'replay',
    ]),
    onlyDrivers('replay-packages', '^libs/replay/', ['p-limit']),
    onlyLibs('event-store-adapter', '^libs/event-store/', ['kernel', 'event-store', 'embedded']),
    onlyDrivers('event-store-driver', '^libs/event-store/', [
      '@eventstore/db-client',
      '@grpc/grpc-js',
      'protobufjs',
      'cockatiel',
      'p-limit',
      'p-timeout',
    ]),
    onlyLibs('postgres-adapter', '^libs/postgres/', ['kernel', 'postgres']),
    onlyDrivers('postgres-driver', '^libs/postgres/', ['pg', 'typeorm']),
    onlyLibs('personal-data-adapter', '^libs/personal-data/', ['kernel', 'postgres', 'personal-data']),
    onlyDrivers('personal-data-packages', '^libs/personal-data/', ['lru-cache']),
    onlyLibs('messaging-adapter', '^libs/messaging/', ['kernel', 'messaging']),
    onlyDrivers('messaging-driver', '^libs/messaging/', ['@nats-io', 'p-timeout']),
    onlyLibs('embedded-knows-nobody', '^libs/embedded/', ['embedded']),
    onlyLibs('runtime-knows-nobody', '^libs/runtime/', ['runtime']),
    onlyDrivers('runtime-packages', '^libs/runtime/', []),
    onlyDrivers('embedded-packages', '^libs/embedded/', []),
    onlyLibs('discovery-knows-nobody', '^libs/discovery/', ['discovery']),
    onlyDrivers('discovery-packages', '^libs/discovery/', []),
    onlyLibs('client-knows-nobody', '^libs/client/', ['client']),
    onlyDrivers('client-packages', '^libs/client/', ['jose', 'openapi-fetch']),
    onlyLibs('projection-runner', '^libs/projection/', ['kernel', 'contracts', 'postgres', 'projection']),
    onlyDrivers('projection-runner-packages', '^libs/projection/', ['dataloader', 'pino']),
    onlyPackages('projections-packages', '^projections/', ['typeorm']),
    {
      ...onlyLibs('projections-know-facts', '^projections/', [
        'kernel',
        'contracts',
        'ledger',
        'analytics',
        'postgres',
        'projection',
        'billing',
      ]),
      to: {
        path: '^(libs|apps|projections|migrations|test)/',
        pathNot: '^(libs/(kernel|contracts|ledger|analytics|postgres|projection|billing)|projections/$1)/',
      },
      from: { path: '^projections/([^/]+)/', pathNot: spec },
    },
    {
      name: 'projections-take-types-from-billing',
      comment: 'Event types and records: never a decider or a handler.',
      severity: 'error',
      from: { path: '^projections/', pathNot: spec },
      to: { path: '^libs/billing/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'event-store-client-behind-its-adapter',
      severity: 'error',
      from: { pathNot: '^(libs/event-store|packages/eventstore|test/bench/eventstore)/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'postgres-driver-behind-its-adapter',
      comment: 'TypeORM writes migrations and the SQL of queries; only the adapter talks to a database.',
      severity: 'error',
      from: { pathNot: '^libs/postgres/' },
      to: { path: 'node_modules/pg/' },
    },
    {
      name: 'nats-client-behind-its-adapter',
      severity: 'error',
      from: { pathNot: `(^libs/messaging/|${spec}|^test/)` },
      to: { path: 'node_modules/@nats-io/' },
    },
    {
      name: 'storage-engine-in-the-event-store',
      severity: 'error',
      from: { pathNot: '^packages/eventstore/' },
      to: { path: 'node_modules/lmdb/' },
    },
    {
      name: 'packages-know-nobody',
      comment: 'Others use them, too: nothing in them is of billing, be it for a test.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^(apps|libs|projections|migrations|test|packages)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-say-what-they-use',
      comment: 'In their own package.json: they are installed by themselves.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'packages-are-processes',
      comment: 'The product starts them, and speaks their protocol. Specs run their contract.',
      severity: 'error',
      from: { path: '^(apps|libs|projections|migrations)/', pathNot: spec },
      to: { path: '^packages/' },
    },
    {
      name: 'nest-in-the-server-and-in-handlers',
      severity: 'error',
      from: { pathNot: '^(apps/server/|libs/billing/src/([^/]+/use-cases/|providers\\.ts$)|test/)' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'apps-know-no-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: spec },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-apps',
      severity: 'error',
      from: { path: '^(libs|projections|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { pathNot: `(${spec}|^test/|${testing})` },
      to: { path: testing },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['recount-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
