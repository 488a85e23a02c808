import type { z } from 'zod';
import type { functionUses, serverlessFunction } from './nouns/function';
import type { reason } from './nouns/scalars';
import type { gateway } from './nouns/gateway';
import type { edge, service, sockets, uses, workflow } from './nouns/service';
import type { stage } from './nouns/site';
import type { owner, parts, platform } from './schema';
import type { ScopedNoun } from './nouns/scope';
import type { DeepReadonly, DistributiveOmit, Patch } from './types';

type Input<Schema extends z.ZodType> = DeepReadonly<z.input<Schema>>;
type PartInput<Noun extends keyof typeof parts> = Input<(typeof parts)[Noun]>;

/** The names that a platform declares, by noun. */
export interface Names {
  readonly databases: string;
  readonly documents: string;
  readonly caches: string;
  readonly queues: string;
  readonly topics: string;
  readonly streams: string;
  readonly messages: string;
  readonly buckets: string;
  readonly searches: string;
  readonly secrets: string;
  readonly integrations: string;
  readonly warehouses: string;
  readonly flags: string;
  readonly workflows: string;
  readonly services: string;
  readonly functions: string;
}

/** Which noun a name in `uses` refers to. */
export const usesNoun = {
  databases: 'databases',
  caches: 'caches',
  searches: 'searches',
  documents: 'documents',
  readsDocuments: 'documents',
  reads: 'buckets',
  writes: 'buckets',
  sends: 'queues',
  receives: 'queues',
  publishes: 'topics',
  appends: 'streams',
  follows: 'streams',
  messages: 'messages',
  calls: 'services',
  flags: 'flags',
  starts: 'workflows',
  secrets: 'secrets',
  integrations: 'integrations',
  feeds: 'warehouses',
  queries: 'warehouses',
} as const satisfies Record<keyof z.output<typeof uses>, keyof Names>;
export type UseKind = keyof typeof usesNoun;

type UsesInput<N extends Names> = { readonly [Kind in UseKind]?: readonly N[(typeof usesNoun)[Kind]][] };

/** What a function may do of it. */
export type FunctionUseKind = keyof z.output<typeof functionUses>;

type DatabaseInput<N extends Names, Database = PartInput<'databases'>> = Database extends unknown
  ? 'fedBy' extends keyof Database
    ? Omit<Database, 'fedBy'> & {
        /** What keeps it filled, for people who read it. */
        readonly fedBy?: { readonly database: N['databases']; readonly function: N['functions'] };
      }
    : Database
  : never;

type ServiceInput<N extends Names> = Omit<Input<typeof service>, 'uses' | 'sockets'> & {
  /** Connections that clients keep open. @default - none: every request has its answer, and that is all */
  readonly sockets?: Omit<Input<typeof sockets>, 'channels'> & { readonly channels: N['caches'] };
  /** What the service needs of the platform. Whatever is not named here is closed to it. */
  readonly uses?: UsesInput<N>;
};

type FunctionInput<N extends Names> = DistributiveOmit<Input<typeof serverlessFunction>, 'uses' | 'copiesFrom'> & {
  /** What the function needs of the platform. Whatever is not named here is closed to it. */
  readonly uses?: Pick<UsesInput<N>, FunctionUseKind>;
  /** Services whose own tables it may read, in the databases that it uses. */
  readonly copiesFrom?: readonly N['services'][];
};

type WorkflowInput<N extends Names> = Omit<Input<typeof workflow>, 'steps' | 'notifies'> & {
  readonly steps: readonly (Omit<Input<typeof workflow>['steps'][number], 'service'> & {
    readonly service: N['services'];
  })[];
  readonly notifies?: N['queues'];
};

type PushInput<N extends Names, Push = NonNullable<PartInput<'messages'>['push']>> = {
  readonly [Carrier in keyof Push]: NonNullable<Push[Carrier]> extends { readonly secret: string }
    ? Omit<NonNullable<Push[Carrier]>, 'secret'> & { readonly secret: N['secrets'] }
    : Push[Carrier];
};

type MessagesInput<N extends Names> = Omit<PartInput<'messages'>, 'feedback' | 'push'> & {
  /** Push messages to phones and browsers. */
  readonly push?: PushInput<N>;
  /** Queue that is told what did not arrive. */
  readonly feedback?: N['queues'];
};

type JourneyInput<N extends Names> = Omit<PartInput<'journeys'>, 'signIn'> & {
  /** Comes before the steps. @default - whoever walks is a stranger to the platform */
  readonly signIn?: Omit<NonNullable<PartInput<'journeys'>['signIn']>, 'secret'> & { readonly secret: N['secrets'] };
};

type ExperimentInput<N extends Names, Experiment = PartInput<'experiments'>> = Experiment extends {
  readonly service: string;
}
  ? Omit<Experiment, 'service'> & { readonly service: N['services'] }
  : Experiment extends { readonly database: string }
    ? Omit<Experiment, 'database'> & { readonly database: N['databases'] }
    : Experiment;

type GatewayInput<N extends Names, Gateway = Input<typeof gateway>> = Gateway extends {
  readonly tokens: { readonly secret: string };
}
  ? Omit<Gateway, 'tokens' | 'limitsCache'> & {
      readonly tokens: Omit<Gateway['tokens'], 'secret'> & { readonly secret: N['secrets'] };
    } & (Gateway extends { readonly limitsCache: string } ? { readonly limitsCache: N['caches'] } : unknown)
  : never;

type ScopeInput<N extends Names> = Omit<PartInput<'scopes'>, ScopedNoun> & {
  /** Services that are in it, migrations and queues of commands among what is theirs. Where it stands on AWS. */
  readonly services?: readonly N['services'][];
  /** Functions that are in it. Where it stands on Azure. */
  readonly functions?: readonly N['functions'][];
  /** Databases that are in it, and that no service outside uses. */
  readonly databases?: readonly N['databases'][];
  /** Secrets that are in it, and that no service outside uses. */
  readonly secrets?: readonly N['secrets'][];
};

interface Omission {
  readonly reason: Input<typeof reason>;
}

/** One environment: where it stands, and in what it differs from the definition. */
export type StageInput<N extends Names> = Input<typeof stage> & {
  /** Applied to every part of a noun, before `overrides`. */
  readonly every?: {
    readonly databases?: Patch<DistributiveOmit<PartInput<'databases'>, 'engine'>>;
    readonly documents?: Patch<PartInput<'documents'>>;
    readonly caches?: Patch<PartInput<'caches'>>;
    readonly services?: Patch<Omit<PartInput<'services'>, 'uses'>>;
    readonly functions?: Patch<Omit<PartInput<'functions'>, 'uses' | 'copiesFrom'>>;
  };
  /** Applied to the part named; an object is merged, anything else replaced. */
  readonly overrides?: {
    readonly databases?: { readonly [Name in N['databases']]?: Patch<PartInput<'databases'>> };
    readonly documents?: { readonly [Name in N['documents']]?: Patch<PartInput<'documents'>> };
    readonly caches?: { readonly [Name in N['caches']]?: Patch<PartInput<'caches'>> };
    readonly buckets?: { readonly [Name in N['buckets']]?: Patch<PartInput<'buckets'>> };
    readonly searches?: { readonly [Name in N['searches']]?: Patch<PartInput<'searches'>> };
    readonly warehouses?: { readonly [Name in N['warehouses']]?: Patch<PartInput<'warehouses'>> };
    readonly messages?: { readonly [Name in N['messages']]?: Patch<PartInput<'messages'>> };
    readonly services?: { readonly [Name in N['services']]?: Patch<Omit<PartInput<'services'>, 'uses'>> };
    readonly functions?: {
      readonly [Name in N['functions']]?: Patch<Omit<PartInput<'functions'>, 'uses' | 'copiesFrom'>>;
    };
    readonly streaming?: Patch<NonNullable<Input<typeof platform>['streaming']>>;
    readonly streams?: { readonly [Name in N['streams']]?: Patch<PartInput<'streams'>> };
    readonly gateway?: Patch<Input<typeof gateway>>;
    readonly goals?: Patch<Input<typeof platform>['goals']>;
  };
  /** Parts that this stage does without. Uses of them are dropped, and the reason is kept. */
  readonly omits?: {
    readonly databases?: { readonly [Name in N['databases']]?: Omission };
    readonly searches?: { readonly [Name in N['searches']]?: Omission };
    readonly warehouses?: { readonly [Name in N['warehouses']]?: Omission };
    readonly messages?: { readonly [Name in N['messages']]?: Omission };
    readonly scopes?: { readonly [name: string]: Omission };
  };
};

/** A platform as its team writes it. References are typed by the names that the same object declares. */
export interface Definition<N extends Names = Names> {
  /** Name of the platform, at most 20 characters. */
  readonly name: string;
  readonly owner: Input<typeof owner>;
  readonly delivery: Input<typeof platform>['delivery'];
  readonly goals: Input<typeof platform>['goals'];
  /**
   * Regions in which the platform's data may lie, and why: of sites, of what they copy, of documents, of warehouses,
   * of what walks of journeys saw.
   * @default - any
   */
  readonly residency?: NonNullable<Input<typeof platform>['residency']>;
  /** How a person is forgotten by every service. @default - each service's own affair */
  readonly erasure?: Omit<NonNullable<Input<typeof platform>['erasure']>, 'topic' | 'exempt'> & {
    readonly topic: NoInfer<N['topics']>;
    readonly exempt?: { readonly [Name in NoInfer<N['services']>]?: Omission };
  };
  readonly databases?: { readonly [Name in N['databases']]: DatabaseInput<NoInferNames<N>> };
  readonly eventStores?: {
    readonly [name: string]: { readonly database: NoInfer<N['databases']>; readonly owner: NoInfer<N['services']> };
  };
  readonly documents?: { readonly [Name in N['documents']]: PartInput<'documents'> };
  readonly caches?: { readonly [Name in N['caches']]: PartInput<'caches'> };
  readonly queues?: { readonly [Name in N['queues']]: PartInput<'queues'> };
  readonly topics?: {
    readonly [Name in N['topics']]: Omit<PartInput<'topics'>, 'subscribers'> & {
      readonly subscribers: readonly NoInfer<N['queues']>[];
    };
  };
  readonly streams?: { readonly [Name in N['streams']]: PartInput<'streams'> };
  /** The brokers that keep the streams. */
  readonly streaming?: Input<typeof platform>['streaming'];
  readonly messages?: { readonly [Name in N['messages']]: MessagesInput<NoInferNames<N>> };
  readonly buckets?: { readonly [Name in N['buckets']]: PartInput<'buckets'> };
  readonly searches?: { readonly [Name in N['searches']]: PartInput<'searches'> };
  readonly secrets?: { readonly [Name in N['secrets']]: PartInput<'secrets'> };
  readonly integrations?: { readonly [Name in N['integrations']]: PartInput<'integrations'> };
  readonly warehouses?: { readonly [Name in N['warehouses']]: PartInput<'warehouses'> };
  readonly flags?: { readonly [Name in N['flags']]: PartInput<'flags'> };
  readonly workflows?: { readonly [Name in N['workflows']]: WorkflowInput<NoInferNames<N>> };
  readonly services: { readonly [Name in N['services']]: ServiceInput<NoInferNames<N>> };
  readonly functions?: { readonly [Name in N['functions']]: FunctionInput<NoInferNames<N>> };
  /** What people do on the platform, walked from outside where a stage says so. */
  readonly journeys?: { readonly [name: string]: JourneyInput<NoInferNames<N>> };
  /** Many people at once, made by programs where a stage says so. */
  readonly loadTests?: { readonly [name: string]: PartInput<'loadTests'> };
  /** Faults that people put into a stage which says that they may. */
  readonly experiments?: { readonly [name: string]: ExperimentInput<NoInferNames<N>> };
  /** Parts that are judged apart, such as the one that takes payments by card. */
  readonly scopes?: { readonly [name: string]: ScopeInput<NoInferNames<N>> };
  /** What services tell of themselves by OpenTelemetry, and who looks at it. @default - logs and what AWS measures */
  readonly telemetry?: Input<typeof platform>['telemetry'];
  readonly gateway?: GatewayInput<NoInferNames<N>>;
  readonly edge?: Omit<Input<typeof edge>, 'assets' | 'site'> & {
    readonly assets: NoInfer<N['buckets']>;
    readonly site?: Omit<NonNullable<Input<typeof edge>['site']>, 'service'> & {
      readonly service: NoInfer<N['services']>;
    };
  };
  readonly stages: { readonly [stage: string]: StageInput<NoInferNames<N>> };
}

type NoInferNames<N extends Names> = { readonly [Noun in keyof N]: NoInfer<N[Noun]> } & Names;

/**
 * Declares a platform. Every reference is checked against the names that the definition itself declares, so a
 * misspelled one is a compile error with a suggestion. Nothing is computed here: `resolve` does that.
 */
export function definePlatform<
  const Databases extends string = never,
  const Documents extends string = never,
  const Caches extends string = never,
  const Queues extends string = never,
  const Topics extends string = never,
  const Streams extends string = never,
  const Messages extends string = never,
  const Buckets extends string = never,
  const Searches extends string = never,
  const Secrets extends string = never,
  const Integrations extends string = never,
  const Warehouses extends string = never,
  const Flags extends string = never,
  const Workflows extends string = never,
  const Services extends string = never,
  const Functions extends string = never,
>(
  definition: Definition<{
    databases: Databases;
    documents: Documents;
    caches: Caches;
    queues: Queues;
    topics: Topics;
    streams: Streams;
    messages: Messages;
    buckets: Buckets;
    searches: Searches;
    secrets: Secrets;
    integrations: Integrations;
    warehouses: Warehouses;
    flags: Flags;
    workflows: Workflows;
    services: Services;
    functions: Functions;
  }>,
): Definition {
  return definition;
}
