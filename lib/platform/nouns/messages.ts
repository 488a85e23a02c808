import { z } from 'zod';
import { dataClass, partName } from './scalars';

/** A call that takes longer has failed, in milliseconds. */
const timeoutMilliseconds = z.int().min(100).max(60_000).default(3000);

/** E-mail from a domain of one's own. */
const email = z.strictObject({
  /** What stands before the `@` of every sender. */
  sender: z
    .string()
    .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, {
      error: 'lower-case letters and digits, joined by dots, hyphens or underscores',
    })
    .max(64)
    .default('no-reply'),
  /**
   * Domain from which it comes, in the stage's hosted zone and of no other part: recipients judge a domain by everything
   * that comes from it. @default - `mail` below the stage's domain
   */
  domain: z.hostname().optional(),
  /** So many are sent a day at most: what is asked of the clouds. At 80% somebody is called. */
  dailyMessages: z.int().min(1).max(100_000_000),
  /**
   * Addresses from which it leaves. `shared`: those of the cloud, with other customers. `own`: addresses that nobody else
   * sends from, which the cloud adds and warms up by itself and charges for; they pay from some 100,000 a day on.
   */
  addresses: z.enum(['shared', 'own']).default('shared'),
  /** What recipients are asked to do with what claims to be from the domain and is not: RFC 7489. */
  forged: z.enum(['reject', 'quarantine', 'none']).default('reject'),
  timeoutMilliseconds,
});

/** Who an SMS says that it is from, which each country has rules for. */
const smsSender = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A name in place of a number. Nobody can answer to it. */
    kind: z.literal('name'),
    /** 3 to 11 letters and digits, one letter at least. */
    name: z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/, {
      error: '3 to 11 letters and digits, with a letter among them',
    }),
    /** Whether the country asks that it be registered first: people do that, and it takes days to weeks. */
    registered: z.boolean().default(false),
  }),
  z.strictObject({
    /** A number of the country, to which people can answer `STOP`. */
    kind: z.literal('number'),
    type: z.enum(['toll-free', 'long-code']),
    /**
     * The number that people have bought on Azure, where no tool buys one: `+` and digits. On AWS the platform buys its own.
     * @default - none, which a site on Azure refuses
     */
    azure: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, { error: 'a number with its country: + and 7 to 15 digits' })
      .optional(),
  }),
]);

/** SMS to the countries named, and to no other. */
const sms = z
  .strictObject({
    /** Sender by country, which is two letters: ISO 3166-1. */
    countries: z.record(z.string().regex(/^[A-Z]{2}$/, { error: 'a country by two capital letters' }), smsSender),
    /** All countries together cost so much a month at most, in US dollars. At 80% somebody is called. */
    monthlyDollars: z.int().min(1).max(1_000_000),
    timeoutMilliseconds,
  })
  .refine(({ countries }) => Object.keys(countries).length > 0, {
    error: 'at least one country',
    path: ['countries'],
  });

/** Push messages to phones and browsers, by those who carry them: the same on every cloud. */
const push = z
  .strictObject({
    /** By Apple: devices with iOS and its siblings. */
    apple: z
      .strictObject({
        /** Bundle id of the application. */
        topic: z.string().regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, { error: 'words joined by dots' }),
        /** Secret that holds the signing key, among what whoever sends uses. */
        secret: partName,
      })
      .optional(),
    /** By Google: Android, and browsers. */
    google: z
      .strictObject({
        /** Id of the Firebase project. */
        project: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, {
          error: '6 to 30 lower-case letters, digits and hyphens, beginning with a letter',
        }),
        /** Secret that holds the service account's key, among what whoever sends uses. */
        secret: partName,
      })
      .optional(),
    timeoutMilliseconds,
  })
  .refine(({ apple, google }) => apple !== undefined || google !== undefined, { error: 'apple, google or both' });

/**
 * Messages to people. Whoever uses a part sends by every channel that it has. Each part has a domain, senders, limits and a
 * reputation of its own: what may go wrong with offers must not stop receipts.
 */
export const messages = z
  .strictObject({
    /** @default - sends none */
    email: email.optional(),
    /** @default - sends none */
    sms: sms.optional(),
    /** @default - sends none */
    push: push.optional(),
    /**
     * Queue that is told what did not arrive: bounces, complaints, failed SMS. Somebody receives from it and sends to these
     * addresses no more. Push says so in its answer. @default - none, which e-mail and SMS refuse
     */
    feedback: partName.optional(),
    dataClass: dataClass.default('confidential'),
  })
  .refine(({ email: mail, push: pushed, sms: text }) => (mail ?? text ?? pushed) !== undefined, {
    error: 'email, sms or push: at least one',
  });
export type Messages = z.output<typeof messages>;
export type Email = z.output<typeof email>;
export type Sms = z.output<typeof sms>;
export type SmsSender = z.output<typeof smsSender>;
