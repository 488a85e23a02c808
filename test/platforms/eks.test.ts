import { ruleGroups } from '../../lib/aws/alert-rules';
import { objectiveRules } from '../../lib/platform/objective-rules';
import { resourcesOf, type Resource, type Stack } from '../../lib/review/aws/stack';
import { formatFinding } from '../../lib/review/finding';
import { objectOf, type JsonObject } from '../../lib/review/json';
import type { Cluster, KubernetesObject } from '../../lib/review/kubernetes/cluster';
import { missingOnAws, outputsOfCdk } from '../../lib/platform/aws-outputs';
import { betweenClouds } from '../../lib/review/recovery/outputs';
import { reviewRecovery } from '../../lib/review/recovery/review';
import { synthesizedSite } from '../support/azure-site';
import { clustersOnEks, platformOnEks, synthesizedOnEks, toldBy } from '../support/eks';

const name = 'retailflow';
const onEks = synthesizedOnEks(name);
const { assembly } = onEks;
const stack = (name: string): Stack => onEks.stack(name);

const all = (type: string): readonly Resource[] => assembly.stacks.flatMap((each) => resourcesOf(each, type));
const only = (stackName: string, type: string): JsonObject => {
  const found = resourcesOf(stack(stackName), type);
  if (found.length !== 1) throw new Error(`${stackName} must have one ${type}, got ${found.length}`);
  return found[0]?.properties ?? {};
};

describe('RetailFlow with pods on AWS', () => {
  test('has no tasks of services, and stacks of the same names', () => {
    expect(assembly.stacks.filter(({ name }) => /\/Service-/.test(name))).toHaveLength(6);
    const services = all('AWS::ECS::Service').map(({ path }) => path);
    expect(services.filter((path) => !path.includes('/Keeper/'))).toEqual([]);
    expect(all('AWS::ACMPCA::CertificateAuthority')).toEqual([]);
  });
});

describe('the cluster', () => {
  const cluster = only('Cluster', 'AWS::EKS::Cluster');

  test('answers inside the network alone, to roles that are named', () => {
    expect(cluster.ResourcesVpcConfig).toMatchObject({ EndpointPrivateAccess: true, EndpointPublicAccess: false });
    expect(cluster.AccessConfig).toEqual({
      AuthenticationMode: 'API',
      BootstrapClusterCreatorAdminPermissions: false,
    });
    const [entry, ...others] = resourcesOf(stack('Cluster'), 'AWS::EKS::AccessEntry');
    expect(others).toEqual([]);
    expect(JSON.stringify(entry?.properties.PrincipalArn)).toContain('role/retailflow-production-deploy');
  });

  test('writes down everything that its control plane and the tasks beside it can, into groups with a key and an end', () => {
    const EnabledTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type }));
    expect(cluster.Logging).toEqual({ ClusterLogging: { EnabledTypes } });
    const [tasks] = resourcesOf(stack('Cluster'), 'AWS::ECS::Cluster');
    expect(tasks?.properties.Tags).toContainEqual({ Key: 'GuardDutyManaged', Value: 'true' });
    const groups = resourcesOf(stack('Cluster'), 'AWS::Logs::LogGroup').map(({ properties }) => properties);
    expect(groups.map(({ LogGroupName }) => LogGroupName)).toEqual(
      expect.arrayContaining([
        '/aws/eks/eks-retailflow-production/cluster',
        ...['application', 'dataplane', 'host', 'performance'].map(
          (each) => `/aws/containerinsights/eks-retailflow-production/${each}`,
        ),
        { 'Fn::Join': ['', ['/aws/ecs/containerinsights/', { Ref: tasks?.logicalId }, '/performance']] },
      ]),
    );
    for (const group of groups) expect(group).toMatchObject({ KmsKeyId: expect.anything(), RetentionInDays: 365 });
  });

  test('encrypts secrets with a key of the platform, and is not deleted by mistake', () => {
    expect(cluster.EncryptionConfig).toEqual([{ Provider: { KeyArn: expect.anything() } }]);
    expect(cluster.DeletionProtection).toBe(true);
  });

  test('has nodes, disks and balancers of Auto Mode, in the subnets of services of every zone', () => {
    expect(cluster.ComputeConfig).toMatchObject({ Enabled: true, NodePools: ['system'] });
    expect(cluster.StorageConfig).toEqual({ BlockStorage: { Enabled: true } });
    expect(objectOf(cluster.ResourcesVpcConfig).SubnetIds).toHaveLength(3);
  });

  test('calls people for itself, by a runbook', () => {
    const alarms = resourcesOf(stack('Cluster'), 'AWS::CloudWatch::Alarm').filter(({ path }) =>
      path.includes('/Cluster/Cluster/'),
    );
    expect(alarms.map(({ path }) => /\/(\w+)\/Resource$/.exec(path)?.[1])).toEqual([
      'ApiErrors',
      'FailedNodes',
      'PendingPods',
      'Storage',
    ]);
    for (const { properties } of alarms) {
      expect(properties.AlarmActions).toHaveLength(1);
      expect(properties.AlarmDescription).toContain('docs/runbooks/eks-cluster.md');
    }
  });

  test('lets the balancer in at the ports of the gateway and nobody else', () => {
    const targets = only('Cluster', 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(targets).toMatchObject({ TargetType: 'ip', Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' });
    expect(targets.Tags).toEqual(
      expect.arrayContaining([{ Key: 'eks:eks-cluster-name', Value: 'eks-retailflow-production' }]),
    );
    const nodes = JSON.stringify({ 'Fn::GetAtt': [clusterId(), 'ClusterSecurityGroupId'] });
    const ways = resourcesOf(stack('Cluster'), 'AWS::EC2::SecurityGroupIngress')
      .map(({ properties }) => properties)
      .filter(({ GroupId }) => JSON.stringify(GroupId) === nodes);
    expect(ways.map(({ FromPort }) => JSON.stringify(FromPort)).sort()).toEqual(['8000', '8100']);
  });
});

const clusterId = (): string => resourcesOf(stack('Cluster'), 'AWS::EKS::Cluster')[0]?.logicalId ?? '';

test('goals are measured in the workspace of the cluster, as on the other site', () => {
  const [workspace] = resourcesOf(stack('Cluster'), 'AWS::APS::Workspace');
  const group = resourcesOf(stack('Cluster'), 'AWS::APS::RuleGroupsNamespace').find(({ path }) =>
    path.endsWith('/Objectives'),
  );
  expect(group?.properties).toMatchObject({
    Name: 'objectives',
    Workspace: { 'Fn::GetAtt': [workspace?.logicalId, 'Arn'] },
    Data: ruleGroups('objectives', objectiveRules(platformOnEks(name), 'primary')),
  });
  expect(objectiveRules(platformOnEks(name), 'recovery')).toEqual(objectiveRules(platformOnEks(name), 'primary'));
});

describe('what pods may do', () => {
  const roleOf = (service: string): JsonObject => {
    const found = resourcesOf(stack(`Service-${service}`), 'AWS::IAM::Role').find(({ path }) =>
      path.includes('/Process/'),
    );
    return found?.properties ?? {};
  };

  test.each([
    ['Order', 'retailflow-order', 'order'],
    ['Payment', 'retailflow-payment', 'payment'],
  ])('a role of %s is for the pods of its one account in its namespace', (service, namespace, account) => {
    const [statement] = (objectOf(roleOf(service).AssumeRolePolicyDocument).Statement ?? []) as JsonObject[];
    expect(statement).toMatchObject({
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:RequestTag/kubernetes-namespace': namespace,
          'aws:RequestTag/kubernetes-service-account': account,
          'aws:SourceAccount': '111122223333',
        },
        ArnEquals: { 'aws:SourceArn': expect.anything() },
      },
    });
    expect(only(`Service-${service}`, 'AWS::EKS::PodIdentityAssociation')).toMatchObject({
      Namespace: namespace,
      ServiceAccount: account,
    });
  });

  const actionsOf = (service: string, part: string): readonly string[] =>
    resourcesOf(stack(`Service-${service}`), 'AWS::IAM::ManagedPolicy')
      .filter(({ path }) => path.includes(`/${part}/`))
      .flatMap(({ properties }) => objectOf(properties.PolicyDocument).Statement as JsonObject[])
      .flatMap(({ Action }) => [Action].flat() as string[]);

  test('a process reads no secret, and who reads it for the process does nothing else', () => {
    expect(actionsOf('Order', 'Process')).toEqual(expect.arrayContaining(['rds-db:connect', 'sqs:ReceiveMessage']));
    expect(actionsOf('Order', 'Process')).not.toContain('secretsmanager:GetSecretValue');
    expect([...new Set(actionsOf('Order', 'Secrets'))].sort()).toEqual([
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
    ]);
  });

  test('a service has what its tasks have on ECS, and no queue of another', () => {
    expect(actionsOf('User', 'Process')).not.toContain('sqs:ReceiveMessage');
    expect(actionsOf('Catalog', 'Process').some((action) => action.startsWith('es:'))).toBe(true);
  });

  test('External Secrets reads nothing by its own role', () => {
    const policy = resourcesOf(stack('Cluster'), 'AWS::IAM::ManagedPolicy').find(({ path }) =>
      path.includes('/Systems/Secrets/'),
    );
    const [statement, ...others] = objectOf(policy?.properties.PolicyDocument).Statement as JsonObject[];
    expect(others).toEqual([]);
    expect(statement?.Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    expect(JSON.stringify(statement?.Resource)).toContain('role/retailflow-production/secrets/*');
  });
});

describe('the clusters', () => {
  let onAws: Cluster;
  let clusters: readonly Cluster[];
  beforeAll(async () => {
    const rendered = await clustersOnEks(name);
    clusters = rendered.map(({ read }) => read);
    const [first] = clusters;
    if (first === undefined) throw new Error('there must be a cluster on AWS');
    onAws = first;
  });
  const one = (kind: string, object: string, namespace = ''): KubernetesObject => {
    const found = onAws.objects.find(
      (each) => each.kind === kind && each.name === object && each.namespace === namespace,
    );
    if (found === undefined) throw new Error(`no ${kind} ${object} in ${namespace}`);
    return found;
  };
  const specOf = (kind: string, object: string, namespace = ''): JsonObject =>
    objectOf(one(kind, object, namespace).value.spec);

  test('are two', () => {
    expect(clusters.map((each) => each.name)).toEqual(['eks-retailflow-production', 'aks-retailflow-production']);
  });

  test('pods on AWS stand on ARM, without an annotation of an identity, and reach its agent alone past the proxy', () => {
    const template = objectOf(specOf('Rollout', 'order', 'retailflow-order').template);
    expect(objectOf(template.spec).nodeSelector).toMatchObject({ 'kubernetes.io/arch': 'arm64' });
    expect(one('ServiceAccount', 'order', 'retailflow-order').annotations).toEqual({});
    expect(objectOf(template.metadata).annotations).toMatchObject({
      'traffic.sidecar.istio.io/excludeOutboundIPRanges': '169.254.170.23/32',
    });
  });

  test('a store names the role of its own namespace', () => {
    const stores = onAws.objects.filter(({ kind }) => kind === 'SecretStore');
    expect(stores.length).toBeGreaterThan(2);
    for (const { namespace, value } of stores) {
      const word = namespace.replace('retailflow-', '');
      expect(objectOf(value.spec).provider).toEqual({
        aws: {
          service: 'SecretsManager',
          region: 'ap-southeast-1',
          role: `arn:aws:iam::111122223333:role/retailflow-production/secrets/retailflow-production-${word}-secrets`,
        },
      });
    }
  });

  test('the gateway is bound to the balancer that stands, and asks for none', () => {
    expect(specOf('Service', 'gateway', 'retailflow-gateway')).toMatchObject({ type: 'ClusterIP' });
    expect(specOf('TargetGroupBinding', 'gateway', 'retailflow-gateway')).toMatchObject({
      targetType: 'ip',
      serviceRef: { name: 'gateway', port: 8000 },
    });
  });

  test('nodes are bought on demand up to what the platform may need, in encrypted subnets of services', () => {
    expect(specOf('NodePool', 'services')).toMatchObject({
      limits: { cpu: expect.stringMatching(/^\d+$/), memory: expect.stringMatching(/^\d+Gi$/) },
    });
    expect(specOf('NodeClass', 'services')).toMatchObject({
      role: 'retailflow-production-nodes',
      networkPolicy: 'DefaultDeny',
      ephemeralStorage: { kmsKeyID: 'alias/retailflow-production/data' },
      subnetSelectorTerms: [{ tags: { 'mainstay:cluster': 'eks-retailflow-production' } }],
    });
    expect(one('ConfigMap', 'amazon-vpc-cni', 'kube-system').value.data).toEqual({
      'enable-network-policy-controller': 'true',
    });
  });

  test('pods are counted by the queues and the commands that they empty', () => {
    const triggers = specOf('ScaledObject', 'order', 'retailflow-order').triggers as JsonObject[];
    expect(triggers.filter(({ type }) => type === 'aws-sqs-queue').map(({ name }) => name)).toEqual([
      'queue-orders',
      'commands-order-saga',
    ]);
  });

  test('a recovery site is proved against them', () => {
    const { site: azure } = synthesizedSite('retailflow', 'production');
    const outputs = betweenClouds(assembly, azure, clusters);
    expect(reviewRecovery(outputs, platformOnEks(name)).findings.map(formatFinding)).toEqual([]);
  });

  test.each([
    ['a service', 'retailflow-order/rollout-order.yaml', 'services.order'],
    ['the mesh', 'peerauthentication-default.yaml', 'mesh.mutual-tls'],
  ])('fails when the primary lacks %s that the recovery site has', (_, file, capability) => {
    const { site: azure } = synthesizedSite('retailflow', 'production');
    const fewer = clusters.map((cluster) =>
      cluster === onAws
        ? { ...cluster, objects: cluster.objects.filter((each) => !each.file.endsWith(file)) }
        : cluster,
    );
    const { findings } = reviewRecovery(betweenClouds(assembly, azure, fewer), platformOnEks(name));
    expect(findings.map(formatFinding).join('\n')).toContain(capability);
  });
});

describe('what AWS tells', () => {
  const told = toldBy(assembly);

  test('is everything that the manifests of the cluster need', () => {
    const outputs = outputsOfCdk(platformOnEks(name), 'primary', told);
    expect(missingOnAws(platformOnEks(name), 'primary', outputs)).toEqual([]);
    expect(missingOnAws(platformOnEks(name), 'primary', undefined)).toContain('aws.services.order.DATABASE_STORE_HOST');
  });

  test('stands in manifests in place of what is untold', async () => {
    const [before] = await clustersOnEks(name);
    const [after] = await clustersOnEks(name, outputsOfCdk(platformOnEks(name), 'primary', told));
    expect(JSON.stringify(before?.read.objects)).toContain('untold');
    expect(JSON.stringify(after?.read.objects)).not.toContain('untold');
  });
});
