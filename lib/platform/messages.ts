import type { Email, Messages } from './nouns/messages';
import type { Uses } from './nouns/service';
import type { Platform } from './platform';

/** Whether a cloud's own service sends for a part; push messages go to those who carry them. */
export const isHosted = ({ email, sms }: Partial<Pick<Messages, 'email' | 'sms'>>): boolean =>
  (email ?? sms) !== undefined;

/** How long a call by the cloud's own service may take at most: the longest of a part's channels, in milliseconds. */
export const longestTimeout = ({ email, sms }: Partial<Pick<Messages, 'email' | 'sms'>>): number =>
  Math.max(...[email, sms].flatMap((channel) => channel?.timeoutMilliseconds ?? []));

/** Domain from which a part sends e-mail. */
export const emailDomain = ({ stage }: Pick<Platform, 'stage'>, { domain }: Pick<Email, 'domain'>): string =>
  domain ?? `mail.${stage.domain}`;

/** The one address from which a part sends e-mail. */
export const emailFrom = (platform: Pick<Platform, 'stage'>, email: Pick<Email, 'domain' | 'sender'>): string =>
  `${email.sender}@${emailDomain(platform, email)}`;

/** Share of a limit at which somebody is called, in percent. */
export const limitWarningPercent = 80;

/** Hosts of those who carry push messages. */
const pushHosts = {
  apple: ['api.push.apple.com'],
  // The second gives the tokens for the first.
  google: ['fcm.googleapis.com', 'oauth2.googleapis.com'],
} as const;

const https = 443;

/** Where push messages of Apple's devices are sent to. */
export const applePushUrl = `https://${pushHosts.apple[0]}`;

/** Where push messages of a Firebase project are sent to. */
export const googlePushUrl = (project: string): string => `https://${pushHosts.google[0]}/v1/projects/${project}`;

/** A host of somebody else that is called over the internet. */
export interface ThirdParty {
  readonly host: string;
  readonly port: number;
  /** A call that takes longer has failed, in milliseconds. */
  readonly timeoutMilliseconds: number;
}

/** Everybody outside of any cloud whom the uses lead to: third parties by name, and those who carry push messages. */
export function thirdPartiesOf(
  platform: Pick<Platform, 'integrations' | 'messages'>,
  uses: { readonly integrations: Uses['integrations']; readonly messages?: Uses['messages'] },
): readonly ThirdParty[] {
  const push = (uses.messages ?? []).flatMap((name): readonly ThirdParty[] => {
    const spec = platform.messages[name]?.push;
    if (spec === undefined) return [];
    const { apple, google, timeoutMilliseconds } = spec;
    const hosts = [...(apple === undefined ? [] : pushHosts.apple), ...(google === undefined ? [] : pushHosts.google)];
    return hosts.map((host) => ({ host, port: https, timeoutMilliseconds }));
  });
  return [...uses.integrations.flatMap((name) => platform.integrations[name] ?? []), ...push];
}
