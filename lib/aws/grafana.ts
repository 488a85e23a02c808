import { aws_ec2 as ec2, aws_grafana as grafana, aws_iam as iam, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { SignIn } from '../platform/nouns/telemetry';
import { assertNever } from '../platform/error';
import { acknowledge } from './acknowledge';
import { Connection } from './connection';
import type { Reach } from './capability';
import { regional } from './regional';

export interface GrafanaProps {
  /** What people find it by. */
  readonly name: string;
  readonly signIn: SignIn;
  readonly vpc: ec2.IVpc;
  /** Address range of the network, from which people come. */
  readonly cidr: string;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Workspace of Prometheus whose figures it shows. */
  readonly workspaceArn: string;
}

/** Release of Grafana. Workspaces go up by hand, and never down. */
const grafanaVersion = '10.4';

/** Groups by what their people may do, and how people sign in, in the terms of Grafana. */
export function signInSettings(
  signIn: SignIn,
): Pick<grafana.CfnWorkspaceProps, 'authenticationProviders' | 'samlConfiguration'> {
  switch (signIn.by) {
    case 'identity-center':
      return { authenticationProviders: ['AWS_SSO'] };
    case 'saml':
      return {
        authenticationProviders: ['SAML'],
        samlConfiguration: {
          idpMetadata: { url: signIn.metadata },
          assertionAttributes: { role: signIn.groups, groups: signIn.groups },
          roleValues: { admin: [...signIn.admins], editor: [...signIn.editors] },
        },
      };
    default:
      return assertNever(signIn);
  }
}

/** What Grafana may read of the account: figures, alarms and traces. No log, because logs are about people. */
const reads = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmsForMetric',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'ec2:DescribeRegions',
  'tag:GetResources',
  'xray:BatchGetTraces',
  'xray:GetGroups',
  'xray:GetServiceGraph',
  'xray:GetTimeSeriesServiceStatistics',
  'xray:GetTraceGraph',
  'xray:GetTraceSummaries',
] as const;

/**
 * Dashboards on Amazon Managed Grafana: reached from inside the network of the site alone, by an endpoint of its own; signed in to by
 * the organization's own means; and allowed to read figures, alarms and traces, and to change nothing.
 */
export class Grafana extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  /** Group of the way in. */
  public readonly endpointGroup: ec2.SecurityGroup;
  public readonly endpoint: ec2.InterfaceVpcEndpoint;
  public readonly role: iam.Role;
  public readonly workspace: grafana.CfnWorkspace;

  public constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    const { endpoints, name, signIn, vpc } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Dashboards, on their way to what they show',
      allowAllOutbound: false,
    });
    for (const { id: path, port, securityGroup: to } of endpoints)
      new Connection(this, path, { from: this.securityGroup, to, port, description: 'dashboards to AWS endpoints' });
    if (endpoints.length === 0)
      this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'dashboards to AWS');
    this.endpointGroup = this.createEndpointGroup(props);
    this.endpoint = this.createEndpoint(props);
    this.role = this.createRole(props);
    this.workspace = new grafana.CfnWorkspace(this, 'Workspace', {
      name,
      description: `Figures and traces of ${name}`,
      grafanaVersion,
      accountAccessType: 'CURRENT_ACCOUNT',
      permissionType: 'CUSTOMER_MANAGED',
      roleArn: this.role.roleArn,
      dataSources: ['PROMETHEUS', 'CLOUDWATCH', 'XRAY'],
      pluginAdminEnabled: false,
      vpcConfiguration: {
        securityGroupIds: [this.securityGroup.securityGroupId],
        subnetIds: vpc.selectSubnets({ subnetGroupName: 'app' }).subnetIds,
      },
      networkAccessControl: { vpceIds: [this.endpoint.vpcEndpointId], prefixListIds: [] },
      ...signInSettings(signIn),
    });
    this.workspace.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private createEndpointGroup({ cidr, vpc }: GrafanaProps): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(this, 'EndpointGroup', {
      vpc,
      description: 'The way to dashboards from inside the network',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'people inside the network');
    return securityGroup;
  }

  /** By which people inside the network reach it. Who they are, its sign-in asks. */
  private createEndpoint({ vpc }: GrafanaProps): ec2.InterfaceVpcEndpoint {
    return new ec2.InterfaceVpcEndpoint(this, 'Endpoint', {
      vpc,
      service: ec2.InterfaceVpcEndpointAwsService.GRAFANA_WORKSPACE,
      subnets: { subnetGroupName: 'app' },
      securityGroups: [this.endpointGroup],
      privateDnsEnabled: true,
      open: false,
    });
  }

  private createRole({ workspaceArn }: GrafanaProps): iam.Role {
    const { account, region } = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'],
          resources: [workspaceArn],
        }),
        regional(region, reads),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'Figures, alarms and traces have no resource to name; the role reads them in its region and changes nothing.',
    });
    return role;
  }
}
