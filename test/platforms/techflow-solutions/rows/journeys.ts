import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, like, present, withoutText } from '../../support/matchers';

const places = ['EuWest1', 'EuNorth1', 'EuSouth1'] as const;

const place = (name: (typeof places)[number]): Row['expectations'] => {
  const stack = `Journeys-${name}`;
  return [
    ...about(
      { stack, type: 'AWS::Synthetics::Canary', count: 3 },
      {
        [`journeys are walked from ${name} every five minutes`]: {
          path: 'Schedule.Expression',
          is: 'rate(5 minutes)',
        },
        [`journeys from ${name} begin with the deployment`]: { path: 'StartCanaryAfterCreation', is: true },
        [`journeys from ${name} go to the name that customers use`]: {
          path: 'RunConfig.EnvironmentVariables.ORIGIN',
          is: 'https://projects.example.com',
        },
        [`journeys from ${name} go by the internet, as customers do`]: { path: 'VPCConfig', is: absent },
        [`what journeys from ${name} saw is under the key of the region`]: {
          path: 'ArtifactConfig.S3Encryption.KmsKeyArn',
          is: reference(`${stack}/Key`, 'Arn'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Journey\/Failed$/, count: 3 },
      {
        [`somebody is called when journeys from ${name} fail`]: {
          path: 'AlarmActions',
          is: [reference(`${stack}/Alarms/Topic`)],
        },
        [`journeys from ${name} that nobody walks count as failed`]: { path: 'TreatMissingData', is: 'breaching' },
        [`every walk from ${name} counts`]: { path: 'MetricName', is: 'SuccessPercent' },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', count: 1 },
      {
        [`what journeys from ${name} saw leaves after a month`]: {
          path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
          is: 31,
        },
        [`what journeys from ${name} saw is open to nobody`]: {
          path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets',
          is: true,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /Journey\/Policy$/, count: 3 },
      {
        [`walks from ${name} may do nothing but tell what they saw`]: {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/secretsmanager|dynamodb|rds|ecs|iam:|logs:/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::GuardDuty::Detector', count: 1 },
      { [`threats are looked for in ${name} too`]: { path: 'Enable', is: true } },
    ),
  ];
};

/** What customers do, walked every five minutes from several places. */
export const journeys: Row = {
  row: 'synthetic journeys',
  expectations: [
    ...places.flatMap(place),
    ...about(
      { stack: 'Journeys-EuWest1', type: 'AWS::Synthetics::Canary', where: /BeRefusedJourney/, count: 1 },
      {
        'a journey signs in with a wrong password and wants to be refused': {
          path: 'RunConfig.EnvironmentVariables.STEPS',
          is: like(/"method":"POST".*"path":"\/api\/sessions","status":401/),
        },
      },
    ),
  ],
};
