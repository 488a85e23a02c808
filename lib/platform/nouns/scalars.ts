import { z } from 'zod';

/** Lower-case words joined by hyphens, beginning with a letter: what every cloud accepts in a name. */
export const hyphenated = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens, beginning with a letter' });

/** Name of a part of the platform, at most 32 characters. */
export const partName = hyphenated.max(32);

/** A TCP port that an unprivileged process may open. */
export const port = z.int().min(1024).max(65_535);

/** A whole percentage, 1 to 100. */
export const percent = z.int().min(1).max(100);

/** Processor and memory of one node, independent of a cloud's instance names. */
export const capacity = z.strictObject({
  /** Virtual processors. */
  vcpu: z.number().positive().max(192),
  /** Memory in GiB. */
  memoryGiB: z.number().positive().max(1536),
});
export type Capacity = z.output<typeof capacity>;

/** A written decision: long enough to hold a reason that a reviewer can weigh. */
export const reason = z.string().min(20);

/** How sensitive the data is; becomes a tag on every resource. */
export const dataClass = z.enum(['public', 'internal', 'confidential', 'restricted']);
export type DataClass = z.output<typeof dataClass>;

/** The most sensitive of the classes, for what has to do with all of them; `public` if there are none. */
export const mostSensitive = (classes: readonly DataClass[]): DataClass =>
  dataClass.options.filter((each) => classes.includes(each)).at(-1) ?? 'public';

/** On which sites of the platform a part stands. */
export const placement = z
  .array(z.enum(['primary', 'recovery']))
  .min(1)
  .readonly();

/** In how many days people change a value at the latest: somebody is called when they did not. */
export const rotateDays = z.int().min(7).max(730);
