import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import allocations from '../../allocations/retailflow.json';
import { Balancer } from '../../lib/aws/balancer';
import type { Capabilities, Capability } from '../../lib/aws/capability';
import { Cluster } from '../../lib/aws/cluster';
import { copiedImage } from '../../lib/aws/copied-image';
import { pascalCase } from '../../lib/platform/ids';
import { Service, type ServiceProps } from '../../lib/aws/service';
import { serviceImage } from '../../lib/aws/service-image';
import { calledService } from '../../lib/aws/service-mesh';
import type { Platform } from '../../lib/platform/platform';
import { resolve } from '../../lib/platform/resolve';
import retailflow from '../../platforms/retailflow';
import { region, surroundings, templateOf, testStack } from './aws';

/** RetailFlow in a stage, with the committed lock. */
export const retailflowIn = (stage: string): Platform => resolve(retailflow, { stage, allocations });

/** Port of every stand-in that is reached over the network. */
export const standInPort = 5000;

/** Everything around services, in which each part they use is a stand-in. */
export interface ServiceWorld {
  readonly stack: Stack;
  /** What every service is given; add its name, group and image. */
  readonly shared: Omit<ServiceProps, 'name' | 'securityGroup' | 'image'>;
  /** Groups of the services, by name. */
  readonly groups: Readonly<Record<string, ec2.SecurityGroup>>;
  /** Properties of one service of the platform, with an image of the given digest. */
  readonly propsOf: (name: string, digest?: string) => ServiceProps;
}

/** A world for the services of a platform, in a stack of its own unless one is given. */
export function serviceWorld(
  platform: Platform = retailflowIn('production'),
  stack: Stack = testStack('World'),
): ServiceWorld {
  const { vpc, key, alarms } = surroundings(stack);
  const groupOf = (id: string) => new ec2.SecurityGroup(stack, `${id}Group`, { vpc, allowAllOutbound: false });
  const groups = Object.fromEntries(Object.keys(platform.services).map((name) => [name, groupOf(pascalCase(name))]));
  const shared = {
    platform,
    site: 'primary',
    region,
    vpc,
    alarms,
    cluster: new Cluster(stack, 'Cluster', {
      vpc,
      namespaceName: 'retailflow-production',
      organization: 'RetailFlow',
      key,
      logsKey: key,
      logDays: 365,
      runtimeMonitoring: true,
      alarms,
    }),
    balancer: new Balancer(stack, 'Balancer', {
      vpc,
      domain: platform.stage.domain,
      certificate: acm.Certificate.fromCertificateArn(
        stack,
        'Certificate',
        `arn:aws:acm:${region}:111122223333:certificate/one`,
      ),
      accessLogs: new s3.Bucket(stack, 'AccessLogs'),
      protected: platform.stage.protected,
    }),
    endpoints: [],
    keys: { logs: key },
    capabilities: standIns(platform, stack, groupOf, groups),
  } satisfies ServiceWorld['shared'];
  return {
    stack,
    shared,
    groups,
    propsOf: (name, digest = '0'.repeat(64)) => {
      const securityGroup = groups[name];
      if (securityGroup === undefined) throw new Error(`no service ${name}`);
      return { ...shared, name, securityGroup, image: ownImage(stack, name, digest) };
    },
  };
}

/** One service of a platform, called `Subject`, alone in a world of stand-ins. */
export function madeService(
  name: string,
  platform?: Platform,
  digest?: string,
): ServiceWorld & { readonly subject: Service; readonly template: Template } {
  const world = serviceWorld(platform);
  const subject = new Service(world.stack, 'Subject', world.propsOf(name, digest));
  return { ...world, subject, template: templateOf(world.stack) };
}

/** An image in the platform's own registry. */
const listening = { port: 8080, health: { livePath: '/live', readyPath: '/ready', startSeconds: 60 } };

function ownImage(stack: Stack, name: string, digest: string): ServiceProps['image'] {
  const id = `${pascalCase(name)}Repository`;
  const repository =
    (stack.node.tryFindChild(id) as ecr.Repository | undefined) ??
    new ecr.Repository(stack, id, { imageTagMutability: ecr.TagMutability.IMMUTABLE });
  const bootstrap = copiedImage(testStack(), 'Bootstrap', { name: 'retailflow', stageName: 'production' }, 'busybox');
  return serviceImage({ kind: 'release', digest: `sha256:${digest}` }, listening, repository, bootstrap);
}

function standIns(
  platform: Platform,
  stack: Stack,
  groupOf: (id: string) => ec2.SecurityGroup,
  groups: Readonly<Record<string, ec2.SecurityGroup>>,
): Capabilities {
  const all = <T>(parts: Readonly<Record<string, T>>, make: (name: string, part: T) => Capability) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, make(name, part)]));
  /** A part that is reached over the network. */
  const networked = (noun: string, values: Readonly<Record<string, string>>) => (name: string) => ({
    ...permitted(noun, values)(name),
    reach: [{ id: 'Path', securityGroup: groupOf(`${pascalCase(noun)}${pascalCase(name)}`), port: standInPort }],
  });
  const queueUrl = (name: string) => `https://sqs.${region}.amazonaws.com/111122223333/${name}`;
  return {
    databases: all(platform.databases, networked('databases', { host: 'writer', port: '5432', readerHost: 'reader' })),
    caches: all(platform.caches, networked('caches', { host: 'cache', port: '6379', user: 'user' })),
    documents: {},
    searches: all(platform.searches, networked('searches', { url: 'https://search' })),
    buckets: all(platform.buckets, permitted('buckets', { url: 'https://bucket' })),
    queues: all(platform.queues, (name) => permitted('queues', { url: queueUrl(name) })(name)),
    streams: all(platform.streams, networked('streams', { brokers: 'b-1.example.com:9098' })),
    topics: all(platform.topics, permitted('topics', { address: 'arn:aws:sns:::topic' })),
    flags: all(platform.flags, permitted('flags', { address: 'application/environment/profile' })),
    messages: all(platform.messages, (name, { sms }) =>
      permitted('messages', {
        emailEndpoint: 'https://email',
        smsEndpoint: 'https://sms',
        smsTag: 'set',
        ...Object.fromEntries(Object.keys(sms?.countries ?? {}).map((country) => [`smsFrom/${country}`, 'pool'])),
      })(name),
    ),
    workflows: all(platform.workflows, (name) => ({
      ...permitted('workflows', {})(name),
      values: (service) => ({
        address: 'arn:aws:states:::workflow',
        [`commands/${service}`]: queueUrl(`${name}-${service}`),
      }),
    })),
    services: all(groups, (name, group) => calledService(name, group)),
    secrets: all(platform.secrets, (name, { fields }) => {
      const secret = new secrets.Secret(stack, `${pascalCase(name)}Secret`);
      return {
        values: () => ({}),
        secrets: Object.fromEntries(fields.map((field) => [field, ecs.Secret.fromSecretsManager(secret, field)])),
        reach: [],
        grant: (grantee) => secret.grantRead(grantee),
      };
    }),
  };
}

/** A part that AWS's API reaches: a permission that names the use, and no network path. */
const permitted =
  (noun: string, values: Readonly<Record<string, string>>) =>
  (name: string): Capability => ({
    values: () => values,
    secrets: {},
    reach: [],
    grant: (grantee, use) => {
      iam.Grant.addToPrincipal({
        grantee,
        actions: [`test:${use.kind}`],
        resourceArns: [`arn:aws:test:::${noun}/${name}`],
      });
    },
  });
