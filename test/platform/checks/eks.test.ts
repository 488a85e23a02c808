import { mostNodes, mostPods, neededAddresses, nodeLimits, roomForPods } from '../../../lib/platform/eks-nodes';
import { applyPatch } from '../../../lib/platform/patch';
import { onEks, platformOnEks } from '../../support/eks';
import { problemsOf, production, retailflowWith } from '../../support/platform';

const primary = 'stages.production.sites.primary';

describe('a site on AWS with pods', () => {
  test('needs one word of the definition', () => {
    expect(problemsOf(onEks('retailflow'))).toEqual([]);
    expect(platformOnEks('retailflow').stage.sites.primary).toMatchObject({
      runtime: 'eks',
      kubernetes: {
        version: '1.34',
        mesh: { flavor: 'self-managed' },
        services: '172.20.0.0/16',
        administrators: [],
      },
    });
  });

  test.each([
    [
      'fails when a mesh is asked of ECS',
      retailflowWith(production({ sites: { primary: { kubernetes: { mesh: { flavor: 'self-managed' } } } } })),
      `${primary}.kubernetes`,
      /mutual TLS.*runtime: 'eks'/,
    ],
    [
      'fails when there is no such runtime',
      retailflowWith(production({ sites: { primary: { runtime: 'nomad' } } })),
      `${primary}.runtime`,
      /^one of ecs, eks$/,
    ],
    [
      'fails when the network has no addresses for every pod',
      onEks('retailflow', { network: { cidr: '10.16.0.0/20' } }),
      `${primary}.network.cidr`,
      /a range with \d+ addresses for \d+ pods on \d+ nodes when a zone is lost, and this has 1014/,
    ],
    [
      'fails when the range of services is too small',
      onEks('retailflow', { kubernetes: { services: '172.20.0.0/26' } }),
      `${primary}.kubernetes.services`,
      /prefix \/12 to \/24 on aws/,
    ],
    [
      'fails when the range of services overlaps another',
      onEks('retailflow', { kubernetes: { services: '10.33.0.0/20' } }),
      'stages.production.sites.recovery.network.services',
      /apart from 10\.33\.0\.0\/20/,
    ],
    [
      'fails when an administrator is no role',
      onEks('retailflow', { kubernetes: { administrators: ['somebody'] } }),
      `${primary}.kubernetes.administrators.0`,
      /the ARN of a role/,
    ],
    [
      'fails when two administrators are called the same',
      onEks('retailflow', {
        kubernetes: {
          administrators: ['arn:aws:iam::111122223333:role/a/admin', 'arn:aws:iam::111122223333:role/b/admin'],
        },
      }),
      `${primary}.kubernetes.administrators`,
      /roles of different names/,
    ],
    [
      'fails when a service is called as a system of the cluster',
      applyPatch(onEks('retailflow'), { services: { scaler: { scale: { min: 1, max: 2 } } } }) as never,
      'services.scaler',
      /what counts pods by queues/,
    ],
  ])('%s', (_, definition, path, allowed) => {
    const found = problemsOf(definition).filter((problem) => problem.path === path);
    expect(found.map((problem) => problem.allowed)).toContainEqual(expect.stringMatching(allowed));
  });
});

describe('what a cluster may grow to', () => {
  const platform = platformOnEks('retailflow');

  test('is the largest scale twice, in pods and in what they ask for', () => {
    const largest = [30, 40, 30, 12, 10, 8, 24].reduce((sum, each) => sum + each, 0);
    expect(mostPods(platform)).toBe(largest * 2 + 100);
    expect(nodeLimits(platform).vcpu).toBeGreaterThan(2 * (30 + 40 + 30));
    expect(mostNodes(platform) * 4).toBeGreaterThanOrEqual(nodeLimits(platform).vcpu);
  });

  test('finds addresses when a zone is lost', () => {
    expect(roomForPods('10.16.0.0/16', 3)).toBe(2 * (2 ** 13 - 5));
    expect(roomForPods('10.16.0.0/20', 3)).toBe(2 * (2 ** 9 - 5));
    expect(neededAddresses(platform)).toBeLessThan(roomForPods('10.16.0.0/16', 3));
  });
});
