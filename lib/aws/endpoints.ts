import { aws_ec2 as ec2, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AwsSite } from '../platform/nouns/site';
import { scopeTier } from '../platform/subnets';
import { pascalCase } from '../platform/ids';
import type { Reach } from './capability';

export interface EndpointsProps {
  readonly vpc: ec2.IVpc;
  /** Whether other services than S3 and DynamoDB have private endpoints, which cost by the hour and zone. */
  readonly interfaceEndpoints: boolean;
  /** What runs the services, and so who calls. @default 'ecs' */
  readonly runtime?: AwsSite['runtime'];
  /** Whether services send figures and traces, and dashboards show them. @default false */
  readonly telemetry?: boolean;
  /** Whether services ask for flags. @default false */
  readonly flags?: boolean;
  /** By what messages to people are sent. */
  readonly sends: readonly Channel[];
  /** Parts of the platform with subnets of their own. @default - none */
  readonly scopes?: readonly string[];
}

/** A channel of messages to people that a service of AWS sends. */
export type Channel = 'email' | 'sms';

interface PrivateService {
  /** First word of the service's actions. */
  readonly actions: string;
  readonly service: ec2.IInterfaceVpcEndpointService;
}

/** What a task on Fargate and the parts of a platform call, by the endpoint's id. */
const privateServices: Readonly<Record<string, PrivateService>> = {
  EcrApi: { actions: 'ecr', service: ec2.InterfaceVpcEndpointAwsService.ECR },
  EcrDocker: { actions: 'ecr', service: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER },
  Logs: { actions: 'logs', service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS },
  SecretsManager: { actions: 'secretsmanager', service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER },
  Metrics: { actions: 'cloudwatch', service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING },
  Kms: { actions: 'kms', service: ec2.InterfaceVpcEndpointAwsService.KMS },
  Queues: { actions: 'sqs', service: ec2.InterfaceVpcEndpointAwsService.SQS },
  Topics: { actions: 'sns', service: ec2.InterfaceVpcEndpointAwsService.SNS },
  Workflows: { actions: 'states', service: ec2.InterfaceVpcEndpointAwsService.STEP_FUNCTIONS },
  // GuardDuty would make it itself, with a group that no task may reach, and leave it behind when the network goes.
  ThreatDetection: { actions: 'guardduty', service: ec2.InterfaceVpcEndpointAwsService.GUARDDUTY_DATA },
};

/** Where figures and traces go. */
const telemetryServices: Readonly<Record<string, PrivateService>> = {
  Prometheus: { actions: 'aps', service: ec2.InterfaceVpcEndpointAwsService.PROMETHEUS_WORKSPACES },
  Traces: { actions: 'xray', service: ec2.InterfaceVpcEndpointAwsService.XRAY },
};

/** What writes dashboards calls for a key to them. */
const dashboardServices: Readonly<Record<string, PrivateService>> = {
  Dashboards: { actions: 'grafana', service: ec2.InterfaceVpcEndpointAwsService.GRAFANA },
};

/** What nodes of a cluster and its pods call besides: its API, roles of pods, and where figures and traces go. */
const clusterServices: Readonly<Record<string, PrivateService>> = {
  Kubernetes: { actions: 'eks', service: ec2.InterfaceVpcEndpointAwsService.EKS },
  PodIdentity: { actions: 'eks-auth', service: ec2.InterfaceVpcEndpointAwsService.EKS_AUTH },
  Roles: { actions: 'sts', service: ec2.InterfaceVpcEndpointAwsService.STS },
  Instances: { actions: 'ec2', service: ec2.InterfaceVpcEndpointAwsService.EC2 },
  ...telemetryServices,
};

/** What tasks call besides for flags. */
const flagServices: Readonly<Record<string, PrivateService>> = {
  Flags: { actions: 'appconfig', service: ec2.InterfaceVpcEndpointAwsService.APPCONFIGDATA },
};

/** What those call who send messages to people. */
const channelServices: Readonly<Record<Channel, PrivateService>> = {
  email: { actions: 'ses', service: ec2.InterfaceVpcEndpointAwsService.EMAIL },
  sms: { actions: 'sms-voice', service: ec2.InterfaceVpcEndpointAwsService.PINPOINT_SMS_VOICE_V2 },
};

const httpsPort = 443;

/**
 * Private ways to AWS. Through each goes only what the account's own identities ask for, and to S3 and DynamoDB only what
 * is in the account's own buckets and tables: with credentials of somebody else, nothing leaves here.
 */
export class Endpoints extends Construct {
  public readonly objects: ec2.GatewayVpcEndpoint;
  public readonly tables: ec2.GatewayVpcEndpoint;
  /** What a caller needs open to reach AWS; empty where it goes out to the internet for that. */
  public readonly reach: readonly Reach[];

  public constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    this.objects = this.gateway('Objects', props, ec2.GatewayVpcEndpointAwsService.S3);
    this.objects.addToPolicy(this.ownResources('s3:*'));
    this.objects.addToPolicy(this.imageLayers());
    this.objects.addToPolicy(this.answersToCloudFormation());
    this.tables = this.gateway('Tables', props, ec2.GatewayVpcEndpointAwsService.DYNAMODB);
    this.tables.addToPolicy(this.ownResources('dynamodb:*'));
    this.reach = props.interfaceEndpoints ? [this.interfaces(props)] : [];
  }

  private gateway(
    id: string,
    { scopes = [], vpc }: EndpointsProps,
    service: ec2.GatewayVpcEndpointAwsService,
  ): ec2.GatewayVpcEndpoint {
    return new ec2.GatewayVpcEndpoint(this, id, {
      vpc,
      service,
      subnets: ['app', 'data', ...scopes.map((scope) => scopeTier(scope, 'services'))].map((subnetGroupName) => ({
        subnetGroupName,
      })),
    });
  }

  private interfaces({ flags = false, runtime, sends, telemetry = false, vpc }: EndpointsProps): Reach {
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Private endpoints of AWS services',
      allowAllOutbound: false,
    });
    const called = {
      ...privateServices,
      ...(runtime === 'eks' ? clusterServices : {}),
      ...(telemetry ? { ...telemetryServices, ...dashboardServices } : {}),
      ...(flags ? flagServices : {}),
      ...Object.fromEntries(sends.map((channel) => [pascalCase(channel), channelServices[channel]])),
    };
    for (const [id, { actions, service }] of Object.entries(called)) {
      const endpoint = new ec2.InterfaceVpcEndpoint(this, id, {
        vpc,
        service,
        subnets: { subnetGroupName: 'app' },
        securityGroups: [securityGroup],
        privateDnsEnabled: true,
        open: false,
      });
      endpoint.addToPolicy(this.through(`${actions}:*`, { 'aws:PrincipalAccount': Stack.of(this).account }));
    }
    return { id: 'Endpoints', securityGroup, port: httpsPort };
  }

  private ownResources(action: string): iam.PolicyStatement {
    const { account } = Stack.of(this);
    return this.through(action, { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account });
  }

  /** Layers of images are in a bucket of Amazon's, and are asked for by addresses that ECR has signed. */
  private imageLayers(): iam.PolicyStatement {
    const { partition, region } = Stack.of(this);
    return new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
      conditions: { Bool: { 'aws:SecureTransport': 'true' } },
    });
  }

  /** A function in the network answers CloudFormation by an address that it has signed, in a bucket of Amazon's. */
  private answersToCloudFormation(): iam.PolicyStatement {
    const { partition, region } = Stack.of(this);
    return new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [`arn:${partition}:s3:::cloudformation-custom-resource-response-${region.replaceAll('-', '')}/*`],
      conditions: { Bool: { 'aws:SecureTransport': 'true' } },
    });
  }

  private through(action: string, equal: Readonly<Record<string, string>>): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: [action],
      resources: ['*'],
      conditions: { StringEquals: { ...equal } },
    });
  }
}
