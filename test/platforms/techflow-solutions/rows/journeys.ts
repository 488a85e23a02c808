import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, like, present, withoutText } from '../../support/matchers';

const places = ['EuWest1', 'EuNorth1', 'EuSouth1'] as const;

/** An entry of the secret by which walks sign in. */
const person = /:secret:techflow-solutions-production\/journey-person\/(email|password)-\?{6}/;

const place = (name: (typeof places)[number]): Row['expectations'] => {
  const stack = `Journeys-${name}`;
  return [
    ...about(
      { stack, type: 'AWS::Synthetics::Canary', count: 4 },
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
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Journey\/Failed$/, count: 4 },
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
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /OpenProjectsJourney\/Policy$/, count: 1 },
      {
        [`whoever signs in from ${name} reads the entries of one person`]: {
          path: 'PolicyDocument.Statement[Action=secretsmanager:GetSecretValue].Resource[*]',
          is: like(person),
        },
        [`whoever signs in from ${name} opens these entries alone`]: {
          path: 'PolicyDocument.Statement[Action=kms:Decrypt].Condition.StringLike.[kms:EncryptionContext:SecretARN][*]',
          is: like(person),
        },
        [`whoever signs in from ${name} uses the key of secrets alone`]: {
          path: 'PolicyDocument.Statement[Action=kms:Decrypt].Condition.[ForAnyValue:StringEquals].[kms:ResourceAliases]',
          is: 'alias/techflow-solutions-production/secrets',
        },
        [`whoever signs in from ${name} uses it through Secrets Manager of the site`]: {
          path: 'PolicyDocument.Statement[Action=kms:Decrypt].Condition.StringEquals.[kms:ViaService]',
          is: 'secretsmanager.eu-central-1.amazonaws.com',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /(StartPage|ReachApi|BeRefused)Journey\/Policy$/, count: 3 },
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
    ...places.flatMap((name) =>
      about(
        { stack: `Journeys-${name}`, type: 'AWS::Synthetics::Canary', where: /OpenProjectsJourney/, count: 1 },
        {
          [`a journey from ${name} signs in as a person whom a secret knows`]: {
            path: 'RunConfig.EnvironmentVariables.SIGN_IN',
            is: like(
              /"path":"\/api\/sessions".*"entries":\{"email":"techflow-solutions-production\/journey-person\/email"/,
            ),
          },
          [`a journey from ${name} opens what wants a token`]: {
            path: 'RunConfig.EnvironmentVariables.STEPS',
            is: like(/"path":"\/api\/users\/me","status":200.*"path":"\/api\/projects","status":200/),
          },
        },
      ),
    ),
  ],
};
