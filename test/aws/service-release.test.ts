import type { Platform } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, type Resource } from '../support/template';

/** What a target group cannot change without being replaced, and its rules with it. */
const unchangeable = ({
  logicalId,
  properties: { Name, Port, Protocol, ProtocolVersion, TargetType, VpcId },
}: Resource) => ({
  logicalId,
  Name,
  Port,
  Protocol,
  ProtocolVersion,
  TargetType,
  VpcId,
});

describe('a release', () => {
  const rulesAndGroups = (platform?: Platform, digest?: string) => {
    const { template } = madeService('order', platform, digest);
    return {
      rules: allOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule'),
      groups: allOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup'),
    };
  };
  const before = rulesAndGroups();
  const changed = (patch: unknown) => resolved(retailflowWith(patch));

  test('with another image and another scale leaves rules and target groups as they are, byte for byte', () => {
    const after = rulesAndGroups(changed({ services: { order: { scale: { min: 5, max: 40 } } } }), 'f'.repeat(64));
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    expect(before.rules).toHaveLength(2);
    expect(before.groups).toHaveLength(2);
  });

  test.each([
    ['port', { services: { order: { port: 8181 } } }],
    ['health paths', { services: { order: { health: { readyPath: '/ready', livePath: '/live' } } } }],
    ['team and class of data', { services: { order: { team: 'checkout', dataClass: 'restricted' } } }],
    [
      'size, timeout and drain',
      {
        services: { order: { capacity: { vcpu: 2, memoryGiB: 4 }, timeoutSeconds: 30, drainSeconds: 60 } },
      },
    ],
    ['routes', { services: { order: { routes: [{ path: '/api/orders' }] } } }],
    [
      'strategy among those that move traffic',
      {
        services: {
          order: { release: { kind: 'linear', stepPercent: 20, stepMinutes: 5, steps: null, acceptTwoPhases: null } },
        },
      },
    ],
  ])('with its %s changed leaves the rules as they are, byte for byte, and replaces no group', (_what, patch) => {
    const after = rulesAndGroups(changed(patch));
    expect(JSON.stringify(after.rules)).toBe(JSON.stringify(before.rules));
    expect(after.groups.map(unchangeable)).toEqual(before.groups.map(unchangeable));
  });
});
