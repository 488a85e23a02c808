import { dataLocation } from '../azure-data-locations';
import type { Problem } from '../error';
import { emailDomain, isHosted } from '../messages';
import { zonesOf } from '../regions';
import { consumersOf, sitesOn, usersOn, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

type Part = Platform['messages'][string];

const each = (platform: Platform, check: (name: string, part: Part) => readonly Problem[]): readonly Problem[] =>
  Object.entries(platform.messages).flatMap(([name, part]) => check(name, part));

/** What does not arrive comes back, and somebody has to hear of it: whoever sends on loses the right to send. */
export const feedback: Check = (platform) =>
  each(platform, (name, spec) => {
    const { feedback: queue } = spec;
    const path = `messages.${name}.feedback`;
    if (queue === undefined) {
      return when(isHosted(spec), () => ({
        path,
        got: undefined,
        allowed: 'a queue, since e-mail and SMS come back when they do not arrive',
        remedy: 'declare a queue, name it here, and let a service receive from it',
      }));
    }
    const told = platform.queues[queue];
    if (told === undefined) return [];
    return [
      ...when(!isHosted(spec), () => ({
        path,
        got: queue,
        allowed: 'absent without e-mail and SMS: push says in its answer what did not arrive',
        remedy: 'remove it',
      })),
      ...when(told.fifo, () => ({
        path,
        got: queue,
        allowed: 'a queue without fifo',
        remedy: 'choose a standard queue',
      })),
      ...when(consumersOf(platform, queue).length === 0, () => ({
        path,
        got: queue,
        allowed: 'a queue from which a service receives',
        remedy: `add ${queue} to uses.receives of the service that keeps addresses`,
      })),
    ];
  });

/** E-mail comes from a name in the stage's zone that is free for its records and of one part alone. */
export const emailDomains: Check = (platform) => {
  const { domain: reached, hostedZone } = platform.stage;
  const domains = Object.entries(platform.messages).flatMap(([name, { email }]) =>
    email === undefined
      ? []
      : [{ path: `messages.${name}.email.domain`, domain: emailDomain(platform, email), given: email.domain }],
  );
  return domains.flatMap(({ domain, given, path }, index) => {
    const twin = domains.slice(0, index).find((other) => other.domain === domain);
    return [
      // Without one, it stands below the stage's own, which is looked at by itself.
      ...when(given !== undefined && given !== hostedZone.name && !given.endsWith(`.${hostedZone.name}`), () => ({
        path,
        got: domain,
        allowed: `${hostedZone.name} or a name under it`,
        remedy: `choose a name in ${stagePath(platform, 'hostedZone')}`,
      })),
      // RFC 1034, 3.6.2: a name that is another's has no records of its own.
      ...when(domain === reached && reached !== hostedZone.name, () => ({
        path,
        got: domain,
        allowed: 'another name than the domain of the stage, which is an alias of its edge and has no further records',
        remedy: `choose a name below it, such as mail.${reached}`,
      })),
      ...when(twin !== undefined, () => ({
        path,
        got: domain,
        allowed: `another domain than ${twin?.path} has`,
        remedy: 'give each part a domain of its own, since recipients judge by it',
      })),
    ];
  });
};

/** Countries whose networks show no name in place of a number. */
const withoutNames: readonly string[] = ['CA', 'PR', 'US'];

/** What countries and clouds refuse of SMS. */
export const smsSenders: Check = (platform) => {
  const azure = azureSites(platform);
  return each(platform, (name, { sms }) =>
    Object.entries(sms?.countries ?? {}).flatMap(([country, sender]): readonly Problem[] => {
      const path = `messages.${name}.sms.countries.${country}`;
      return sender.kind === 'name'
        ? when(withoutNames.includes(country), () => ({
            path: `${path}.kind`,
            got: 'name',
            allowed: `number in ${withoutNames.join(', ')}, where no name is shown`,
            remedy: `write { kind: 'number', type: 'toll-free' }`,
          }))
        : when(sender.azure === undefined && azure.length > 0, () => ({
            path: `${path}.azure`,
            got: undefined,
            allowed: 'a number that was bought on azure, where no tool buys one',
            remedy: 'buy it as docs/guides/recovery-site.md says, or waive messages on the site',
          }));
    }),
  );
};

/** Sites on Azure that send messages. */
const azureSites = (platform: Platform) =>
  sitesOn(platform, 'azure').filter(({ waives }) => waives.messages === undefined);

/** What Azure cannot do for whoever sends e-mail or SMS. */
export const azureMessages: Check = (platform) =>
  azureSites(platform).flatMap(({ region, siteName }) =>
    each(platform, (name, spec) => [
      ...when(spec.email?.addresses === 'own', () => ({
        path: `messages.${name}.email.addresses`,
        got: 'own',
        allowed: 'shared on azure, which has no addresses of one customer alone',
        remedy: 'choose shared, or waive messages on the site',
      })),
      ...when(isHosted(spec) && zonesOf('azure', region) !== undefined && dataLocation(region) === undefined, () => ({
        path: stagePath(platform, `sites.${siteName}.region`),
        got: region,
        allowed: 'a region for which azure says where messages are kept',
        remedy: 'choose another region, or waive messages on the site',
      })),
    ]),
  );

/** Whoever pushes needs the keys of those who carry it. */
export const pushSecrets: Check = (platform) =>
  Object.entries(usersOn(platform, 'primary')).flatMap(([user, { uses }]) =>
    (uses.messages ?? []).flatMap((name) => {
      const { apple, google } = platform.messages[name]?.push ?? {};
      return [apple, google].flatMap((carrier) =>
        when(carrier !== undefined && !(uses.secrets ?? []).includes(carrier.secret), () => ({
          path: `services.${user}.uses.secrets`,
          got: uses.secrets,
          allowed: `with ${carrier?.secret ?? ''}, the key for the push messages of messages.${name}`,
          remedy: `add ${carrier?.secret ?? ''}`,
        })),
      );
    }),
  );
