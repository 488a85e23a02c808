import { ArnFormat, aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SecretAges } from './secret-ages';
import { rotationDays } from './secret-rotation';
import { secretRotator, type SecretRotatorProps } from './secret-rotator';

export interface CacheLoginRotationProps extends Pick<SecretRotatorProps, 'prefix' | 'keys' | 'logDays' | 'alarms'> {
  /** Id of the user of the caches. */
  readonly userId: string;
  /** Login of that user, with the fields `username` and `password`. */
  readonly secret: secretsmanager.ISecret;
  /** Its tasks log in, and read the secret when they start. */
  readonly service: ecs.FargateService;
  /** A password is used for so long, in days. @default rotationDays, as the administrator's of a database */
  readonly days?: number;
}

/**
 * Changes the password by which tasks log in to caches, without a gap: the user has the password before and the new one, tasks start
 * anew with the new one, and the one before leaves with the next rotation. The first rotation is at the first deployment.
 *
 * It stands with the tasks, not with the caches: it must know which service to start anew.
 */
export class CacheLoginRotation extends Construct {
  public readonly function: lambda.Function;
  public readonly deadLetters: sqs.Queue;
  public readonly schedule: secretsmanager.CfnRotationSchedule;
  public readonly ages: SecretAges;

  public constructor(scope: Construct, id: string, props: CacheLoginRotationProps) {
    super(scope, id);
    const { days = rotationDays, service, userId, ...shared } = props;
    const user = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'user',
      resourceName: userId,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const allow = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
    const rotator = secretRotator(this, {
      ...shared,
      name: 'gateway-login',
      days,
      atOnce: true,
      handler: 'cache-login',
      description: `Rotates the password of the cache user ${userId}`,
      environment: { USER_ID: userId, CLUSTER: service.cluster.clusterName, SERVICE: service.serviceName },
      statements: [
        allow(['elasticache:DescribeUsers', 'elasticache:ModifyUser'], user),
        allow(['ecs:UpdateService'], service.serviceArn),
      ],
      outside:
        'It asks Secrets Manager, ElastiCache and ECS and logs in nowhere, so it reaches nothing in the network and needs no interface there.',
      // The first rotation begins at once, and lets the tasks start anew.
      after: [service],
      told: {
        failed: 'The password by which the gateway logs in to its cache could not be rotated.',
        givenUp: 'A step of the rotation of the gateway’s password at its cache was given up.',
        runbook: 'cache',
      },
    });
    this.function = rotator.function;
    this.deadLetters = rotator.deadLetters;
    this.schedule = rotator.schedule;
    this.ages = rotator.ages;
  }
}
