import { isDeepStrictEqual } from 'node:util';
import { reviewAssembly } from '../../lib/review/aws/review';
import { resourcesOf } from '../../lib/review/aws/stack';
import { formatFinding } from '../../lib/review/finding';
import { awsAlone, clustersAlone } from '../../lib/review/goals/outputs';
import { reviewGoals } from '../../lib/review/goals/review';
import { reviewSite } from '../../lib/review/goals/site';
import { listOf, objectOf } from '../../lib/review/json';
import type { Cluster } from '../../lib/review/kubernetes/cluster';
import { findingsIn } from '../../lib/review/kubernetes/review';
import { clustersOnEks, platformOnEks, synthesizedOnEks } from '../support/eks';

const isOnEks = ({ name: cluster }: Cluster): boolean => cluster.startsWith('eks-');

describe.each(['retailflow', 'shopflow', 'techflow-solutions'])('%s with pods on AWS', (platform) => {
  test('passes every rule of the review of AWS, but for the lock of a stage that stands on tasks', async () => {
    const retention = { deletionProtection: true };
    const findings = await reviewAssembly(synthesizedOnEks(platform).directory, { lock: {}, retention });
    expect(findings.filter(({ rule }) => rule !== 'stateful-lock').map(formatFinding)).toEqual([]);
  });

  test('passes every rule of the review of its cluster', async () => {
    const [first] = await clustersOnEks(platform);
    expect(first?.read.name).toBe(`eks-${platform}-production`);
    expect(findingsIn(first === undefined ? [] : [first.read], { registry: first?.registry ?? '' })).toEqual([]);
  });

  test('keeps what it promises of rollbacks, repairs, releases and availability', async () => {
    const clusters = (await clustersOnEks(platform)).map(({ read }) => read).filter(isOnEks);
    const outputs = { aws: synthesizedOnEks(platform).assembly, azure: undefined, clusters };
    const review = reviewSite(outputs, platformOnEks(platform));
    expect(review.findings).toEqual([]);
    expect(review.repairs.filter(({ about }) => about.startsWith('services.')).length).toBeGreaterThan(4);
  });

  test('is refused by neither half of its goals, each of which is looked at by itself as well', async () => {
    const [aws, onEks] = [synthesizedOnEks(platform).assembly, platformOnEks(platform)];
    const clusters = (await clustersOnEks(platform)).map(({ read }) => read);
    const halves = [awsAlone(aws, onEks), clustersAlone(clusters, onEks)];
    expect(halves.flatMap((half) => reviewGoals(half, onEks).findings).map(formatFinding)).toEqual([]);
  });

  test('lets the pods of notification send messages, and those of no other service', () => {
    const senders = synthesizedOnEks(platform).assembly.stacks.flatMap((each) =>
      resourcesOf(each, 'AWS::IAM::ManagedPolicy')
        .filter(({ properties }) => JSON.stringify(properties.PolicyDocument).includes('ses:SendEmail'))
        .flatMap(({ properties }) => listOf(properties.Roles).map((role) => objectOf(role).Ref))
        .flatMap((role) =>
          resourcesOf(each, 'AWS::EKS::PodIdentityAssociation')
            .filter(({ properties }) => isDeepStrictEqual(properties.RoleArn, { 'Fn::GetAtt': [role, 'Arn'] }))
            .map(({ properties: { Namespace, ServiceAccount } }) => [Namespace, ServiceAccount]),
        ),
    );
    expect(senders).toEqual([[`${platform}-notification`, 'notification']]);
  });

  test('leaves what sends e-mail alone for a while when it does not answer', async () => {
    const [first] = await clustersOnEks(platform);
    const rules = first?.read.objects.filter(
      (each) => each.kind === 'DestinationRule' && each.name.startsWith('emailendpoint.'),
    );
    expect(rules?.map(({ namespace, value }) => [namespace, objectOf(value.spec).trafficPolicy])).toEqual([
      [
        `${platform}-notification`,
        expect.objectContaining({
          outlierDetection: expect.objectContaining({ consecutiveLocalOriginFailures: 5 }) as unknown,
        }),
      ],
    ]);
  });
});

test('ShopFlow with pods on AWS keeps what it promises of starts, growth, undoing and its peak', async () => {
  const clusters = (await clustersOnEks('shopflow')).map(({ read }) => read);
  const { assembly: aws } = synthesizedOnEks('shopflow');
  const review = reviewGoals({ aws, azure: undefined, clusters, whole: true }, platformOnEks('shopflow'));
  expect(review.findings.map(formatFinding)).toEqual([]);
  expect(review.starts).toHaveLength(13);
  // The collector of a cluster is there before a pod is.
  expect(JSON.stringify(review.starts)).not.toContain('collector');
  expect(review.growths.map(({ about }) => about)).toContain('services.user');
});
