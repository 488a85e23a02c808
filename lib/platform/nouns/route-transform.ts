import { z } from 'zod';

/** Name of a header. */
const header = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'the name of a header' });

/** Name of a field in the query of an address. */
const field = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, { error: 'the name of a field of a query' });

/**
 * How the gateway changes a request before a service has it, so that clients of before go on as they are while services move:
 * what is taken away first, then what has another name, then what is added. Answers are passed on as they are.
 */
export const routeTransform = z.strictObject({
  /** Headers taken away. */
  removeHeaders: z.array(header).readonly().default([]),
  /** Headers under another name, by the name that the client sends. */
  renameHeaders: z.record(header, header).default({}),
  /** Fields of the query taken away. */
  removeQuery: z.array(field).readonly().default([]),
  /** Fields of the query under another name, by the name that the client sends. */
  renameQuery: z.record(field, field).default({}),
  /** Fields of the query added, in place of what the client sends. */
  addQuery: z.record(field, z.string()).default({}),
  /** Path that the service is asked for in place of the route's; what follows stays. @default - the path that was asked for */
  path: z
    .string()
    .regex(/^(?:\/[A-Za-z0-9_.-]+)+$/, { error: 'a path that begins with / and does not end with it' })
    .optional(),
});
export type RouteTransform = z.output<typeof routeTransform>;
