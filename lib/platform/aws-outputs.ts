import { z } from 'zod';
import { awsPorts } from './aws-ports';
import { toldToService, type AwsEntry } from './aws-values';
import type { Source } from './contract';
import { pascalCase } from './ids';
import { stagePrefix } from './names';
import type { EksSite } from './nouns/site';
import { postgresOn } from './placed-databases';
import type { Platform, SiteName } from './platform';

/** What a site on AWS told once its stacks were deployed: addresses, names and ARNs, nothing secret. */
export const awsOutputs = z.strictObject({
  /** What services receive that AWS named, by service and variable. */
  services: z.record(z.string(), z.record(z.string(), z.string().min(1))).default({}),
  /** Servers of databases, past their pools, and the secrets with which they are administered. */
  databases: z.record(z.string(), z.strictObject({ host: z.string().min(1), login: z.string().min(1) })).default({}),
  /** Where figures of the cluster are written to. @default - not told yet */
  metricsUrl: z.url({ protocol: /^https$/ }).optional(),
  /** Targets of the load balancer that are the pods of the gateway. @default - not told yet */
  targetGroup: z.string().startsWith('arn:').optional(),
});
export type AwsOutputs = z.output<typeof awsOutputs>;

/** Names under which the stack of the cluster tells something. */
export const clusterOutputs = {
  metricsUrl: 'MetricsUrl',
  targetGroup: 'GatewayTargetGroup',
  databaseHost: (database: string): string => `${pascalCase(database)}DatabaseHost`,
  databaseLogin: (database: string): string => `${pascalCase(database)}DatabaseLogin`,
} as const;

/** Name under which the stack of a service tells what a variable is: `DATABASE_STORE_HOST` as `DatabaseStoreHost`. */
export const serviceOutput = (variable: string): string => pascalCase(variable.toLowerCase().replaceAll('_', '-'));

/** A site on AWS whose services are pods. */
type Site = Pick<EksSite, 'account' | 'region'> & { readonly siteName: SiteName };

/** What stands where something is not told yet, in the form of what will. Nothing is deployed with it. */
function untold({ field, name, noun }: Source, { account, region }: Site): string {
  const arn = (service: string, rest = ''): string => `arn:aws:${service}:${region}:${account}:${rest}untold-${name}`;
  const queue = `https://sqs.${region}.amazonaws.com/${account}/untold-${name}`;
  switch (noun) {
    case 'queues':
      return queue;
    case 'topics':
      return arn('sns');
    case 'workflows':
      return field === 'address' ? arn('states', 'stateMachine:') : queue;
    case 'buckets':
    case 'searches':
      return `https://${name}.${noun}.untold.invalid`;
    case 'streams':
      return ['b-1', 'b-2'].map((broker) => `${broker}.kafka.untold.invalid:${awsPorts.streams}`).join(',');
    case 'flags':
      return ['application', 'environment', 'profile'].map((part) => `untold-${part}`).join('/');
    case 'messages':
      return field.endsWith('Endpoint')
        ? `https://${field.toLowerCase()}.${name}.${noun}.untold.invalid`
        : `untold-${name}`;
    default:
      return `${field.toLowerCase()}.${name}.${noun}.untold.invalid`;
  }
}

const toldOf = (outputs: AwsOutputs | undefined, service: string, variable: string): string | undefined =>
  outputs?.services[service]?.[variable];

/** What AWS told of a value that a service receives; something of its form until it has. */
export const valueOnAws = (
  outputs: AwsOutputs | undefined,
  site: Site,
  service: string,
  { source, variable }: Pick<AwsEntry, 'source' | 'variable'>,
): string => toldOf(outputs, service, variable) ?? untold(source, site);

/** The server of a database and the secret with which it is administered; something of their form until AWS has told. */
export const serverOnAws = (
  outputs: AwsOutputs | undefined,
  { account, region }: Site,
  database: string,
): AwsOutputs['databases'][string] =>
  outputs?.databases[database] ?? {
    host: `server.${database}.databases.untold.invalid`,
    login: `arn:aws:secretsmanager:${region}:${account}:secret:untold-${database}`,
  };

export const metricsUrlOnAws = (outputs: AwsOutputs | undefined): string =>
  outputs?.metricsUrl ?? 'https://untold.invalid/';

export const targetGroupOnAws = (outputs: AwsOutputs | undefined, { account, region }: Site): string =>
  outputs?.targetGroup ?? `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/untold/0000000000000000`;

/** What a deployment of the cluster's workloads needs and AWS has not told: paths in the stage's file. */
export function missingOnAws(platform: Platform, site: SiteName, outputs: AwsOutputs | undefined): readonly string[] {
  return [
    ...Object.keys(platform.services).flatMap((service) =>
      toldToService(platform, site, service)
        .filter(({ variable }) => toldOf(outputs, service, variable) === undefined)
        .map(({ variable }) => `aws.services.${service}.${variable}`),
    ),
    ...postgresOn(platform, site)
      .filter(([name]) => outputs?.databases[name] === undefined)
      .map(([name]) => `aws.databases.${name}`),
    ...(['metricsUrl', ...(platform.gateway === undefined ? [] : (['targetGroup'] as const))] as const)
      .filter((name) => outputs?.[name] === undefined)
      .map((name) => `aws.${name}`),
  ];
}

/** What `cdk deploy --outputs-file` writes: values by stack and name. */
const deployed = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * What a site told, from what `cdk deploy --outputs-file` wrote. A stack that is not among them told nothing.
 *
 * @throws Error if it is no such file, or nothing in it is of the stage
 */
export function outputsOfCdk(platform: Platform, site: SiteName, told: unknown): AwsOutputs {
  const stacks = deployed.parse(told);
  const stack = (id: string): Readonly<Record<string, string>> => stacks[`${stagePrefix(platform)}-${id}`] ?? {};
  const cluster = stack('Cluster');
  const services = Object.keys(platform.services).flatMap((service) => {
    const values = stack(`Service-${pascalCase(service)}`);
    const received = toldToService(platform, site, service).flatMap(({ variable }) => {
      const value = values[serviceOutput(variable)];
      return value === undefined ? [] : [[variable, value] as const];
    });
    return received.length === 0 ? [] : [[service, Object.fromEntries(received)] as const];
  });
  const databases = postgresOn(platform, site).flatMap(([name]) => {
    const [host, login] = [cluster[clusterOutputs.databaseHost(name)], cluster[clusterOutputs.databaseLogin(name)]];
    return host === undefined || login === undefined ? [] : [[name, { host, login }] as const];
  });
  const { [clusterOutputs.metricsUrl]: metricsUrl, [clusterOutputs.targetGroup]: targetGroup } = cluster;
  if (services.length === 0 && metricsUrl === undefined) {
    throw new Error(
      `outputs of ${stagePrefix(platform)}-Cluster or of services must be in the file, got ${Object.keys(stacks).join(', ') || 'none'}: deploy them with --outputs-file`,
    );
  }
  return awsOutputs.parse({
    services: Object.fromEntries(services),
    databases: Object.fromEntries(databases),
    ...(metricsUrl === undefined ? {} : { metricsUrl }),
    ...(targetGroup === undefined ? {} : { targetGroup }),
  });
}
