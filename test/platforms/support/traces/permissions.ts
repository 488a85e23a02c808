import { pascalCase } from '../../../../lib/platform/ids';
import { databaseUser } from '../../../../lib/platform/names';
import { placedOn, workflowsOf } from '../../../../lib/platform/platform';
import { isObject, listOf, objectOf, textOf } from '../../../../lib/review/json';
import type { Json, JsonObject } from '../../../../lib/review/json';
import { reference, type Block } from '../graph';
import { properties, type Site } from '../site';

/** One permission, as it reads: `sqs:SendMessage on ${…} if {…}`. */
export type Permission = string;

const permission = (action: string, resource: string, condition?: JsonObject): Permission =>
  `${action} on ${resource}${condition === undefined ? '' : ` if ${JSON.stringify(sorted(condition))}`}`;

const sorted = (value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      )
    : value;

/** Every permission of a role; whatever gives it one. */
export function permissionsOf(site: Site, role: Block): readonly Permission[] {
  if (properties(role).Policies !== undefined || properties(role).ManagedPolicyArns !== undefined) {
    throw new Error(`${role.path} must have its permissions from managed policies of the templates alone`);
  }
  const policies = site.naming('AWS::IAM::ManagedPolicy', 'Roles', role);
  return policies.flatMap((policy) =>
    listOf(objectOf(properties(policy).PolicyDocument).Statement)
      .map(objectOf)
      .flatMap(permissionsIn),
  );
}

function permissionsIn({ Action, Condition, Effect, Resource, ...others }: JsonObject): readonly Permission[] {
  const { Sid: _sid, ...unknown } = others;
  if (Effect !== 'Allow' || Object.keys(unknown).length > 0) throw new Error(`no rule for ${JSON.stringify(others)}`);
  const conditions = Condition === undefined ? [undefined] : alternatives(objectOf(Condition));
  return listOf(Action).flatMap((action) =>
    listOf(Resource).flatMap((resource) =>
      conditions.map((condition) => permission(textOf(action) ?? '', textOf(resource) ?? '', condition)),
    ),
  );
}

/** A condition in which a key may have any of several values, as one for each of them. */
const alternatives = (condition: JsonObject): readonly JsonObject[] =>
  Object.entries(condition).reduce<readonly JsonObject[]>(
    (all, [key, value]) => {
      const values: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? alternatives(value) : [value];
      return all.flatMap((each) => values.map((one) => ({ ...each, [key]: one })));
    },
    [{}],
  );

const arn = (path: string): string => reference(path, 'Arn');

/** What a task of the service may do: what its definition asks for, and nothing else. */
export function taskPermissions(site: Site, name: string): readonly Permission[] {
  const { platform } = site;
  const spec = platform.services[name];
  if (spec === undefined) throw new Error(`no service ${name}`);
  const { account, region } = site.aws;
  const { uses } = spec;
  const here = (noun: 'databases' | 'caches' | 'searches' | 'buckets' | 'flags', names: readonly string[]) => {
    const placed = placedOn<{ on: readonly ('primary' | 'recovery')[] }>(platform[noun], 'primary');
    return names.filter((each) => placed.some(([part]) => part === each));
  };
  const all = (actions: readonly string[], resource: string, condition?: JsonObject) =>
    actions.map((action) => permission(action, resource, condition));
  const key = (actions: readonly string[], of: string, through: string, context: JsonObject = {}) =>
    all(
      actions.map((action) => `kms:${action}`),
      arn(`Security/Keys/${of}`),
      { StringEquals: { 'kms:ViaService': `${through}.${region}.amazonaws.com`, ...context } },
    );
  const own = { StringEquals: { 'aws:ResourceAccount': account } };
  const bucket = (each: string) => arn(`Data/${pascalCase(each)}Bucket/Bucket`);
  const objects = (actions: readonly string[], each: string) =>
    key(actions, 'Data', 's3', { 'kms:EncryptionContext:aws:s3:arn': bucket(each) });
  const queue = (each: string) => arn(`Messaging/${pascalCase(each)}Queue/Queue`);
  const commands = (workflow: string) => arn(`Workflows/${pascalCase(workflow)}/${pascalCase(name)}Commands/Queue`);
  const machine = (workflow: string) => arn(`Workflows/${pascalCase(workflow)}/Machine`);
  const runs = (workflow: string) =>
    key(['Decrypt', 'GenerateDataKey'], 'Messaging', 'states', {
      'kms:EncryptionContext:aws:states:stateMachineArn': machine(workflow),
    });
  const receive = (queueArn: string) => [
    ...all(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      queueArn,
    ),
    ...key(['Decrypt'], 'Messaging', 'sqs'),
  ];
  return [
    permission('cloudwatch:PutMetricData', '*', {
      StringEquals: { 'cloudwatch:namespace': `${platform.name}-${platform.stageName}/${name}` },
    }),
    ...here('databases', uses.databases).map((each) => permission('rds-db:connect', databaseLogin(site, each, name))),
    ...here('caches', uses.caches).flatMap((each) => [
      permission(
        'elasticache:Connect',
        `arn:aws:elasticache:${region}:${account}:replicationgroup:${reference(`Data/${pascalCase(each)}Cache/Group`)}`,
      ),
      permission('elasticache:Connect', arn(`Data/CacheUsers/${pascalCase(name)}ServiceUser`)),
    ]),
    ...here('searches', uses.searches).flatMap((each) =>
      all(
        ['Delete', 'Get', 'Head', 'Patch', 'Post', 'Put'].map((verb) => `es:ESHttp${verb}`),
        `${arn(`Data/${pascalCase(each)}Search/Domain`)}/*`,
      ),
    ),
    ...here('buckets', uses.reads).flatMap((each) => [
      permission('s3:ListBucket', bucket(each), own),
      permission('s3:GetObject', `${bucket(each)}/*`, own),
      ...objects(['Decrypt'], each),
    ]),
    ...here('buckets', uses.writes).flatMap((each) => [
      ...all(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], `${bucket(each)}/*`, own),
      ...(platform.buckets[each]?.holds === 'archive' ? [] : [permission('s3:DeleteObject', `${bucket(each)}/*`, own)]),
      ...objects(['Decrypt', 'GenerateDataKey'], each),
    ]),
    ...uses.sends.flatMap((each) => [
      ...all(['sqs:SendMessage', 'sqs:GetQueueAttributes'], queue(each)),
      ...key(['Decrypt', 'GenerateDataKey'], 'Messaging', 'sqs'),
    ]),
    ...uses.receives.flatMap((each) => receive(queue(each))),
    ...uses.publishes.flatMap((each) => [
      permission('sns:Publish', reference(`Messaging/${pascalCase(each)}Topic/Topic`)),
      ...key(['Decrypt', 'GenerateDataKey'], 'Messaging', 'sns'),
    ]),
    ...here('flags', uses.flags).flatMap((each) => {
      const part = (id: string) => reference(`Flags/${pascalCase(each)}Flags/${id}`);
      return [
        ...all(
          ['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'],
          `arn:aws:appconfig:${region}:${account}:application/${part('Application')}/environment/${part('Environment')}/configuration/${part('Profile')}`,
        ),
        ...key(['Decrypt'], 'Data', 'appconfig'),
      ];
    }),
    ...(platform.telemetry === undefined
      ? []
      : [
          permission('aps:RemoteWrite', arn('Telemetry/Figures/Workspace')),
          ...all(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*', {
            StringEquals: { 'aws:RequestedRegion': region },
          }),
        ]),
    ...uses.messages.flatMap((each) => mayMessage(site, each)),
    ...uses.starts.flatMap((each) => [permission('states:StartExecution', machine(each)), ...runs(each)]),
    ...workflowsOf(platform, name).flatMap((each) => [
      ...all(['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'], machine(each)),
      ...runs(each),
      ...receive(commands(each)),
    ]),
  ];
}

/** E-mail from the one address of a part, by its domain and its rules; SMS by its senders. */
function mayMessage({ aws, platform }: Site, name: string): readonly Permission[] {
  const { email, sms } = platform.messages[name] ?? {};
  const part = `Messaging/${pascalCase(name)}Messages`;
  const from = { StringEquals: { 'ses:FromAddress': `${email?.sender}@mail.${platform.stage.domain}` } };
  const ses = (resource: string) => `arn:aws:ses:${aws.region}:${aws.account}:${resource}`;
  return [
    ...(email === undefined
      ? []
      : ['ses:SendEmail', 'ses:SendRawEmail'].flatMap((action) => [
          permission(action, ses(`configuration-set/${reference(`${part}/Email/Sending`)}`), from),
          permission(action, ses(`identity/${reference(`${part}/Email/Identity`)}`), from),
        ])),
    ...(sms === undefined ? [] : [permission('sms-voice:SendTextMessage', arn(`${part}/Sms/Pool`))]),
  ];
}

/** The database user of a service, as IAM names it: at the pool. */
export const databaseLogin = ({ aws }: Site, database: string, service: string): string => {
  const pool = `Data/${pascalCase(database)}Database/Proxy/Proxy.DBProxyArn`;
  return `arn:aws:rds-db:${aws.region}:${aws.account}:dbuser:\${${pool} split by : #6}/${databaseUser(service)}`;
};

/** What ECS needs to give a container its secrets: each of them, and the key of each. */
export function secretPermissions({ aws }: Site, secrets: readonly string[]): readonly Permission[] {
  return secrets.flatMap((secret) => [
    permission('secretsmanager:GetSecretValue', secret),
    permission('kms:Decrypt', arn('Security/Keys/Secrets'), {
      StringEquals: {
        'kms:ViaService': `secretsmanager.${aws.region}.amazonaws.com`,
        'kms:EncryptionContext:SecretARN': secret,
      },
    }),
  ]);
}

/** What ECS needs to write logs. */
export const logPermissions = (group: string): readonly Permission[] =>
  ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => permission(action, arn(group)));

/** The agent of GuardDuty, in the account in which Amazon keeps it for the region. */
const agents: Readonly<Record<string, string>> = {
  'ap-southeast-1': '174946120834:repository/aws-guardduty-agent-fargate',
};

/** What ECS needs to start a task: the images of the platform's own registry, and the agent that watches it. */
export const pullPermissions = ({ aws, platform }: Site, images: readonly string[]): readonly Permission[] => [
  ...[
    ...images.map((image) => `${aws.account}:repository/${platform.name}-${platform.stageName}/${image}`),
    agents[aws.region],
  ].flatMap((repository) =>
    ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'].map((action) =>
      permission(action, `arn:aws:ecr:${aws.region}:${repository}`),
    ),
  ),
  permission('ecr:GetAuthorizationToken', '*'),
];
