import { z } from 'zod';
import { awsOutputs, missingOnAws } from './aws-outputs';
import { azurePair } from './azure-sites';
import { refuse, type Problem } from './error';
import { hasFlagRollouts } from './flag-rollout';
import { recoveryPair } from './link';
import { keepingOf } from './keeping';
import { hasLedgers } from './ledgers';
import { loadsInCluster } from './load-tests/in-cluster';
import { didYouMean } from './nearest';
import { isHosted } from './messages';
import { objectCopies } from './object-copies';
import {
  copierWord,
  gatewayWord,
  importerWord,
  digestsWord,
  flagsWord,
  loadsWord,
  keeperWord,
  migrationWord,
  scopeMigrationWord,
  observabilityWord,
  scalerWord,
  verificationWord,
} from './names';
import { clusterSitesOf, siteOn, sitesOn, usersOn, type Platform, type SiteName } from './platform';
import { problemsOf } from './problems';

const identity = z.strictObject({
  /** By which a workload asks for a token. */
  clientId: z.guid(),
  /** By which databases and caches know it. */
  principalId: z.guid(),
});

/** By what a site on Azure proves that a domain's e-mail may come from there, as the domain's zone says it. */
const emailProof = z.strictObject({
  /** Whose the domain is. */
  owner: z.string().regex(/^[^"]+$/, { error: 'text without quotes' }),
  /** Who may send: SPF. */
  spf: z.string().regex(/^v=spf1 [^"]+$/, { error: 'a policy of SPF' }),
  /** Where the two keys are by which it is signed: `selector1._domainkey.…`. */
  keys: z.tuple([z.string().regex(/^[^.]+\._domainkey\./), z.string().regex(/^[^.]+\._domainkey\./)]).readonly(),
});
export type EmailProof = z.output<typeof emailProof>;

/** What watches a site on Azure, as the site told it. */
const watched = {
  /** Where figures of the cluster are written to: whole, with the rule that takes them. @default - not told yet */
  metricsUrl: z.url({ protocol: /^https$/ }).optional(),
  /** How Application Insights is found: ids and addresses. It takes no keys, so that nobody writes to it by this alone. @default - not told yet */
  insights: z
    .string()
    .regex(/^InstrumentationKey=[0-9a-f-]{36};IngestionEndpoint=https:\/\/[^;]+(;\w+=[^;]+)*$/, {
      error: 'a connection string of Application Insights',
    })
    .optional(),
} as const;

const schema = z.strictObject({
  /** Identities of workloads by their words: services, functions, and what the platform runs itself. */
  identities: z.record(z.string(), identity).default({}),
  metricsUrl: watched.metricsUrl,
  insights: watched.insights,
  /** What the gateway of the link told, where the stage has one. */
  link: z
    .strictObject({
      /** Public addresses of its two instances, in their order. */
      addresses: z
        .tuple([z.ipv4(), z.ipv4()])
        .readonly()
        .refine(([first, second]) => first !== second, { error: 'two addresses that differ' }),
    })
    .optional(),
  /** What services for messages told, by the part's name. @default - not told yet */
  messages: z
    .record(
      z.string(),
      z.strictObject({
        /** Host of Communication Services. @default - not told yet */
        host: z.hostname().optional(),
        /** @default - not told yet, or the part sends no e-mail */
        email: emailProof.optional(),
      }),
    )
    .optional(),
  /** Where the edge of the site is reached, once it stands. */
  edge: z
    .strictObject({
      /** Host of Front Door. */
      host: z.hostname(),
      /** Public address of the application gateway. */
      address: z.ipv4(),
    })
    .optional(),
  /** What the recovery site told of itself where the primary is on Azure too. @default - not told yet */
  recovery: z.strictObject(watched).optional(),
  /** What the site on AWS told, where its services are pods. @default - not told yet */
  aws: awsOutputs.optional(),
});

/**
 * What the sites of a stage told once their stacks were applied, and no definition can know: what stands at the top is Azure's.
 * Written by scripts from the outputs of Terraform and of CloudFormation; holds ids and addresses, nothing secret.
 */
export type SiteOutputs = z.output<typeof schema>;

/** Where the domain leads when the site serves it: a host, or an address where the domain is the name of its zone. */
export const reachedAt = ({ stage }: Pick<Platform, 'stage'>, { edge }: SiteOutputs): string | undefined =>
  edge && (stage.domain === stage.hostedZone.name ? edge.address : edge.host);

/** What a stage told, as a site on Azure knows it: what watches a site is its own, all else is shared. */
export function toldBy(platform: Pick<Platform, 'stage'>, siteName: SiteName, outputs: SiteOutputs): SiteOutputs {
  if (azurePair(platform)?.recovery.siteName !== siteName) return outputs;
  const { insights: _insights, metricsUrl: _metricsUrl, recovery, ...shared } = outputs;
  return { ...shared, ...recovery };
}

/** The outputs of a stage that has told nothing, or has no site on Azure. */
export const nothingTold: SiteOutputs = { identities: {} };

/** Identity of a workload on Azure. */
export type WorkloadIdentity = z.output<typeof identity>;

/** Where the outputs of a stage are kept, from the root of the repository. */
export const outputsFile = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `outputs/${platform.name}/${platform.stageName}.json`;

/** Whoever uses parts of the platform on some site on Azure: services and functions. */
export const azureUsers = (platform: Platform): readonly string[] => [
  ...new Set(sitesOn(platform, 'azure').flatMap(({ siteName }) => Object.keys(usersOn(platform, siteName)))),
];

/** Words of everything that has an identity on the platform's sites on Azure, which share them, sorted. */
export function identityWords(platform: Platform): readonly string[] {
  return siteOn(platform, 'azure') === undefined
    ? []
    : [
        ...azureUsers(platform),
        ...(objectCopies(platform) === undefined ? [] : [copierWord]),
        ...(keepingOf(platform) === undefined ? [] : [keeperWord]),
        ...(hasLedgers(platform) ? [digestsWord, verificationWord] : []),
        ...(loadsInCluster(platform) ? [loadsWord] : []),
        ...(hasFlagRollouts(platform) ? [flagsWord] : []),
        gatewayWord,
        importerWord,
        migrationWord,
        ...Object.keys(platform.scopes).map(scopeMigrationWord),
        observabilityWord,
        scalerWord,
      ].sort();
}

/**
 * The outputs of a stage, as its file holds them.
 *
 * @throws PlatformError that lists every identity and link that the stage does not have, and everything malformed.
 */
export function parseOutputs(platform: Platform, input: unknown): SiteOutputs {
  const file = outputsFile(platform);
  const parsed = schema.safeParse(input);
  const known = identityWords(platform);
  const unknown = Object.keys(parsed.data?.identities ?? {})
    .filter((word) => !known.includes(word))
    .map((word): Problem => ({
      path: `identities.${word}`,
      got: word,
      allowed: `one of ${known.join(', ')}`,
      remedy: didYouMean(word, known, 'write the file anew from the outputs of the stage'),
    }));
  const unlinked: readonly Problem[] =
    parsed.data?.link === undefined || recoveryPair(platform) !== undefined
      ? []
      : [
          {
            path: 'link',
            got: parsed.data.link.addresses,
            allowed: 'nothing, since the stage has no link',
            remedy: 'take it away, or give the stage a primary on aws and a recovery site on azure',
          },
        ];
  const alone: readonly Problem[] =
    parsed.data?.recovery === undefined || azurePair(platform) !== undefined
      ? []
      : [
          {
            path: 'recovery',
            got: Object.keys(parsed.data.recovery),
            allowed: 'nothing, since the stage has not two sites on azure',
            remedy: 'take it away',
          },
        ];
  const hasPods = clusterSitesOf(platform).some(({ cloud }) => cloud === 'aws');
  const unasked: readonly Problem[] =
    parsed.data?.aws === undefined || hasPods
      ? []
      : [
          {
            path: 'aws',
            got: Object.keys(parsed.data.aws),
            allowed: "nothing, since no site of the stage has runtime 'eks'",
            remedy: 'take it away',
          },
        ];
  const sending = hostedMessages(platform);
  const unsent = Object.keys(parsed.data?.messages ?? {})
    .filter((name) => !sending.includes(name))
    .map((name): Problem => ({
      path: `messages.${name}`,
      got: name,
      allowed: sending.length === 0 ? 'nothing, since the site sends none' : `one of ${sending.join(', ')}`,
      remedy: didYouMean(name, sending, 'write the file anew from the outputs of the stage'),
    }));
  const problems = [
    ...unknown,
    ...unlinked,
    ...alone,
    ...unasked,
    ...unsent,
    ...problemsOf(schema, input, parsed.error?.issues ?? []),
  ];
  refuse(
    `platform ${platform.name}, stage ${platform.stageName}`,
    problems.map((problem) => ({ ...problem, path: `${file} ${problem.path}`.trimEnd() })),
  );
  return schema.parse(input);
}

/** Parts that send e-mail or SMS from the platform's site on Azure, by name. */
export function hostedMessages(platform: Pick<Platform, 'messages' | 'stage'>): readonly string[] {
  const site = siteOn(platform, 'azure');
  if (site === undefined || site.waives.messages !== undefined) return [];
  return Object.entries(platform.messages)
    .filter(([, spec]) => isHosted(spec))
    .map(([name]) => name);
}

/** Host of the service that sends a part's e-mail and SMS; nowhere until the stage has told it. */
export const messagesHostOf = ({ messages }: Pick<SiteOutputs, 'messages'>, name: string): string =>
  messages?.[name]?.host ?? 'untold.invalid';

/** Stands where a stage has told nothing yet. Nothing is deployed with it. */
const untold = '00000000-0000-0000-0000-000000000000';

/** The identity of a workload; of zeros until the stage has told it. */
export const identityOf = ({ identities }: SiteOutputs, word: string): WorkloadIdentity =>
  (Object.hasOwn(identities, word) ? identities[word] : undefined) ?? { clientId: untold, principalId: untold };

/** Where figures of the cluster are written to; nowhere until the stage has told it. */
export const metricsUrlOf = ({ metricsUrl }: SiteOutputs): string => metricsUrl ?? 'https://untold.invalid/';

/** How Application Insights is found; as nothing until the stage has told it. */
export const insightsOf = ({ insights }: SiteOutputs): string =>
  insights ?? `InstrumentationKey=${untold};IngestionEndpoint=https://untold.invalid/`;

/** Identities that are not told yet: paths in the stage's file. */
export const missingIdentities = (words: readonly string[], outputs: SiteOutputs): readonly string[] =>
  words.filter((word) => Object.values(identityOf(outputs, word)).includes(untold)).map((word) => `identities.${word}`);

/** What a deployment needs and the stage has not told: paths in its file, sorted. */
export const missingOutputs = (platform: Platform, outputs: SiteOutputs): readonly string[] => [
  ...new Set(clusterSitesOf(platform).flatMap(({ siteName }) => missingOn(platform, siteName, outputs))),
];

/** The same for the cluster of one site: what other sites have not told does not hold it up. */
export function missingOn(platform: Platform, siteName: SiteName, outputs: SiteOutputs): readonly string[] {
  const site = clusterSitesOf(platform).find((each) => each.siteName === siteName);
  if (site?.cloud === 'aws') return missingOnAws(platform, siteName, outputs.aws);
  if (site === undefined) return [];
  const told = toldBy(platform, siteName, outputs);
  const prefix = azurePair(platform)?.recovery.siteName === siteName ? `${siteName}.` : '';
  return [
    ...missingIdentities(identityWords(platform), outputs),
    ...(['insights', 'metricsUrl'] as const)
      .filter((name) => told[name] === undefined)
      .map((name) => `${prefix}${name}`),
    ...hostedMessages(platform)
      .filter((name) => outputs.messages?.[name]?.host === undefined)
      .map((name) => `messages.${name}.host`),
  ];
}

/** Addresses that only documents use: RFC 5737. They stand where a stage has told none yet. Nothing is deployed with them. */
const untoldAddresses = ['192.0.2.1', '192.0.2.2'] as const;

/** Public addresses of the two instances of the link's gateway on Azure; of documents until the stage has told them. */
export const linkAddresses = ({ link }: SiteOutputs): readonly [string, string] => {
  const [first, second] = link?.addresses ?? untoldAddresses;
  return [first, second];
};

/** What the deployment of a link needs and its stage has not told: paths in its file. */
export const missingLinkAddresses = (outputs: SiteOutputs): readonly string[] =>
  linkAddresses(outputs).some(isDocumentationAddress) ? ['link.addresses'] : [];

/** Whether an address is one that only documents use: RFC 5737. */
export const isDocumentationAddress = (address: string): boolean =>
  /^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address);
