import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  cacheFigures,
  databaseFigures,
  edgeFigures,
  gatewayFigures,
  queueFigures,
  searchFigures,
  serviceFigures,
  workflowFigures,
} from '../../lib/aws/figures-of';
import { testStack } from '../support/aws';
import { madeService } from '../support/service-world';

const refOf = (stack: Stack, value: string) => stack.resolve(value) as unknown;

describe('the figures of a service', () => {
  const { shared, subject } = madeService('order');
  const spec = { scale: { min: 3, max: 30, cpuPercent: 60, backlogPerTask: 20, schedules: {} } };

  test('name it as CloudWatch does, with the groups between which its releases move', () => {
    const figures = serviceFigures('order', spec, subject);
    expect(figures).toEqual({
      name: 'order',
      clusterName: shared.cluster.cluster.clusterName,
      serviceName: subject.service.serviceName,
      logGroupName: subject.logGroup.logGroupName,
      scale: spec.scale,
      traffic: { groups: subject.traffic?.dimensions },
    });
    expect(figures.traffic?.groups).toHaveLength(2);
  });

  test('have no traffic where it has no routes', () => {
    const { logGroup, service } = subject;
    expect(serviceFigures('mail', spec, { logGroup, service, traffic: undefined })).not.toHaveProperty('traffic');
  });

  test('of the gateway count what the load balancer turned away', () => {
    const { logGroup, service, traffic } = subject;
    const [dimensions] = traffic?.dimensions ?? [];
    if (dimensions === undefined) throw new Error('order has no routes');
    const figures = gatewayFigures(spec, { dimensions, logGroup, service });
    expect(figures.name).toBe('gateway');
    expect(figures.traffic).toEqual({
      groups: [dimensions],
      refusedBy: shared.balancer.loadBalancer.loadBalancerFullName,
    });
  });
});

describe('the figures of a part', () => {
  const stack = testStack();

  test('of a database ask its server', () => {
    const metric = new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName: 'CPUUtilization' });
    const asked: string[] = [];
    const server = {
      lag: { metric, threshold: 30 },
      worst: (metricName: string, statistic: string) => {
        asked.push(`${statistic} ${metricName}`);
        return metric;
      },
    };
    const figures = databaseFigures({ name: 'store', server: server as never });
    expect([figures.name, figures.lag]).toEqual(['store', server.lag]);
    expect(figures.worst('CPUUtilization', 'Maximum')).toBe(metric);
    expect(asked).toEqual(['Maximum CPUUtilization']);
  });

  test('of a cache are its nodes', () => {
    const group = new elasticache.CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'sessions' });
    const figures = cacheFigures('sessions', { shards: 1, replicas: 1 }, { group });
    expect({ ...figures, replicationGroupId: refOf(stack, figures.replicationGroupId) }).toEqual({
      name: 'sessions',
      replicationGroupId: { Ref: 'Group' },
      nodes: ['001', '002'],
    });
  });

  test('of a search domain are its name and account', () => {
    const domain = { domainName: 'shop-products', env: { account: '111122223333', region: 'ap-southeast-1' } };
    expect(searchFigures('products', { domain })).toEqual({
      name: 'products',
      domainName: 'shop-products',
      account: '111122223333',
    });
  });

  test('of a queue are its name, that of its dead letters, and its limit', () => {
    const queue = new sqs.Queue(stack, 'Queue');
    const deadLetters = new sqs.Queue(stack, 'DeadLetters');
    expect(queueFigures('mails', { maxAgeSeconds: 300 }, { queue, deadLetters })).toEqual({
      name: 'mails',
      queueName: queue.queueName,
      deadLettersName: deadLetters.queueName,
      maxAgeSeconds: 300,
    });
  });

  test('of a workflow are its ARN', () => {
    const machine = new sfn.CfnStateMachine(stack, 'Machine', { roleArn: 'arn:aws:iam::111122223333:role/machine' });
    expect(refOf(stack, workflowFigures('saga', { machine }).machineArn)).toEqual({ Ref: 'Machine' });
  });

  test('of the edge are its distribution and its firewall', () => {
    expect(edgeFigures({ distributionId: 'E1SHOP' }, 'wall')).toEqual({ distributionId: 'E1SHOP', firewall: 'wall' });
  });
});
