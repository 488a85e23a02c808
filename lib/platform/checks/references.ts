import { usesNoun, type FunctionUseKind, type UseKind } from '../definition';
import type { Problem } from '../error';
import { didYouMean } from '../nearest';
import type { Platform } from '../platform';
import { scopedNouns } from '../nouns/scope';
import type { Noun } from '../schema';
import type { Check } from './check';

interface Reference {
  readonly path: string;
  readonly noun: Noun;
  readonly name: string;
}

/** Everything that a definition refers to by name is declared in it. */
export const references: Check = (platform) =>
  referencesOf(platform).flatMap(({ path, noun, name }) => {
    const known = Object.keys(platform[noun]);
    if (known.includes(name)) return [];
    return [
      { path, got: name, allowed: oneOf(known, noun), remedy: didYouMean(name, known, `declare ${noun}.${name}`) },
    ];
  });

function referencesOf(platform: Platform): readonly Reference[] {
  const services = Object.entries(platform.services).flatMap(([service, { sockets, uses }]): Reference[] => [
    ...(Object.keys(usesNoun) as UseKind[]).flatMap((kind) =>
      uses[kind].map((name) => ({ path: `services.${service}.uses.${kind}`, noun: usesNoun[kind], name })),
    ),
    ...(sockets === undefined
      ? []
      : [{ path: `services.${service}.sockets.channels`, noun: 'caches' as const, name: sockets.channels }]),
  ]);
  const functions = Object.entries(platform.functions).flatMap(([name, { copiesFrom, uses }]) => [
    ...(Object.keys(uses) as FunctionUseKind[]).flatMap((kind) =>
      uses[kind].map((used) => ({ path: `functions.${name}.uses.${kind}`, noun: usesNoun[kind], name: used })),
    ),
    ...copiesFrom.map((service): Reference => ({
      path: `functions.${name}.copiesFrom`,
      noun: 'services',
      name: service,
    })),
  ]);
  const databases = Object.entries(platform.databases).flatMap(([database, spec]): Reference[] => {
    if (spec.engine !== 'sqlserver' || spec.fedBy === undefined) return [];
    const path = `databases.${database}.fedBy`;
    return [
      { path: `${path}.database`, noun: 'databases', name: spec.fedBy.database },
      { path: `${path}.function`, noun: 'functions', name: spec.fedBy.function },
    ];
  });
  const eventStores = Object.entries(platform.eventStores).flatMap(([store, { database, owner }]): Reference[] => [
    { path: `eventStores.${store}.database`, noun: 'databases', name: database },
    { path: `eventStores.${store}.owner`, noun: 'services', name: owner },
  ]);
  const topics = Object.entries(platform.topics).flatMap(([topic, { subscribers }]) =>
    subscribers.map((name): Reference => ({ path: `topics.${topic}.subscribers`, noun: 'queues', name })),
  );
  const messages = Object.entries(platform.messages).flatMap(([part, { feedback, push }]): Reference[] => [
    ...(feedback === undefined ? [] : [{ path: `messages.${part}.feedback`, noun: 'queues' as const, name: feedback }]),
    ...(['apple', 'google'] as const).flatMap((carrier): Reference[] => {
      const secret = push?.[carrier]?.secret;
      return secret === undefined
        ? []
        : [{ path: `messages.${part}.push.${carrier}.secret`, noun: 'secrets', name: secret }];
    }),
  ]);
  const workflows = Object.entries(platform.workflows).flatMap(([workflow, { steps, notifies }]): Reference[] => [
    ...steps.map(({ service }, index): Reference => ({
      path: `workflows.${workflow}.steps.${index}.service`,
      noun: 'services',
      name: service,
    })),
    ...(notifies === undefined
      ? []
      : [{ path: `workflows.${workflow}.notifies`, noun: 'queues' as const, name: notifies }]),
  ]);
  const experiments = Object.entries(platform.experiments).flatMap(([experiment, spec]): Reference[] => [
    ...('service' in spec
      ? [{ path: `experiments.${experiment}.service`, noun: 'services' as const, name: spec.service }]
      : []),
    ...('database' in spec
      ? [{ path: `experiments.${experiment}.database`, noun: 'databases' as const, name: spec.database }]
      : []),
  ]);
  const journeys = Object.entries(platform.journeys).flatMap(([journey, { signIn }]): Reference[] =>
    signIn === undefined ? [] : [{ path: `journeys.${journey}.signIn.secret`, noun: 'secrets', name: signIn.secret }],
  );
  const scopes = Object.entries(platform.scopes).flatMap(([scope, spec]) =>
    scopedNouns.flatMap((noun) =>
      spec[noun].map((name): Reference => ({ path: `scopes.${scope}.${noun}`, noun, name })),
    ),
  );
  const erasure: readonly Reference[] =
    platform.erasure === undefined ? [] : [{ path: 'erasure.topic', noun: 'topics', name: platform.erasure.topic }];
  const gateway: readonly Reference[] =
    platform.gateway === undefined
      ? []
      : [
          { path: 'gateway.tokens.secret', noun: 'secrets', name: platform.gateway.tokens.secret },
          ...(platform.gateway.limitsCache === undefined
            ? []
            : [{ path: 'gateway.limitsCache', noun: 'caches' as const, name: platform.gateway.limitsCache }]),
        ];
  const edge: readonly Reference[] =
    platform.edge === undefined
      ? []
      : [
          { path: 'edge.assets', noun: 'buckets', name: platform.edge.assets },
          ...(platform.edge.site === undefined
            ? []
            : [{ path: 'edge.site.service', noun: 'services' as const, name: platform.edge.site.service }]),
        ];
  return [
    ...services,
    ...functions,
    ...databases,
    ...eventStores,
    ...topics,
    ...messages,
    ...workflows,
    ...journeys,
    ...experiments,
    ...erasure,
    ...scopes,
    ...gateway,
    ...edge,
  ];
}

const oneOf = (known: readonly string[], noun: Noun): string =>
  known.length === 0 ? `a name in ${noun}, of which there are none` : `one of ${known.join(', ')}`;

/** A list that names a part twice is a mistake of copying. */
export const repeatedNames: Check = (platform) => {
  const lists = [
    ...Object.entries(platform.services).flatMap(([service, { uses }]) =>
      Object.entries(uses).map(([kind, names]) => ({ path: `services.${service}.uses.${kind}`, names })),
    ),
    ...Object.entries(platform.functions).flatMap(([name, { copiesFrom, uses }]) => [
      ...Object.entries(uses).map(([kind, names]) => ({ path: `functions.${name}.uses.${kind}`, names })),
      { path: `functions.${name}.copiesFrom`, names: copiesFrom },
    ]),
    ...Object.entries(platform.topics).map(([topic, { subscribers }]) => ({
      path: `topics.${topic}.subscribers`,
      names: subscribers,
    })),
    ...Object.entries(platform.scopes).flatMap(([scope, spec]) =>
      scopedNouns.map((noun) => ({
        path: `scopes.${scope}.${noun}`,
        names: spec[noun],
      })),
    ),
  ];
  return lists.flatMap(({ path, names }) =>
    names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name): Problem => ({
        path,
        got: name,
        allowed: 'a list in which each name stands once',
        remedy: 'remove the repetition',
      })),
  );
};

/** A service that calls itself needs no network. */
export const selfCalls: Check = (platform) =>
  Object.entries(platform.services)
    .filter(([service, { uses }]) => uses.calls.includes(service))
    .map(([service]) => ({
      path: `services.${service}.uses.calls`,
      got: service,
      allowed: 'the name of another service',
      remedy: 'call the function inside the service',
    }));
