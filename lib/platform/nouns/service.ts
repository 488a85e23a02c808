import { z } from 'zod';
import { edgeSite } from './edge-site';
import { job } from './job';
import { release } from './release';
import { routeTransform } from './route-transform';
import { scale } from './scale';
import { dataClass, partName, port, reason } from './scalars';

/** Name of an environment variable. */
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'upper-case words joined by underscores' });

const names = z.array(partName).readonly().default([]);

/** What a service needs of the platform. Whatever is not named here is closed to it: network, permission, secret. */
export const uses = z.strictObject({
  /** Databases in which it has a user and a schema of its own. */
  databases: names,
  caches: names,
  searches: names,
  /** Documents it reads and writes. */
  documents: names,
  /** Documents it only reads. */
  readsDocuments: names,
  /** Buckets it only reads. */
  reads: names,
  /** Buckets it reads and writes. */
  writes: names,
  /** Queues it sends to. */
  sends: names,
  /** Queues it receives from. */
  receives: names,
  /** Topics it publishes to. */
  publishes: names,
  /** Streams of events that it appends to. */
  appends: names,
  /** Streams of events that it follows, as a group of its own. */
  follows: names,
  /** Messages to people that it sends. */
  messages: names,
  /** Services it calls. */
  calls: names,
  /** Sets of flags it asks for while it runs. */
  flags: names,
  /** Workflows it starts. */
  starts: names,
  secrets: names,
  /** Third parties it calls. */
  integrations: names,
  /** Warehouses into whose tables it writes events. */
  feeds: names,
  /** Warehouses whose tables it asks. */
  queries: names,
});
export type Uses = z.output<typeof uses>;

/** A path that the gateway sends to a service. */
export const route = z.strictObject({
  /** Path prefix, beginning with `/`. */
  path: z.string().regex(/^\/[A-Za-z0-9/_.-]*$/, { error: 'a path that begins with /' }),
  methods: z
    .array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']))
    .min(1)
    .readonly()
    .optional(),
  /** `token`: a valid signed token is needed. `none`: open to everybody. */
  authentication: z.enum(['token', 'none']).default('token'),
  /** Requests a minute, per user behind a token, per address without one. @default - the gateway's */
  requestsPerMinute: z.int().min(1).optional(),
  /** Guards against guessed passwords: the firewall counts such paths apart. */
  login: z.boolean().default(false),
  /** How long the edge may keep an answer, in seconds; 0 is never. */
  cacheSeconds: z.int().min(0).max(31_536_000).default(0),
  /** Requests to it become WebSocket connections; the service has `sockets`. */
  websocket: z.boolean().default(false),
  /**
   * 95th percentile of the time in which its answers are sent, in milliseconds, where it has a promise of its own: somebody is called
   * beyond. Behind API Management, which writes down the time of each request. @default - no promise beside that of the service
   */
  p95Milliseconds: z.int().min(1).max(60_000).optional(),
  /** Headers that the gateway adds to the request. */
  addHeaders: z.record(z.string(), z.string()).default({}),
  /** What else the gateway changes in the request. @default - nothing */
  transform: routeTransform.prefault({}),
});
export type Route = z.output<typeof route>;

/**
 * Connections that clients keep open to a service, by WebSocket on the routes that say so. What its process keeps to: it
 * logs `{"openSockets": <number>}` once a minute, pings more often than `idleSeconds`, and closes with 1001 when it is told
 * to stop, spread over `drainSeconds`, so that clients come back to other tasks a few at a time.
 */
export const sockets = z.strictObject({
  /**
   * A connection that is silent for longer is closed, in seconds: gateway and balancer keep to it. CloudFront closes one
   * whose service is silent for 10 minutes.
   */
  idleSeconds: z.int().min(60).max(570).default(300),
  /** Connections that one task holds; tasks are added beyond. */
  perTask: z.int().min(10).max(60_000).default(1000),
  /** A client that lost its connection comes back to the same task for this long, in seconds: a cookie of the balancer. */
  stickySeconds: z.int().min(1).max(604_800).default(3600),
  /** Cache of the service over whose channels its tasks tell each other; channels begin with the name of the service and a colon. */
  channels: partName,
});
export type Sockets = z.output<typeof sockets>;

/**
 * Requests of one user go to one task, which keeps what it knows of the user in memory. The mesh chooses it by the user of the
 * verified token, so that everybody who calls the service must pass the header on. When tasks come or go, some users move:
 * a task writes what it keeps every `persistSeconds` and when it is told to stop, and reads it of the database for a user
 * whom it does not know.
 */
export const sticky = z.strictObject({
  by: z.literal('user'),
  /** What a task knows of a user is written this often, in seconds: so much is lost with a task that dies. */
  persistSeconds: z.int().min(1).max(300),
});
export type Sticky = z.output<typeof sticky>;

/** A service: one image, many tasks. */
export const service = z.strictObject({
  /** The team that is called. */
  team: partName.optional(),
  /** Port that the process listens on. */
  port: port.default(8080),
  protocol: z.enum(['http', 'grpc']).default('http'),
  /** Size of one task. */
  capacity: z
    .strictObject({ vcpu: z.number().min(0.25).max(16), memoryGiB: z.number().min(0.5).max(120) })
    .default({ vcpu: 0.5, memoryGiB: 1 }),
  /** Size of the image as its registry keeps it, compressed, in MiB. @default - not known: nothing is promised of starts */
  imageMiB: z.int().min(1).max(20_000).optional(),
  scale: scale,
  /**
   * Its own 95th percentile of the response time, in milliseconds, where it promises another than the platform. A release that is slower must be
   * taken back. @default - `goals.p95Milliseconds`
   */
  p95Milliseconds: z.int().min(1).max(60_000).optional(),
  /** Requests a minute that its tasks must stand together at the peak. @default - no promise */
  peakRequestsPerMinute: z.int().min(1).optional(),
  health: z
    .strictObject({
      /** Answers 200 while the process is sound, and asks nobody else. A failure restarts the task. */
      livePath: route.shape.path.default('/health/live'),
      /** Answers 200 while every dependency answers too. A failure takes the task out of traffic. */
      readyPath: route.shape.path.default('/health/ready'),
      /** How long a start may take, in seconds. */
      startSeconds: z.int().min(5).max(300).default(60),
      /** `readyPath` is asked so often, in seconds; two good answers bring a task into traffic, three bad ones take it out. */
      readyEverySeconds: z.int().min(5).max(60).default(10),
      /**
       * From a task that is asked for to one that serves, in seconds: a place for it, its image, its start, the answers that
       * bring it into traffic. Computed from the output, which is refused where it takes longer. @default - no promise
       */
      servesWithinSeconds: z.int().min(30).max(900).optional(),
      /** What of its uses `readyPath` proves, and says so by name in its answer. @default - the service decides */
      proves: z
        .strictObject({
          /** Whatever of these it uses answers, each time. */
          always: z
            .array(z.enum(['databases', 'caches', 'searches']))
            .min(1)
            .readonly(),
          /**
           * Whatever of these it uses has answered once since the start. Third parties are only here: a task that works
           * stays in traffic while they fail.
           */
          once: z
            .array(z.enum(['integrations', 'messages']))
            .readonly()
            .default([]),
        })
        .optional(),
    })
    .prefault({}),
  /** Time a task gets to finish its work before it is stopped, in seconds. Fargate allows at most 120. */
  drainSeconds: z.int().min(1).max(120).default(30),
  /** A request to this service that takes longer has failed, in seconds; also the time for one message. */
  timeoutSeconds: z.int().min(1).max(900).default(15),
  routes: z.array(route).readonly().default([]),
  /**
   * What it answers is written in a document of OpenAPI 3.1, `contracts/<platform>/<service>.yaml`: of its routes the gateway lets in the
   * paths and methods that the document has, and answers 404 to all others. @default - whatever is below the path of a route
   */
  contract: z.enum(['openapi']).optional(),
  /** Connections that clients keep open. @default - none: every request has its answer, and that is all */
  sockets: sockets.optional(),
  /** @default - any task answers any request */
  sticky: sticky.optional(),
  uses: uses.prefault({}),
  /** Runs from the service's image before each release, as the service's own database user. @default - none */
  migration: z
    .strictObject({
      command: z.array(z.string()).min(1).readonly(),
      timeoutMinutes: z.int().min(1).max(14).default(10),
    })
    .optional(),
  /** What it does by the clock, by name. @default - nothing */
  jobs: z.record(partName, job).default({}),
  release: release.prefault({ kind: 'rolling' }),
  /** Settings that are neither secret nor the platform's. */
  environment: z.record(variable, z.string()).default({}),
  dataClass: dataClass.default('internal'),
});
export type Service = z.output<typeof service>;

/** The edge: content delivery and firewall. */
export const edge = z.strictObject({
  /** Bucket that serves every path which no route claims; where `site` is given, the paths of its files. */
  assets: partName,
  /** A service that makes the pages. @default - the bucket holds one page, which becomes every other in the browser */
  site: edgeSite.optional(),
  /** Prefix under which the gateway is reached. */
  apiPath: route.shape.path.default('/api'),
  firewall: z
    .strictObject({
      /** Requests that one address may make in five minutes. */
      requestsPerAddress: z.int().min(10).max(2_000_000_000).default(3000),
      /** Requests to login paths that one address may make in five minutes. */
      loginsPerAddress: z.int().min(10).max(2_000_000_000).default(100),
    })
    .prefault({}),
  /** How long the edge keeps assets, in seconds. */
  assetsCacheSeconds: z.int().min(0).max(31_536_000).default(86_400),
});
export type Edge = z.output<typeof edge>;

/** A saga: steps in order, each with a way back; a failed step undoes the ones before it in reverse order. */
export const workflow = z.strictObject({
  /** The whole run may take this long, in minutes. */
  timeoutMinutes: z.int().min(1).max(1440).default(60),
  steps: z
    .array(
      z.strictObject({
        name: partName,
        /** Service that does the step, and undoes it. */
        service: partName,
        /** The step may take this long, in seconds. */
        timeoutSeconds: z.int().min(1).max(86_400).default(300),
        /** Further tries after a failure that may pass. */
        retries: z.int().min(0).max(10).default(3),
        /** Name of the command that undoes the step; a step that cannot be undone says why. */
        compensation: z.union([partName, z.strictObject({ none: reason })]),
        /**
         * The step is undone so fast once the run has failed, such as the release of a hold that others wait for. It is undone
         * before all others, so it must not matter to it what later steps did. Computed from the output, which is refused where
         * it typically takes longer, and measured in every run. @default - undone in its turn, without a promise
         */
        compensates: z
          .strictObject({
            withinMilliseconds: z.int().min(50).max(60_000),
            /** What the service itself takes of that, from the command to its answer. */
            workMilliseconds: z.int().min(1).max(60_000),
          })
          .optional(),
      }),
    )
    .min(1)
    .readonly(),
  /** Queue that is told how the run ended; nothing waits for it. */
  notifies: partName.optional(),
  /**
   * What is promised of the peak: states that are entered beyond what the account allows wait. Computed from the machine that was
   * synthesized, in stages that say `goals.requestsPerUser`. @default - no promise
   */
  peak: z
    .strictObject({
      /** Runs that begin in a minute. */
      runsPerMinute: z.int().min(1).max(1_000_000),
      /** Quotas of the account in the region, once Service Quotas has raised them. @default - what AWS gives to everybody */
      allowed: z
        .strictObject({
          /** Runs that may begin in a second for as long as one likes. */
          runsPerSecond: z.int().min(1).max(100_000).optional(),
          /** States that may be entered in a second for as long as one likes. */
          transitionsPerSecond: z.int().min(1).max(100_000).optional(),
        })
        .prefault({}),
    })
    .optional(),
});
export type Workflow = z.output<typeof workflow>;
