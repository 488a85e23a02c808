import path from 'node:path';
import { aws_ec2 as ec2, aws_iam as iam, aws_lambda as lambda, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as grafana from 'aws-cdk-lib/aws-grafana';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { dataSourceIds, type Dashboard } from '../platform/dashboards/panels';
import { acknowledge } from './acknowledge';
import type { Reach } from './capability';
import { Connection } from './connection';
import type { Grafana } from './grafana';
import { encryptedLogGroup } from './log-group';
import type { MetricsWorkspace } from './metrics-workspace';
import { networkRole } from './network-role';
import { openEgress } from './service-egress';

export interface GrafanaContentsProps {
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly grafana: Pick<Grafana, 'endpointGroup' | 'workspace'>;
  /** Where the figures are. */
  readonly figures: Pick<MetricsWorkspace, 'workspace'>;
  /** By name, which nothing depends on: Grafana finds each by its id. */
  readonly dashboards: Readonly<Record<string, Dashboard>>;
  readonly vpc: ec2.IVpc;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly logsKey: kms.IKey;
  readonly logDays: number;
}

/** Raised, it makes every stage write everything again: where the function writes the same contents in another way. */
const edition = 1;

/** CloudFormation tells the function what is to be written and what was, in one call of Lambda, which takes 1 MB. */
const longest = 400_000;

/** How Grafana proves itself to AWS: by the role of its workspace. */
const asWorkspace = 'ec2_iam_role';

/** Sources of figures and traces, each as Grafana takes it. Their names are the stage's own, so that one made by hand is not in the way. */
export const dataSources = (prefix: string, region: string, prometheusUrl: string) =>
  [
    {
      uid: dataSourceIds.figures,
      name: `${prefix} figures`,
      type: 'prometheus',
      access: 'proxy',
      url: prometheusUrl,
      isDefault: true,
      jsonData: { httpMethod: 'POST', sigV4Auth: true, sigV4AuthType: asWorkspace, sigV4Region: region },
    },
    {
      uid: dataSourceIds.measures,
      name: `${prefix} measures`,
      type: 'cloudwatch',
      access: 'proxy',
      jsonData: { authType: asWorkspace, defaultRegion: region },
    },
    {
      uid: dataSourceIds.traces,
      name: `${prefix} traces`,
      type: 'grafana-x-ray-datasource',
      access: 'proxy',
      jsonData: { authType: asWorkspace, defaultRegion: region },
    },
  ] as const;

/**
 * What stands inside Grafana: where it takes figures and traces from, and a folder of dashboards. AWS has no API for it but Grafana's
 * own, which is reached from inside the network alone: a function there writes everything whenever any of it changes, by a key that it
 * asks for each time and takes away. A deployment whose contents cannot be written fails, and goes back.
 */
export class GrafanaContents extends Construct {
  public readonly function: lambda.Function;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly written: CustomResource;

  public constructor(scope: Construct, id: string, props: GrafanaContentsProps) {
    super(scope, id);
    const { dashboards, figures, grafana: shown, prefix, vpc } = props;
    refuseTooLong(prefix, Object.values(dashboards));
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Writes dashboards',
      allowAllOutbound: false,
    });
    openEgress(this, {
      service: 'dashboards',
      securityGroup: this.securityGroup,
      region: Stack.of(this).region,
      endpoints: props.endpoints,
      thirdParties: [],
    });
    new Connection(this, 'Grafana', {
      from: this.securityGroup,
      to: shown.endpointGroup,
      port: 443,
      description: 'writes dashboards',
    });
    this.function = this.createFunction(props);
    const { region } = Stack.of(this);
    const json = (value: object): string => Stack.of(this).toJsonString(value);
    this.written = new CustomResource(this, 'Written', {
      resourceType: 'Custom::Dashboards',
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties: {
        Workspace: shown.workspace.ref,
        Endpoint: shown.workspace.attrEndpoint,
        Folder: { Uid: prefix.slice(0, 40), Title: prefix },
        DataSources: dataSources(prefix, region, figures.workspace.attrPrometheusEndpoint).map(json),
        Dashboards: Object.values(dashboards).map(json),
        Edition: edition,
      },
    });
    // Rules of the network and permissions stand before anything is written.
    this.written.node.addDependency(...this.node.children.filter((child) => child !== this.written));
  }

  private createFunction({ grafana: shown, logDays, logsKey, vpc }: GrafanaContentsProps): lambda.Function {
    const role = networkRole(this, 'Role');
    new iam.ManagedPolicy(this, 'Policy', { roles: [role], statements: [this.keysOf(shown.workspace)] });
    const made = new lambda.Function(this, 'Function', {
      description: 'Writes data sources and dashboards',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, 'handlers', 'dashboards')),
      handler: 'index.handler',
      timeout: Duration.minutes(10),
      memorySize: 256,
      vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [this.securityGroup],
      logGroup: encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays }),
      // The role has its own policy; CDK would add an inline one.
      role: role.withoutPolicyUpdates(),
    });
    const calledByCloudFormation =
      'CloudFormation calls it once in a deployment, waits for its answer and reports a failure itself.';
    acknowledge(made, {
      'NIST.800.53.R5-LambdaConcurrency': calledByCloudFormation,
      'NIST.800.53.R5-LambdaDLQ': calledByCloudFormation,
    });
    return made;
  }

  /** Of this workspace alone: keys of a service account, and that account. People and settings of the workspace stay out of reach. */
  private keysOf(workspace: grafana.CfnWorkspace): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: [
        'grafana:CreateWorkspaceServiceAccount',
        'grafana:CreateWorkspaceServiceAccountToken',
        'grafana:DeleteWorkspaceServiceAccountToken',
        'grafana:ListWorkspaceServiceAccounts',
      ],
      resources: [
        Stack.of(this).formatArn({ service: 'grafana', resource: '/workspaces', resourceName: workspace.ref }),
      ],
    });
  }
}

function refuseTooLong(prefix: string, dashboards: readonly Dashboard[]): void {
  const length = JSON.stringify(dashboards).length;
  if (length <= longest) return;
  throw new Error(
    `dashboards of ${prefix} must be written in at most ${longest} characters, got ${length} in ${dashboards.length} dashboards: ` +
      "write telemetry.dashboards.pages: 'overview', so that services have none of their own",
  );
}
