import { constant, secret, value, variableName, type ContractEntry, type Source } from './contract-entry';
import { breaker } from './breaker';
import { pagesCacheControl } from './edge/site';
import {
  databaseName,
  databaseUser,
  eventAppend,
  eventSchema,
  eventTable,
  namedReplicaName,
  socketChannels,
} from './names';
import type { SqlServer } from './nouns/database';
import { messageVariables } from './message-variables';
import { uses as usesSchema, type Service, type Uses } from './nouns/service';
import { eventStoresOf, standsOn, workflowsOf, type Platform, type SiteName } from './platform';
import { telemetryVariables } from './telemetry';
import { warehouseEntries } from './warehouse-contract';

export { variableName, type ContractEntry, type Source } from './contract-entry';

/** How a service proves who it is to a database, cache or search domain. */
export type Authentication = 'iam' | 'entra' | 'password';

/** How a cloud authenticates services, by noun. */
export interface Authentications {
  readonly databases: Authentication;
  readonly caches: Authentication;
  readonly searches: Authentication;
  /** By which it is told, too, whose interface sends messages: that of SES, or that of Communication Services. */
  readonly messages: Exclude<Authentication, 'password'>;
}

/** A platform and the site for which the contract is asked. */
export interface ContractScope {
  readonly platform: Platform;
  readonly site: SiteName;
  readonly authentications: Authentications;
}

/** In the order of their names. */
export const sortedByVariable = (entries: readonly ContractEntry[]): readonly ContractEntry[] =>
  [...entries].sort((a, b) => (a.variable < b.variable ? -1 : 1));

/**
 * Every variable and secret that a service receives on a site, sorted by name. This is the only place where they are
 * named; a cloud fills in values. What the site waives has none: a service asks whether the variable is there.
 */
export function contractOf(scope: ContractScope, serviceName: string): readonly ContractEntry[] {
  const { platform } = scope;
  const service = platform.services[serviceName];
  if (service === undefined)
    throw new Error(`no service ${serviceName} in ${Object.keys(platform.services).join(', ')}`);
  return sortedByVariable([
    constant('PORT', service.port),
    constant('SERVICE_NAME', serviceName),
    constant('PLATFORM_NAME', platform.name),
    constant('PLATFORM_STAGE', platform.stageName),
    constant('DRAIN_SECONDS', service.drainSeconds),
    constant('TIMEOUT_SECONDS', service.timeoutSeconds),
    ...(service.sticky === undefined ? [] : [constant('STATE_PERSIST_SECONDS', service.sticky.persistSeconds)]),
    ...usesEntries(scope, serviceName, service.uses),
    ...provenEntries(scope, service),
    ...(service.sockets === undefined
      ? []
      : [
          constant('SOCKET_IDLE_SECONDS', service.sockets.idleSeconds),
          constant('SOCKET_CHANNELS_CACHE', service.sockets.channels),
          constant('SOCKET_CHANNELS_PREFIX', socketChannels(serviceName)),
        ]),
    ...workflowsOf(platform, serviceName)
      .filter((name) => standsOn(platform, scope.site, 'workflows', name))
      .map((name) =>
        value(variableName('WORKFLOW', name, 'COMMANDS_URL'), 'workflows', name, `commands/${serviceName}`),
      ),
    ...eventStoresOf(platform, serviceName).flatMap((name) => eventStoreEntries(platform, name, serviceName)),
    ...siteEntries(platform, serviceName),
    ...telemetryEntries(scope, serviceName),
    ...Object.entries(service.environment).map(([variable, text]) => constant(variable, text)),
  ]);
}

/**
 * Every variable and secret that a function receives on a site, sorted by name. What it uses has the same names as in a
 * service.
 */
export function functionContractOf(scope: ContractScope, functionName: string): readonly ContractEntry[] {
  const { platform } = scope;
  const spec = platform.functions[functionName];
  if (spec === undefined)
    throw new Error(`no function ${functionName} in ${Object.keys(platform.functions).join(', ')}`);
  return sortedByVariable([
    constant('FUNCTION_NAME', functionName),
    constant('PLATFORM_NAME', platform.name),
    constant('PLATFORM_STAGE', platform.stageName),
    ...(spec.schedule === undefined ? [] : [constant('SCHEDULE', spec.schedule)]),
    ...spec.copiesFrom.map((service) => constant(variableName('SCHEMA', service), databaseUser(service))),
    ...usesEntries(scope, functionName, { ...usesSchema.parse({}), ...spec.uses }),
  ]);
}

/** Where a service finds its events, and by which procedure it appends to them where it may not insert. */
const eventStoreEntries = (platform: Platform, store: string, owner: string): readonly ContractEntry[] =>
  platform.databases[platform.eventStores[store]?.database ?? '']?.engine === 'sqlserver'
    ? [
        constant(variableName('EVENTS', store, 'TABLE'), `${eventSchema}.${eventTable(store)}`),
        constant(variableName('EVENTS', store, 'APPEND'), `${eventSchema}.${eventAppend(store)}`),
      ]
    : [constant(variableName('EVENTS', store, 'TABLE'), `${databaseUser(owner)}.${eventTable(store)}`)];

/** By which name replicas of a SQL Server database are found, and what a connection says that wants any of them. */
const sqlReaderEntries = (name: string, { namedReplicas, readReplicas }: SqlServer): readonly ContractEntry[] => [
  ...(readReplicas > 0
    ? [
        value(variableName('DATABASE', name, 'READER_HOST'), 'databases', name, 'readerHost'),
        constant(variableName('DATABASE', name, 'READER_INTENT'), 'ReadOnly'),
      ]
    : []),
  ...Object.keys(namedReplicas).map((replica) =>
    constant(variableName('DATABASE', name, replica, 'NAME'), namedReplicaName(name, replica)),
  ),
];

/** What the service that makes the pages is told: where people read them, and what to say of those that may be kept. */
function siteEntries({ edge, stage }: Platform, serviceName: string): readonly ContractEntry[] {
  const site = edge?.site;
  if (site?.service !== serviceName) return [];
  return [
    constant('SITE_URL', `https://${stage.domain}`),
    ...(site.keepSeconds === 0 ? [] : [constant('SITE_PAGES_CACHE_CONTROL', pagesCacheControl(site))]),
  ];
}

/** By which a service tells of itself. */
function telemetryEntries({ platform, site }: ContractScope, name: string): readonly ContractEntry[] {
  const { stage, stageName, telemetry } = platform;
  const runtime = stage.sites[site]?.runtime;
  if (telemetry === undefined || runtime === undefined) return [];
  const variables = telemetryVariables(telemetry, { name, platform: platform.name, runtime, stage: stageName });
  return Object.entries(variables).map(([variable, text]) => constant(variable, text));
}

/** What each noun is called in names of variables. */
const words = {
  databases: 'DATABASE',
  caches: 'CACHE',
  searches: 'SEARCH',
  integrations: 'INTEGRATION',
  messages: 'MESSAGES',
} as const;

/**
 * What a service proves before it says that it is ready: parts by the beginning of their variables, such as
 * `DATABASE_STORE CACHE_SESSIONS`. What the site does not have need not answer.
 */
function provenEntries({ platform, site }: ContractScope, { health, uses }: Service): readonly ContractEntry[] {
  const { proves } = health;
  if (proves === undefined) return [];
  const parts = (nouns: readonly (keyof typeof words)[]) =>
    nouns
      .flatMap((noun) =>
        uses[noun]
          .filter((name) => standsOn(platform, site, noun, name))
          .map((name) => variableName(words[noun], name)),
      )
      .join(' ');
  return [
    constant('HEALTH_PROVES_ALWAYS', parts(proves.always)),
    ...(proves.once.length === 0 ? [] : [constant('HEALTH_PROVES_ONCE', parts(proves.once))]),
  ];
}

/** When whoever calls others outside of the platform leaves each of them alone. */
const breakerEntries = (called: readonly string[]): readonly ContractEntry[] =>
  called.length === 0
    ? []
    : [constant('BREAKER_FAILURES', breaker.failures), constant('BREAKER_REST_SECONDS', breaker.restSeconds)];

/** What somebody receives for what it uses. */
function usesEntries(
  { platform, site, authentications }: ContractScope,
  user: string,
  uses: Uses,
): readonly ContractEntry[] {
  const password = (
    noun: 'databases' | 'caches' | 'searches',
    word: string,
    name: string,
  ): readonly ContractEntry[] => [
    constant(variableName(word, name, 'AUTH'), authentications[noun]),
    ...(authentications[noun] === 'password'
      ? [secret(variableName(word, name, 'PASSWORD'), noun, name, 'password')]
      : []),
  ];
  const here = (noun: Exclude<Source['noun'], 'services'>, names: readonly string[]) =>
    names.filter((name) => standsOn(platform, site, noun, name));

  const databases = here('databases', uses.databases).flatMap((name) => {
    const spec = platform.databases[name];
    return [
      value(variableName('DATABASE', name, 'HOST'), 'databases', name, 'host'),
      value(variableName('DATABASE', name, 'PORT'), 'databases', name, 'port'),
      constant(variableName('DATABASE', name, 'NAME'), databaseName(name)),
      constant(variableName('DATABASE', name, 'USER'), databaseUser(user)),
      constant(variableName('DATABASE', name, 'SCHEMA'), databaseUser(user)),
      ...(spec?.engine === 'postgres' && spec.readReplicas > 0
        ? [value(variableName('DATABASE', name, 'READER_HOST'), 'databases', name, 'readerHost')]
        : []),
      ...(spec?.engine === 'sqlserver' ? sqlReaderEntries(name, spec) : []),
      ...password('databases', 'DATABASE', name),
    ];
  });
  const caches = here('caches', uses.caches).flatMap((name) => [
    value(variableName('CACHE', name, 'HOST'), 'caches', name, 'host'),
    value(variableName('CACHE', name, 'PORT'), 'caches', name, 'port'),
    value(variableName('CACHE', name, 'USER'), 'caches', name, 'user'),
    ...password('caches', 'CACHE', name),
  ]);
  const searches = here('searches', uses.searches).flatMap((name) => [
    value(variableName('SEARCH', name, 'URL'), 'searches', name, 'url'),
    ...password('searches', 'SEARCH', name),
  ]);
  const unique = (names: readonly string[]) => [...new Set(names)];
  const documents = here('documents', unique([...uses.documents, ...uses.readsDocuments])).flatMap((name) => [
    value(variableName('DOCUMENTS', name, 'URL'), 'documents', name, 'url'),
    // Regions nearest first; a client goes on to the next when one does not answer.
    value(variableName('DOCUMENTS', name, 'REGIONS'), 'documents', name, 'regions'),
    constant(variableName('DOCUMENTS', name, 'DATABASE'), databaseName(name)),
    // By HTTPS alone: no other port is open.
    constant(variableName('DOCUMENTS', name, 'CONNECTION'), 'gateway'),
    constant(variableName('DOCUMENTS', name, 'AUTH'), 'entra'),
  ]);

  return [
    ...databases,
    ...caches,
    ...searches,
    ...documents,
    ...here('buckets', unique([...uses.reads, ...uses.writes])).map((name) =>
      value(variableName('BUCKET', name, 'URL'), 'buckets', name, 'url'),
    ),
    ...here('queues', unique([...uses.sends, ...uses.receives])).map((name) =>
      value(variableName('QUEUE', name, 'URL'), 'queues', name, 'url'),
    ),
    ...here('topics', uses.publishes).map((name) =>
      value(variableName('TOPIC', name, 'ADDRESS'), 'topics', name, 'address'),
    ),
    ...here('streams', unique([...uses.appends, ...uses.follows])).flatMap((name) => [
      value(variableName('STREAM', name, 'BROKERS'), 'streams', name, 'brokers'),
      constant(variableName('STREAM', name, 'TOPIC'), name),
    ]),
    ...here('streams', uses.follows).map((name) => constant(variableName('STREAM', name, 'GROUP'), user)),
    ...here('messages', uses.messages).flatMap((name) =>
      messageVariables(platform, name, authentications.messages).map(({ words, ...of }) => {
        const variable = variableName('MESSAGES', name, ...words);
        return 'field' in of ? value(variable, 'messages', name, of.field) : constant(variable, of.text);
      }),
    ),
    ...uses.calls.flatMap((name) => [
      value(variableName('SERVICE', name, 'URL'), 'services', name, 'url'),
      constant(variableName('SERVICE', name, 'TIMEOUT_SECONDS'), platform.services[name]?.timeoutSeconds ?? 0),
    ]),
    ...here('flags', uses.flags).map((name) => value(variableName('FLAGS', name, 'ADDRESS'), 'flags', name, 'address')),
    ...here('workflows', uses.starts).map((name) =>
      value(variableName('WORKFLOW', name, 'ADDRESS'), 'workflows', name, 'address'),
    ),
    ...uses.secrets.flatMap((name) =>
      (platform.secrets[name]?.fields ?? []).map((field) =>
        secret(variableName('SECRET', name, field), 'secrets', name, field),
      ),
    ),
    ...uses.integrations.flatMap((name) => {
      const integration = platform.integrations[name];
      return [
        constant(variableName('INTEGRATION', name, 'URL'), `https://${integration?.host}:${integration?.port}`),
        constant(variableName('INTEGRATION', name, 'TIMEOUT_MILLISECONDS'), integration?.timeoutMilliseconds ?? 0),
      ];
    }),
    ...breakerEntries([...uses.integrations, ...here('messages', uses.messages)]),
    ...unique([...uses.feeds, ...uses.queries]).flatMap((name) => warehouseEntries(platform, uses, name)),
  ];
}
