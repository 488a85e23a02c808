import { z } from 'zod';
import { cache } from './nouns/cache';
import { database, eventStore } from './nouns/database';
import { delivery } from './nouns/delivery';
import { documents } from './nouns/documents';
import { erasure } from './nouns/erasure';
import { experiment } from './nouns/experiments';
import { flagSet } from './nouns/flags';
import { serverlessFunction } from './nouns/function';
import { gateway } from './nouns/gateway';
import { goals } from './nouns/goals';
import { journey } from './nouns/journeys';
import { loadTest } from './nouns/load-tests';
import { messages } from './nouns/messages';
import { queue, topic } from './nouns/messaging';
import { partName, reason } from './nouns/scalars';
import { scope } from './nouns/scope';
import { edge, service, workflow } from './nouns/service';
import { stage } from './nouns/site';
import { stream, streaming } from './nouns/streams';
import { bucket, integration, search, secret } from './nouns/storage';
import { telemetry } from './nouns/telemetry';
import { warehouse } from './nouns/warehouse';

/** The nouns of which a platform has any number, by the property that holds them. */
export const parts = {
  databases: database,
  eventStores: eventStore,
  documents: documents,
  caches: cache,
  queues: queue,
  topics: topic,
  streams: stream,
  messages: messages,
  buckets: bucket,
  searches: search,
  secrets: secret,
  integrations: integration,
  warehouses: warehouse,
  flags: flagSet,
  workflows: workflow,
  services: service,
  functions: serverlessFunction,
  journeys: journey,
  experiments: experiment,
  loadTests: loadTest,
  scopes: scope,
} as const;
export type Parts = { [Noun in keyof typeof parts]: z.output<(typeof parts)[Noun]> };
export type Noun = keyof Parts;

const named = <Schema extends z.ZodType>(schema: Schema) => z.record(partName, schema).default({});

/** Who answers for the platform; becomes tags. */
export const owner = z.strictObject({
  team: partName,
  email: z.email(),
  costCentre: z.string().regex(/^[A-Za-z0-9-]{2,32}$/, { error: '2 to 32 letters, digits and hyphens' }),
});

/** A platform in one stage, after patches. */
export const platform = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' })
    .max(20),
  owner,
  delivery,
  goals,
  /** Where the platform's data may lie, and why. @default - in any region */
  residency: z
    .strictObject({
      regions: z.array(z.string()).min(1).readonly(),
      reason,
      /**
       * Why requests that the firewall of the edge refuses or counts may be written down in us-east-1, with addresses of people: it writes nowhere
       * else. Needed where a site on AWS has an edge and us-east-1 is not one of `regions`; the edge's own log then leaves addresses out.
       */
      edgeLogs: z.strictObject({ reason }).optional(),
    })
    .optional(),
  /** How a person is forgotten by every service. @default - each service's own affair */
  erasure: erasure.optional(),
  stage,
  databases: named(database),
  eventStores: named(eventStore),
  documents: named(documents),
  caches: named(cache),
  queues: named(queue),
  topics: named(topic),
  streams: named(stream),
  streaming: streaming.optional(),
  messages: named(messages),
  buckets: named(bucket),
  searches: named(search),
  secrets: named(secret),
  integrations: named(integration),
  warehouses: named(warehouse),
  flags: named(flagSet),
  workflows: named(workflow),
  services: named(service),
  functions: named(serverlessFunction),
  journeys: named(journey),
  experiments: named(experiment),
  loadTests: named(loadTest),
  scopes: named(scope),
  telemetry: telemetry.optional(),
  gateway: gateway.optional(),
  edge: edge.optional(),
});
