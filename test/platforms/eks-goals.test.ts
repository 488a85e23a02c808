import { reviewAssembly } from '../../lib/review/aws/review';
import { formatFinding } from '../../lib/review/finding';
import { reviewGoals } from '../../lib/review/goals/review';
import { reviewSite } from '../../lib/review/goals/site';
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
});

test('ShopFlow with pods on AWS keeps what it promises of starts, growth, undoing and its peak', async () => {
  const clusters = (await clustersOnEks('shopflow')).map(({ read }) => read);
  const { assembly: aws } = synthesizedOnEks('shopflow');
  const review = reviewGoals({ aws, clusters, whole: true }, platformOnEks('shopflow'));
  expect(review.findings.map(formatFinding)).toEqual([]);
  expect(review.starts).toHaveLength(13);
  // The collector of a cluster is there before a pod is.
  expect(JSON.stringify(review.starts)).not.toContain('collector');
  expect(review.growths.map(({ about }) => about)).toContain('services.user');
});
