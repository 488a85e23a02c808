import { z } from 'zod';

const group = z.string().min(1).max(256);

/** Who signs people in to dashboards. There are no passwords of the dashboards' own. */
const signIn = z.discriminatedUnion('by', [
  /** IAM Identity Center of the organization, which also says who is let in, by user or group. */
  z.strictObject({ by: z.literal('identity-center') }),
  /** A provider of SAML 2.0. */
  z.strictObject({
    by: z.literal('saml'),
    /** Where the provider tells of itself. */
    metadata: z.url({ protocol: /^https$/ }),
    /** Attribute of an assertion that names a person's groups. */
    groups: group.default('groups'),
    /** Groups whose people may change data sources and dashboards. */
    admins: z.array(group).min(1).readonly(),
    /** Groups whose people may change dashboards. Everybody else only looks. */
    editors: z.array(group).readonly().default([]),
  }),
]);

/**
 * What services tell of themselves by OpenTelemetry, figures and traces: how much of it is kept, and who looks at it. A service
 * sends both to a collector at `OTEL_EXPORTER_OTLP_ENDPOINT`, which is beside it in its task or that of its cluster, and waits for
 * nobody.
 */
export const telemetry = z.strictObject({
  /** Share of requests whose way through all services is kept, in percent. Whoever is called keeps what its caller keeps. */
  tracedPercent: z.number().min(0.1).max(100).default(5),
  /** Share of what is kept that is found by what is in it, in percent; the rest is found by its id alone. */
  indexedPercent: z.int().min(1).max(100).default(100),
  /** A trace over all services that takes longer to read is too slow for whoever mends something, in seconds. */
  traceSeconds: z.number().min(0.5).max(60).default(2),
  dashboards: z.strictObject({
    signIn,
    /**
     * Whether each service has a page of its own besides the one on which all stand beside each other, or there is that one alone: pages of
     * some seventy services are as much as is written at once.
     */
    pages: z.enum(['each-service', 'overview']).default('each-service'),
  }),
});
export type Telemetry = z.output<typeof telemetry>;
export type SignIn = Telemetry['dashboards']['signIn'];
