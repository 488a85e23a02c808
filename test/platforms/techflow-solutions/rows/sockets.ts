import { about, none, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atLeast, containing, exactly, like } from '../../support/matchers';

const stack = 'Service-Project';

/** Collaboration over WebSockets, told among tasks over Redis. */
export const sockets: Row = {
  row: 'WebSocket collaboration',
  expectations: [
    ...about(
      { stack: 'Cluster', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', count: 1 },
      {
        'the balancer keeps silent connections for longer than five minutes': {
          path: 'LoadBalancerAttributes[Key=idle_timeout.timeout_seconds].Value',
          is: '305',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', count: 2 },
      {
        'who lost a connection comes back to the same task': {
          path: 'TargetGroupAttributes[Key=stickiness.enabled].Value',
          is: 'true',
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /Gateway\/Task$/, count: 1 },
      {
        'the gateway keeps silent connections of collaboration as long': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value.services[name=project~api~collaboration~~GET].read_timeout',
          is: 300_000,
        },
        'the gateway waits for other answers of project as before': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value.services[name=project~api~projects].read_timeout',
          is: 15_000,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ECS::TaskDefinition', where: /Service\/Task$/, count: 1 },
      {
        'a task has two minutes to let go of its connections': {
          path: 'ContainerDefinitions[Name=app].StopTimeout',
          is: 120,
        },
        'a task is told over which cache to tell the others': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=SOCKET_CHANNELS_CACHE].Value',
          is: 'projects',
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::ElastiCache::User', where: /ProjectServiceUser$/, count: 1 },
      {
        'tasks of project use channels of their own, and no others': {
          path: 'AccessString',
          is: like(/resetchannels &project:\* /),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalingPolicy', where: /SocketsPerTask$/, count: 1 },
      {
        'there are more tasks where there are more connections': {
          path: 'TargetTrackingScalingPolicyConfiguration.TargetValue',
          is: 1000,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: 1 },
      { 'there is a place for 25,000 people at a thousand a task': { path: 'MaxCapacity', is: atLeast(25) } },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /OpenSockets\// },
      {
        'connections that are too many, or uncounted, call people': {
          path: 'AlarmActions',
          is: exactly(reference('Security/Alarms/Topic')),
        },
      },
    ),
    none(
      { stack: 'Service-Billing', type: 'AWS::Logs::MetricFilter' },
      'nobody counts connections of a service that has none',
    ),
    ...about(
      { stack, type: 'AWS::Logs::MetricFilter', count: 1 },
      {
        'connections are counted by what each task says': {
          path: 'MetricTransformations',
          is: containing({
            MetricName: 'techflow-solutions-production-project',
            MetricNamespace: 'Mainstay/Sockets',
            MetricValue: '$.openSockets',
            Unit: 'Count',
          }),
        },
      },
    ),
  ],
};
