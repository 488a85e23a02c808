import { z } from 'zod';
import { partName } from './scalars';

/** One request of a journey, and what must be true of its answer. */
export const journeyStep = z.strictObject({
  /** What a person does here: `open-board`. */
  name: partName,
  /** Path under the domain of the stage, with a query if it has one; begins with `/`. */
  path: z.string().regex(/^\/[A-Za-z0-9/_.~?&=%+-]*$/, { error: 'a path that begins with /' }),
  method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
  /** Fields that a POST sends as JSON; never a secret. @default - nothing is sent */
  body: z.record(z.string(), z.string()).optional(),
  /** Status that the answer must have; redirections are not followed. */
  status: z.int().min(200).max(599).default(200),
  /** A text that the answer must hold, 1 to 200 characters. @default - any answer will do */
  contains: z.string().min(1).max(200).optional(),
  /** An answer that takes longer has failed, in milliseconds, its last byte included. */
  milliseconds: z.int().min(100).max(30_000).default(3000),
});
export type JourneyStep = z.output<typeof journeyStep>;

/**
 * How a person signs in who is there for walks alone and sees nothing of anybody else: by a POST of every field of a secret, each
 * under its own name. The answer holds a token, with which the steps ask.
 */
export const signIn = z.strictObject({
  /** Secret that holds what the person knows, such as `email` and `password`. Nobody else uses it, and people change it in time. */
  secret: partName,
  /** Path under the domain of the stage that takes it, of a route without a token. */
  path: journeyStep.shape.path,
  /** Status that the answer must have. */
  status: journeyStep.shape.status,
  /** Field of the answer that holds the token. */
  token: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, { error: 'the name of a field' })
    .default('token'),
  /** An answer that takes longer has failed, in milliseconds. */
  milliseconds: journeyStep.shape.milliseconds,
});
export type SignIn = z.output<typeof signIn>;

/**
 * What a person does on the platform, walked by a program from outside: its steps in order, with the cookies of the steps
 * before. The first step that fails ends it. From where and how often is a stage's own: {@link walks}.
 */
export const journey = z.strictObject({
  /** What the person wants, for whoever is called. */
  description: z.string().min(10).max(200),
  /** Comes before the steps. @default - whoever walks is a stranger to the platform */
  signIn: signIn.optional(),
  steps: z.array(journeyStep).min(1).max(10).readonly(),
});
export type Journey = z.output<typeof journey>;

/** From where, and how often, a stage has every journey walked. */
export const walks = z.strictObject({
  /** Regions of AWS from which each journey is walked. Two at least, so that a place is told from the platform. */
  from: z.array(z.string()).min(2).max(5).readonly(),
  /** Each place begins each journey this often, in minutes. */
  everyMinutes: z.int().min(1).max(60).default(5),
  /** What each walk saw is kept this long, in days. */
  keepDays: z.int().min(1).max(365).default(31),
});
export type Walks = z.output<typeof walks>;
