import { channelAccess, serviceAccess } from '../../lib/aws/cache-users';
import { sockets } from '../../lib/platform/nouns/service';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, only } from '../support/template';

const platform = resolved(
  retailflowWith({
    goals: { recovery: null },
    services: {
      order: {
        routes: [{ path: '/api/carts/live', methods: ['GET'], websocket: true }, { path: '/api/orders' }],
        sockets: { channels: 'sessions', perTask: 2000, stickySeconds: 600 },
        release: { kind: 'blue-green' },
      },
    },
    stages: { production: { sites: { recovery: null } }, staging: null, development: null },
  }),
);
const { template } = madeService('order', platform);
const filter = only(template, 'AWS::Logs::MetricFilter');
const alarm = (name: string) => only(template, 'AWS::CloudWatch::Alarm', `SubjectOpenSockets${name}`);

describe('a service with connections that stay open', () => {
  test('is measured by what its tasks log', () => {
    expect(filter.properties).toMatchObject({
      FilterPattern: '{ $.openSockets >= 0 }',
      LogGroupName: { Ref: only(template, 'AWS::Logs::LogGroup', 'SubjectLogs').logicalId },
      MetricTransformations: [
        {
          MetricName: 'retailflow-production-order',
          MetricNamespace: 'Mainstay/Sockets',
          MetricValue: '$.openSockets',
          Unit: 'Count',
        },
      ],
    });
    expect(filter.properties['MetricTransformations'][0]).not.toHaveProperty('DefaultValue');
  });

  test('grows with the connections of a task', () => {
    const policy = only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'SubjectScalingSocketsPerTask');
    const { CustomizedMetricSpecification, TargetValue } =
      policy.properties['TargetTrackingScalingPolicyConfiguration'];
    expect(TargetValue).toBe(2000);
    expect(CustomizedMetricSpecification.Metrics[0].MetricStat).toEqual({
      Metric: { Dimensions: [], MetricName: 'retailflow-production-order', Namespace: 'Mainstay/Sockets' },
      Stat: 'Average',
    });
  });

  test('calls somebody when a task is crowded, or when none tells', () => {
    expect(alarm('Crowded').properties).toMatchObject({ Statistic: 'Maximum', Threshold: 3000 });
    expect(alarm('Untold').properties).toMatchObject({
      Statistic: 'SampleCount',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    for (const each of [alarm('Crowded'), alarm('Untold')]) expect(each.properties['AlarmActions']).toHaveLength(1);
  });

  test('has clients come back to their task, in either fleet', () => {
    const groups = allOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(groups).toHaveLength(2);
    for (const { properties } of groups) {
      expect(properties['TargetGroupAttributes']).toEqual(
        expect.arrayContaining([
          { Key: 'stickiness.enabled', Value: 'true' },
          { Key: 'stickiness.type', Value: 'lb_cookie' },
          { Key: 'stickiness.lb_cookie.duration_seconds', Value: '600' },
        ]),
      );
    }
  });

  test('is told what it keeps to', () => {
    const [container] = only(template, 'AWS::ECS::TaskDefinition', 'SubjectTask').properties['ContainerDefinitions'];
    expect(container.Environment).toEqual(
      expect.arrayContaining([
        { Name: 'SOCKET_IDLE_SECONDS', Value: String(sockets.parse({ channels: 'sessions' }).idleSeconds) },
        { Name: 'SOCKET_CHANNELS_CACHE', Value: 'sessions' },
        { Name: 'SOCKET_CHANNELS_PREFIX', Value: 'order:' },
      ]),
    );
  });
});

test('a service without them has none of it', () => {
  const { template: plain } = madeService('payment');
  expect(allOf(plain, 'AWS::Logs::MetricFilter')).toEqual([]);
  expect(JSON.stringify(plain.toJSON())).not.toMatch(/stickiness.enabled[^}]*true|SOCKET_|SocketsPerTask/);
});

test('tasks tell each other over channels of their service alone', () => {
  expect(channelAccess('project')).toBe('on ~* resetchannels &project:* +@all -@dangerous +info');
  expect(serviceAccess).not.toContain('&');
});
