import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { PlatformFigures } from '../../lib/aws/platform-dashboard';
import type { ServiceFigures, TrafficFigures } from '../../lib/aws/figures';
import type { Goals } from '../../lib/platform/nouns/goals';

export const goals: Goals = {
  availabilityPercent: 99.9,
  p95Milliseconds: 800,
  errorPercent: 0.5,
  concurrentUsers: 1000,
};

/** Requests that go to one target group, or to the two of a release. */
export const trafficOf = (name: string, groups: 1 | 2 = 1): TrafficFigures => ({
  groups: Array.from({ length: groups }, (_, index) => ({
    LoadBalancer: 'app/shop/1',
    TargetGroup: `targetgroup/${name}/${index}`,
  })),
});

export const serviceOf = (name: string, traffic: TrafficFigures | undefined = trafficOf(name)): ServiceFigures => ({
  name,
  clusterName: 'shop',
  serviceName: `shop-${name}`,
  logGroupName: `/shop/${name}`,
  scale: { min: 2, max: 10, cpuPercent: 60 },
  ...(traffic === undefined ? {} : { traffic }),
});

export const consumerOf = (name: string): ServiceFigures => {
  const { traffic: _traffic, ...consumer } = serviceOf(name);
  return consumer;
};

/** One of everything that a platform can have. */
export const everything: PlatformFigures = {
  services: [serviceOf('order', trafficOf('order', 2)), serviceOf('user-data'), consumerOf('mail')],
  gateway: serviceOf('gateway', { ...trafficOf('gateway'), refusedBy: 'app/shop/1' }),
  edge: { distributionId: 'E1SHOP', firewall: 'shop-firewall' },
  databases: [
    {
      name: 'store',
      worst: (metricName, statistic) => new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName, statistic }),
      lag: { metric: new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName: 'ReplicaLag' }), threshold: 30 },
    },
  ],
  caches: [{ name: 'sessions', replicationGroupId: 'shop-sessions', nodes: ['001', '002'] }],
  searches: [{ name: 'products', domainName: 'shop-products', account: '111122223333' }],
  queues: [
    { name: 'mails', queueName: 'shop-mails', deadLettersName: 'shop-mails-dead', maxAgeSeconds: 900 },
    { name: 'orders', queueName: 'shop-orders', deadLettersName: 'shop-orders-dead', maxAgeSeconds: 300 },
  ],
  streams: {
    clusterName: 'shop-streams',
    brokers: 3,
    followers: [{ stream: 'order-events', service: 'mail', maxLagSeconds: 300 }],
  },
  messages: [{ name: 'customers', configurationSetName: 'shop-customers', monthlyDollars: 500 }],
  workflows: [{ name: 'saga', machineArn: 'arn:aws:states:ap-southeast-1:111122223333:stateMachine:saga' }],
};

export const nothing: PlatformFigures = {
  services: [],
  databases: [],
  caches: [],
  searches: [],
  queues: [],
  messages: [],
  workflows: [],
};
