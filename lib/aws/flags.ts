import { ArnFormat, aws_appconfig as appconfig, aws_iam as iam, Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { FlagSet } from '../platform/nouns/flags';
import { acknowledge } from './acknowledge';
import type { Capability, Reach, Use } from './capability';
import { flagDocument, rolloutSettings } from './flag-settings';
import { answerTo, grantKeyUse } from './grants';
import { regional } from './regional';

export interface FlagsProps {
  /** Name of the set. */
  readonly name: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
  readonly spec: FlagSet;
  /** Encrypts the flags. */
  readonly key: kms.IKey;
  /** Names of the alarms that take a change back. By name: their stacks come later, and know the flags. */
  readonly watchedAlarms: readonly string[];
}

const permissions = {
  flags: ['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'],
} as const;

/**
 * A set of flags in AppConfig: its values, how a change moves, the alarms that take it back, and who may ask. A change in
 * the definition is a change of this stack; people turn a flag off in the console or by the runbook, at once.
 */
export class Flags extends Construct implements Capability {
  public readonly application: appconfig.CfnApplication;
  public readonly environment: appconfig.CfnEnvironment;
  public readonly profile: appconfig.CfnConfigurationProfile;
  public readonly version: appconfig.CfnHostedConfigurationVersion;
  public readonly strategy: appconfig.CfnDeploymentStrategy;
  public readonly deployment: appconfig.CfnDeployment;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];
  private readonly key: kms.IKey;

  public constructor(scope: Construct, id: string, props: FlagsProps) {
    super(scope, id);
    const { key, name, prefix, spec } = props;
    this.key = key;
    this.application = new appconfig.CfnApplication(this, 'Application', { name: `${prefix}-${name}` });
    this.environment = this.watch(props);
    this.profile = new appconfig.CfnConfigurationProfile(this, 'Profile', {
      applicationId: this.application.ref,
      name: 'flags',
      locationUri: 'hosted',
      type: 'AWS.AppConfig.FeatureFlags',
      kmsKeyIdentifier: key.keyArn,
    });
    this.version = new appconfig.CfnHostedConfigurationVersion(this, 'Version', {
      applicationId: this.application.ref,
      configurationProfileId: this.profile.ref,
      contentType: 'application/json',
      content: flagDocument(spec),
    });
    this.strategy = new appconfig.CfnDeploymentStrategy(this, 'Strategy', {
      name: `${prefix}-${name}`,
      replicateTo: 'NONE',
      ...rolloutSettings(spec.rollout),
    });
    this.deployment = new appconfig.CfnDeployment(this, 'Deployment', {
      applicationId: this.application.ref,
      environmentId: this.environment.ref,
      configurationProfileId: this.profile.ref,
      configurationVersion: this.version.ref,
      deploymentStrategyId: this.strategy.ref,
      kmsKeyIdentifier: key.keyArn,
    });
    Tags.of(this).add('data-class', 'internal');
  }

  public values(): Readonly<Record<string, string>> {
    return { address: `${this.application.ref}/${this.environment.ref}/${this.profile.ref}` };
  }

  /** Lets a service ask for this set in this environment, and for nothing else. */
  public grant(grantee: iam.IGrantable, use: Use): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: [...answerTo(this.node.path, permissions, use)],
      resourceArns: [this.configurationArn()],
    });
    grantKeyUse(grantee, this.key, { through: 'appconfig', actions: ['kms:Decrypt'] });
  }

  private configurationArn(): string {
    return Stack.of(this).formatArn({
      service: 'appconfig',
      resource: 'application',
      resourceName: `${this.application.ref}/environment/${this.environment.ref}/configuration/${this.profile.ref}`,
    });
  }

  private watch({ watchedAlarms }: FlagsProps): appconfig.CfnEnvironment {
    const alarms = watchedAlarms.map((alarm) =>
      Stack.of(this).formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        resourceName: alarm,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    const alarmRoleArn = alarms.length === 0 ? undefined : this.watcher().roleArn;
    return new appconfig.CfnEnvironment(this, 'Environment', {
      applicationId: this.application.ref,
      name: 'live',
      monitors: alarms.map((alarmArn) => ({ alarmArn, ...(alarmRoleArn === undefined ? {} : { alarmRoleArn }) })),
    });
  }

  /** AppConfig reads alarms as it; what describes alarms knows no single one. */
  private watcher(): iam.Role {
    const { account, region } = Stack.of(this);
    const role = new iam.Role(this, 'Watcher', {
      assumedBy: new iam.ServicePrincipal('appconfig.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    const policy = new iam.ManagedPolicy(this, 'WatcherPolicy', {
      roles: [role],
      statements: [regional(region, ['cloudwatch:DescribeAlarms'])],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'What describes alarms lists them with their states, and cannot be narrowed to one; it is confined to the region.',
    });
    return role;
  }
}
