import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like, oneLike } from '../../support/matchers';
import { alarmTopic, domain } from './facts';

/** Services whose releases move traffic, by their place on the listeners, which never changes. */
const moved = [
  { name: 'Analytics', priority: 10, strategy: 'BLUE_GREEN', bake: 15, requests: 20, milliseconds: 3000 },
  { name: 'Catalog', priority: 20, strategy: 'CANARY', bake: 60, requests: 50, milliseconds: 1000 },
  { name: 'Order', priority: 30, strategy: 'CANARY', bake: 60, requests: 50, milliseconds: 1000 },
  { name: 'Payment', priority: 40, strategy: 'CANARY', bake: 60, requests: 50, milliseconds: 1000 },
  { name: 'User', priority: 50, strategy: 'CANARY', bake: 60, requests: 50, milliseconds: 1000 },
] as const;

const of = (name: string, id: string): string => reference(`Service-${name}/Service/Traffic/${id}`);

const releases: readonly Expectation[] = moved.flatMap(({ bake, milliseconds, name, priority, requests, strategy }) => {
  const stack = `Service-${name}`;
  const host = `${name.toLowerCase()}.services.${domain}`;
  const alarms = ['errors', 'latency'].map((kind) => `retailflow-production-${name.toLowerCase()}-release-${kind}`);
  return [
    ...about(
      { stack, type: 'AWS::ECS::Service', count: 1 },
      {
        [`${name} is released as its definition says`]: { path: 'DeploymentConfiguration.Strategy', is: strategy },
        [`${name}: the old version stays until the new one has proved itself`]: {
          path: 'DeploymentConfiguration.BakeTimeInMinutes',
          is: bake,
        },
        [`${name}: alarms take a release back`]: { path: 'DeploymentConfiguration.Alarms.Rollback', is: true },
        [`${name}: alarms watch a release`]: { path: 'DeploymentConfiguration.Alarms.Enable', is: true },
        [`${name}: both its errors and its latency take a release back`]: {
          path: 'DeploymentConfiguration.Alarms.AlarmNames',
          is: exactly(...alarms),
        },
        [`${name}: the new version gets a target group of its own`]: {
          path: 'LoadBalancers[0].AdvancedConfiguration.AlternateTargetGroupArn',
          is: of(name, 'Green'),
        },
        [`${name}: the old version keeps its target group`]: {
          path: 'LoadBalancers[0].TargetGroupArn',
          is: of(name, 'Blue'),
        },
        [`${name}: traffic moves by the production rule`]: {
          path: 'LoadBalancers[0].AdvancedConfiguration.ProductionListenerRule',
          is: of(name, 'ProductionRule'),
        },
        [`${name}: a release can be tried before it gets traffic`]: {
          path: 'LoadBalancers[0].AdvancedConfiguration.TestListenerRule',
          is: of(name, 'TestRule'),
        },
        [`${name}: ECS moves traffic by a role for that alone`]: {
          path: 'LoadBalancers[0].AdvancedConfiguration.RoleArn',
          is: reference('Cluster/Cluster/TrafficRole', 'Arn'),
        },
        [`${name}: a task is not judged before it has started`]: { path: 'HealthCheckGracePeriodSeconds', is: 90 },
        [`${name}: rules and alarms are there before a release`]: {
          path: 'DependsOn',
          is: containing(
            ...['ProductionRule', 'TestRule', 'ReleaseErrors', 'ReleaseLatency'].map(
              (id) => `Service-${name}/Service/Traffic/${id}`,
            ),
          ),
        },
        ...(strategy === 'CANARY'
          ? {
              [`${name}: the first customers of a release are few`]: {
                path: 'DeploymentConfiguration.CanaryConfiguration',
                is: { CanaryBakeTimeInMinutes: 720, CanaryPercent: 5 },
              },
            }
          : {}),
      },
    ),
    ...(['ProductionRule', 'TestRule'] as const).flatMap((id) =>
      about(
        { stack, type: 'AWS::ElasticLoadBalancingV2::ListenerRule', where: new RegExp(`/${id}$`), count: 1 },
        {
          [`${name}: ${id} keeps its place`]: { path: 'Priority', is: priority },
          [`${name}: ${id} knows its service by host`]: {
            path: 'Conditions[*].HostHeaderConfig.Values',
            is: exactly(host),
          },
          [`${name}: ${id} gives everything to one version`]: {
            path: 'Actions[0].ForwardConfig.TargetGroups',
            is: exactly(
              { TargetGroupArn: of(name, id === 'ProductionRule' ? 'Blue' : 'Green'), Weight: 100 },
              { TargetGroupArn: of(name, id === 'ProductionRule' ? 'Green' : 'Blue'), Weight: 0 },
            ),
          },
          [`${name}: ${id} does not change with a tag`]: { path: 'Tags', is: absent },
          [`${name}: ${id} stands on its listener`]: {
            path: 'ListenerArn',
            is: reference(`Cluster/Balancer/LoadBalancer/${id === 'ProductionRule' ? 'Services' : 'Test'}`),
          },
        },
      ),
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/ReleaseErrors$/, count: 1 },
      {
        [`${name}: errors are those of the worse version`]: {
          path: 'Metrics[ReturnData=true].Expression',
          is: 'MAX([errors0,errors1])',
        },
        [`${name}: errors of a version are its own share`]: {
          path: 'Metrics[Id=errors1].Expression',
          is: `IF(FILL(requests1,0)>=${requests},100*(FILL(failures1,0)+FILL(refused1,0))/FILL(requests1,1),0)`,
        },
        [`${name}: errors of the new version are counted`]: {
          path: 'Metrics[Id=failures1].MetricStat.Metric.Dimensions[Name=TargetGroup].Value',
          is: of(name, 'Green').replace('}', '.TargetGroupFullName}'),
        },
        [`${name}: more errors than the definition says take a release back`]: { path: 'Threshold', is: 0.5 },
        [`${name}: errors are counted under a name that ECS knows`]: { path: 'AlarmName', is: alarms[0] ?? '' },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/ReleaseLatency$/, count: 1 },
      {
        [`${name}: latency is that of the worse version`]: {
          path: 'Metrics[ReturnData=true].Expression',
          is: 'MAX([latency0,latency1])',
        },
        [`${name}: latency of a version is its own 95th percentile`]: {
          path: 'Metrics[Id=seconds1].MetricStat.Stat',
          is: 'p95',
        },
        [`${name}: a version that few customers see is not judged`]: {
          path: 'Metrics[Id=latency1].Expression',
          is: `IF(FILL(requests1,0)>=${requests},1000*FILL(seconds1,0),0)`,
        },
        [`${name}: more latency than the definition says takes a release back`]: {
          path: 'Threshold',
          is: milliseconds,
        },
        [`${name}: latency is measured under a name that ECS knows`]: { path: 'AlarmName', is: alarms[1] ?? '' },
      },
    ),
  ];
});

const groups: readonly Expectation[] = about(
  { stack: 'Service-*', type: 'AWS::ElasticLoadBalancingV2::TargetGroup', count: 10 },
  {
    'health checks reach what a service depends on': { path: 'HealthCheckPath', is: '/health/ready' },
    'a task that cannot serve gets no requests soon': { path: 'HealthCheckIntervalSeconds', is: 10 },
    'one bad answer takes no task out': { path: 'UnhealthyThresholdCount', is: 3 },
    'a task must say that it can serve': { path: 'Matcher.HttpCode', is: '200' },
    'requests go where the fewest wait': {
      path: 'TargetGroupAttributes[Key=load_balancing.algorithm.type].Value',
      is: 'least_outstanding_requests',
    },
    'a request that runs ends before its task stops': {
      path: 'TargetGroupAttributes[Key=deregistration_delay.timeout_seconds].Value',
      is: like(/^(15|20|120)$/),
    },
    'tasks are reached by address': { path: 'TargetType', is: 'ip' },
  },
);

export const release: Row = {
  row: 'release',
  expectations: [
    ...releases,
    ...groups,
    ...about(
      { type: 'AWS::ECS::Service', where: /^(?!Recovery\/)/, count: 7 },
      {
        'a release that does not start is stopped': {
          path: 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable',
          is: true,
        },
        'a release that does not start is taken back': {
          path: 'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
          is: true,
        },
        'a release takes no task away before there is another': {
          path: 'DeploymentConfiguration.MinimumHealthyPercent',
          is: 100,
        },
        'a release doubles the tasks at most': { path: 'DeploymentConfiguration.MaximumPercent', is: 200 },
      },
    ),
    ...about(
      { stack: 'Service-Notification', type: 'AWS::ECS::Service', count: 1 },
      { 'who gets no requests is released task by task': { path: 'DeploymentConfiguration.Strategy', is: 'ROLLING' } },
    ),
    none(
      { stack: 'Service-Notification', type: 'AWS::ElasticLoadBalancingV2::*' },
      'who gets no requests has no place on the load balancer',
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::Events::Rule', where: /FailedReleases$/, count: 1 },
      {
        'a release that failed is told': {
          path: 'EventPattern.detail.eventName',
          is: containing('SERVICE_DEPLOYMENT_FAILED'),
        },
        'a release that failed is told to people': { path: 'Targets[0].Arn', is: alarmTopic },
      },
    ),
    ...about(
      { stack: 'Service-*', type: 'Custom::Migration', count: 6 },
      {
        'databases are brought up to date by the task of the service': {
          path: 'TaskDefinition',
          is: like(/^\$\{Service-\w+\/Service\/Migration\/Task\}$/),
        },
      },
    ),
    ...about(
      { stack: 'Service-*', type: 'AWS::ECS::Service', count: 6 },
      {
        'databases are up to date before a release': {
          path: 'DependsOn[*]',
          is: oneLike(/\/Migration\/Run$/),
        },
      },
    ),
  ],
};
