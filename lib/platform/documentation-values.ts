import type { Messages } from './nouns/messages';
import { objectCopies } from './object-copies';
import { sitesOf, type Platform } from './platform';
import { stagePath } from './checks/check';
import { oncePer } from './once';

/** What documents use in place of a real value: RFC 2606 names, the account ids and ids of vendors' examples. */
const patterns: readonly RegExp[] = [
  /(^|[.@/])example\.(com|net|org)$/,
  /\.(example|invalid|test)$/,
  /^example\//,
  /^https:\/\/github\.com\/example\//,
  /^(arn:[\w-]+:iam::)?(111122223333|444455556666|123456789012|555555555555|999999999999)($|:role\/)/,
  /EXAMPLE/,
  /^example[a-z0-9]*state$/,
  // Blocks of RFC 5737.
  /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/,
  // A project of Google, its number, and a billing account.
  /^example-[a-z0-9-]+$/,
  /^012345-567890-ABCDEF$/,
  /^com\.example\./,
  // Numbers of films: https://www.nationalnanpa.com/number_resource_info/555_numbers.html
  /^\+1\d{3}55501\d{2}$/,
  /^(https:\/\/)?00000000-0000-0000-0000-000000000000($|\.tokens\.)/,
];

/** A value of the definition that only documents use. */
export interface DocumentationValue {
  readonly path: string;
  readonly value: string;
}

/** What a part of messages has been given by somebody else: a domain, numbers, applications. */
const messagesInputs = (
  path: string,
  { email, push, sms }: Messages,
): readonly (readonly [path: string, value: string])[] => [
  ...(email?.domain === undefined ? [] : [[`${path}.email.domain`, email.domain] as const]),
  ...Object.entries(sms?.countries ?? {}).flatMap(([country, sender]) =>
    sender.kind === 'number' && sender.azure !== undefined
      ? [[`${path}.sms.countries.${country}.azure`, sender.azure] as const]
      : [],
  ),
  ...(push?.apple === undefined ? [] : [[`${path}.push.apple.topic`, push.apple.topic] as const]),
  ...(push?.google === undefined ? [] : [[`${path}.push.google.project`, push.google.project] as const]),
];

/** The inputs of a stage that still have a documentation value, sorted by path. A deployment refuses each by name. */
export const documentationValues = oncePer((platform: Platform): readonly DocumentationValue[] => {
  const { stage, owner, gateway } = platform;
  const signIn = platform.telemetry?.dashboards.signIn;
  const inputs: readonly (readonly [path: string, value: string])[] = [
    ['owner.email', owner.email],
    ['delivery.repository', platform.delivery.repository],
    ...(platform.delivery.manifests.by === 'argocd'
      ? [['delivery.manifests.repository', platform.delivery.manifests.repository] as const]
      : []),
    [stagePath(platform, 'domain'), stage.domain],
    ...('id' in stage.hostedZone ? [[stagePath(platform, 'hostedZone.id'), stage.hostedZone.id] as const] : []),
    [stagePath(platform, 'hostedZone.name'), stage.hostedZone.name],
    [stagePath(platform, 'alarms.email'), stage.alarms.email],
    ...(stage.alarms.warnings === undefined
      ? []
      : [[stagePath(platform, 'alarms.warnings.email'), stage.alarms.warnings.email] as const]),
    ...(stage.logs?.search.readers ?? []).map((role) => [stagePath(platform, 'logs.search.readers'), role] as const),
    ...sitesOf(platform).flatMap((site): readonly (readonly [string, string])[] => {
      const path = stagePath(platform, `sites.${site.siteName}`);
      return site.cloud === 'aws'
        ? [
            [`${path}.account`, site.account],
            ...Object.entries(site.network.offices).map(
              ([name, { address }]) => [`${path}.network.offices.${name}.address`, address] as const,
            ),
            ...(site.runtime === 'eks' ? site.kubernetes.administrators : []).map(
              (role) => [`${path}.kubernetes.administrators`, role] as const,
            ),
            // Nobody asks for a token where no objects are copied.
            ...(objectCopies(platform) === undefined ? [] : [[`${path}.tokenIssuer`, site.tokenIssuer] as const]),
          ]
        : [
            [`${path}.subscription`, site.subscription],
            [`${path}.tenant`, site.tenant],
            [`${path}.administrators.objectId`, site.administrators.objectId],
            [`${path}.state.account`, site.state.account],
          ];
    }),
    ...(stage.google === undefined
      ? []
      : (['project', 'projectNumber', 'billingAccount'] as const).map((field): readonly [string, string] => [
          stagePath(platform, `google.${field}`),
          stage.google?.[field] ?? '',
        ])),
    ...(signIn?.by === 'saml'
      ? [['telemetry.dashboards.signIn.metadata', new URL(signIn.metadata).hostname] as const]
      : []),
    ...(gateway === undefined ? [] : [['gateway.tokens.issuer', gateway.tokens.issuer] as const]),
    ...Object.entries(platform.integrations).map(([name, { host }]) => [`integrations.${name}.host`, host] as const),
    ...Object.entries(platform.messages).flatMap(([name, spec]) => messagesInputs(`messages.${name}`, spec)),
  ];
  return inputs
    .filter(([, value]) => patterns.some((pattern) => pattern.test(value)))
    .map(([path, value]) => ({ path, value }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
});
