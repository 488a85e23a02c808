import type { Problem } from '../error';
import { didYouMean } from '../nearest';
import type { Erasure } from '../nouns/erasure';
import type { Service } from '../nouns/service';
import type { Platform } from '../platform';
import { when, type Check } from './check';

/** Where a service keeps something. */
const keeps = [
  'databases',
  'documents',
  'writes',
  'searches',
  'feeds',
] as const satisfies readonly (keyof Service['uses'])[];

/** Whether a service keeps what is known of people. */
const keepsPersons = ({ dataClass, uses }: Service): boolean =>
  (dataClass === 'confidential' || dataClass === 'restricted') && keeps.some((kind) => uses[kind].length > 0);

/** Whoever keeps what is confidential hears of everybody who is to be forgotten, in time, and from somebody. */
export const erasure: Check = (platform) => {
  const spec = platform.erasure;
  if (spec === undefined) return [];
  const topic = platform.topics[spec.topic];
  if (topic === undefined) return [];
  const publishers = Object.entries(platform.services).filter(([, { uses }]) => uses.publishes.includes(spec.topic));
  return [
    ...when(publishers.length === 0, () => ({
      path: 'erasure.topic',
      got: spec.topic,
      allowed: 'a topic to which a service publishes, or nobody is ever forgotten',
      remedy: `add ${spec.topic} to uses.publishes of the service that is asked`,
    })),
    ...Object.entries(platform.services).flatMap(([name, service]) =>
      deafProblems(name, service, spec, topic.subscribers),
    ),
    ...topic.subscribers.flatMap((queue) => queueProblems(platform, queue, spec)),
    ...exemptProblems(platform, spec, topic.subscribers),
  ];
};

const hears = ({ uses }: Service, subscribers: readonly string[]): boolean =>
  subscribers.some((queue) => uses.receives.includes(queue));

const deafProblems = (
  name: string,
  service: Service,
  { exempt, topic }: Erasure,
  subscribers: readonly string[],
): readonly Problem[] =>
  when(keepsPersons(service) && !hears(service, subscribers) && exempt[name] === undefined, () => ({
    path: `services.${name}.uses.receives`,
    got: service.uses.receives,
    allowed: `with a queue that subscribes to ${topic}, for a service that keeps what is ${service.dataClass}`,
    remedy: `give it a queue of topics.${topic}.subscribers, or write the reason in erasure.exempt.${name}`,
  }));

function queueProblems({ queues }: Platform, name: string, { days }: Erasure): readonly Problem[] {
  const queue = queues[name];
  if (queue === undefined) return [];
  return [
    ...when(queue.maxAgeSeconds > days * 86_400, () => ({
      path: `queues.${name}.maxAgeSeconds`,
      got: queue.maxAgeSeconds,
      allowed: `at most erasure.days, which is ${days * 86_400} s`,
      remedy: 'lower it, so that somebody is called in time',
    })),
    ...when(queue.retentionHours <= days * 24, () => ({
      path: `queues.${name}.retentionHours`,
      got: queue.retentionHours,
      allowed: `more than erasure.days, which is ${days * 24} hours, or a person is forgotten by the queue instead`,
      remedy: 'raise it to 336',
    })),
  ];
}

const exemptProblems = (
  { services }: Platform,
  { exempt }: Erasure,
  subscribers: readonly string[],
): readonly Problem[] =>
  Object.keys(exempt).flatMap((name) => {
    const service = services[name];
    if (service === undefined) {
      return [
        {
          path: `erasure.exempt.${name}`,
          got: name,
          allowed: `one of ${Object.keys(services).join(', ')}`,
          remedy: didYouMean(name, Object.keys(services), 'remove it'),
        },
      ];
    }
    return when(!keepsPersons(service) || hears(service, subscribers), () => ({
      path: `erasure.exempt.${name}`,
      got: name,
      allowed: 'a service that keeps what is confidential and has no queue for it',
      remedy: 'remove it: there is nothing to except',
    }));
  });
