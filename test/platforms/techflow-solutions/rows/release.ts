import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { containing, exactly, like } from '../../support/matchers';

const canaries = ['Project', 'Reporting', 'User'] as const;

/** A canary of 5% that is compared with the stable version, and goes back by itself; ready tasks have proved it. */
export const release: Row = {
  row: 'releases',
  expectations: [
    ...canaries.flatMap((name) => [
      ...about(
        { stack: `Service-${name}`, type: 'AWS::ECS::Service', count: 1 },
        {
          [`${name} is released to 5% first`]: {
            path: 'DeploymentConfiguration.CanaryConfiguration.CanaryPercent',
            is: 5,
          },
          [`${name} goes back by itself`]: { path: 'DeploymentConfiguration.Alarms.Rollback', is: true },
          [`${name} goes back by the alarms on errors and time`]: {
            path: 'DeploymentConfiguration.Alarms.AlarmNames',
            is: exactly(
              `techflow-solutions-production-${name.toLowerCase()}-release-errors`,
              `techflow-solutions-production-${name.toLowerCase()}-release-latency`,
            ),
          },
        },
      ),
      ...about(
        { stack: `Service-${name}`, type: 'AWS::CloudWatch::Alarm', where: /Traffic\/ReleaseErrors$/, count: 1 },
        {
          [`${name} may have two points more errors than its stable version`]: { path: 'Threshold', is: 2 },
          [`errors of ${name} are compared, not added up`]: {
            path: 'Metrics[ReturnData=true].Expression',
            is: like(/errors0-errors1,errors1-errors0/),
          },
          [`errors of a release of ${name} call people`]: {
            path: 'AlarmActions',
            is: exactly(reference('Security/Alarms/Topic')),
          },
        },
      ),
    ]),
    ...about(
      { stack: 'Service-Billing', type: 'AWS::ECS::Service', count: 1 },
      {
        'billing moves at once, and back at once': { path: 'DeploymentConfiguration.Strategy', is: 'BLUE_GREEN' },
        'the fleet of before of billing waits': { path: 'DeploymentConfiguration.BakeTimeInMinutes', is: 15 },
        'billing goes back by itself': { path: 'DeploymentConfiguration.Alarms.Rollback', is: true },
        'billing goes back by the alarms on errors and time': {
          path: 'DeploymentConfiguration.Alarms.AlarmNames',
          is: exactly(
            'techflow-solutions-production-billing-release-errors',
            'techflow-solutions-production-billing-release-latency',
          ),
        },
      },
    ),
    ...about(
      { stack: 'Service-Project', type: 'AWS::ECS::TaskDefinition', where: /Service\/Task$/, count: 1 },
      {
        'project is ready while database and cache answer': {
          path: 'ContainerDefinitions[Name=app].Environment',
          is: containing({ Name: 'HEALTH_PROVES_ALWAYS', Value: 'DATABASE_STORE CACHE_PROJECTS' }),
        },
        'project is ready once third parties have answered': {
          path: 'ContainerDefinitions[Name=app].Environment',
          is: containing({ Name: 'HEALTH_PROVES_ONCE', Value: 'INTEGRATION_GOOGLE_WORKSPACE' }),
        },
      },
    ),
  ],
};
