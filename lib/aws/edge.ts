import { aws_cloudfront as cloudfront, Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { S3BucketOrigin, VpcOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { edgeOf, edgePaths } from '../platform/edge/paths';
import { edgeKeepsAddresses } from '../platform/edge/region';
import { longestTimeoutSeconds } from '../platform/gateway/configuration';
import { stagePrefix } from '../platform/names';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { originHost } from './balancer';
import { edgeAlarms } from './edge-alarms';
import { EdgeLogs } from './edge-logs';
import { EdgePolicies } from './edge-policies';
import { EdgeSite } from './edge-site';
import {
  edgePatterns,
  errorResponseStatuses,
  originShieldRegion,
  pageFunction,
  priceClass,
  readSeconds,
  type EdgePattern,
} from './edge-settings';

export interface EdgeProps {
  readonly platform: Platform;
  /** Region of the load balancer and the assets. */
  readonly homeRegion: string;
  /** Files of the shop. Admits the distributions of the account by its own policy. */
  readonly assets: s3.IBucket;
  /** The load balancer inside the network. */
  readonly origin: cloudfront.IVpcOrigin;
  /** Of this region, for the platform's domain. */
  readonly certificate: acm.ICertificate;
  readonly webAclArn: string;
  /** Whether the firewall marks load tests for the gateway. @default false */
  readonly marksLoads?: boolean;
  /** Encrypts the logs. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/** Idle connections to the load balancer are kept this long, in seconds; the load balancer keeps them longer. */
const originKeepAliveSeconds = 60;

/**
 * Content delivery: files from the bucket, the API and pages that a service makes from the load balancer inside the network,
 * everything over TLS and behind the firewall. Must stand in us-east-1, beside its certificate and its firewall.
 */
export class Edge extends Construct {
  public readonly policies: EdgePolicies;
  /** What is done with pages that a service makes. */
  public readonly site: EdgeSite | undefined;
  public readonly distribution: cloudfront.Distribution;
  public readonly logs: EdgeLogs;

  public constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { alarms, platform } = props;
    const patterns = edgePatterns(edgePaths(platform));
    const kept = patterns.map(({ cacheSeconds }) => cacheSeconds).filter((seconds) => seconds > 0);
    this.policies = new EdgePolicies(this, 'Policies', {
      assetsCacheSeconds: edgeOf(platform).assetsCacheSeconds,
      answersCacheSeconds: [...new Set(kept)].sort((a, b) => a - b),
      marksLoads: props.marksLoads === true && (kept.length > 0 || (edgeOf(platform).site?.keepSeconds ?? 0) > 0),
    });
    this.site = this.siteOf(props);
    this.distribution = this.distribute(props, patterns);
    this.logs = new EdgeLogs(this, 'Logs', {
      distribution: this.distribution,
      prefix: stagePrefix(platform),
      key: props.key,
      days: platform.stage.logDays,
      addresses: edgeKeepsAddresses(platform),
    });
    edgeAlarms(this, {
      distribution: this.distribution,
      prefix: stagePrefix(platform),
      logGroup: this.logs.logGroup,
      edge: edgeOf(platform),
      goals: platform.goals,
      alarms,
    });
  }

  private distribute(props: EdgeProps, patterns: readonly EdgePattern[]): cloudfront.Distribution {
    const { certificate, homeRegion, platform } = props;
    const api = this.gatewayOrigin(props);
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: stagePrefix(platform),
      domainNames: [platform.stage.domain],
      certificate,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      priceClass: priceClass(homeRegion),
      webAclId: props.webAclArn,
      publishAdditionalMetrics: true,
      ...this.pages(props),
      additionalBehaviors: {
        ...Object.fromEntries(patterns.map(({ cacheSeconds, pattern }) => [pattern, this.answers(api, cacheSeconds)])),
        ...this.site?.others,
      },
      errorResponses: errorResponseStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Customers travel. Whole countries are not refused; addresses of bad repute are.',
      'AwsSolutions-CFR3': 'Every request is logged by a delivery to CloudWatch Logs, which the rule does not know.',
    });
    return distribution;
  }

  /** What answers every path that nothing else claims: the service that makes the pages, or the one page of the bucket. */
  private pages(props: EdgeProps): Pick<cloudfront.DistributionProps, 'defaultBehavior' | 'defaultRootObject'> {
    if (this.site !== undefined) return { defaultBehavior: this.site.pages };
    const toPage = new cloudfront.Function(this, 'ToPage', {
      comment: 'Addresses of pages become the one page that there is',
      code: cloudfront.FunctionCode.fromInline(pageFunction),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    return {
      defaultRootObject: 'index.html',
      defaultBehavior: {
        ...this.files(props),
        functionAssociations: [{ eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: toPage }],
      },
    };
  }

  private siteOf(props: EdgeProps): EdgeSite | undefined {
    const spec = edgeOf(props.platform).site;
    if (spec === undefined) return undefined;
    return new EdgeSite(this, 'Site', {
      spec,
      // The name that people see; the service makes addresses of it, and the origin's own is of no use to them.
      origin: this.gatewayOrigin(props, { 'X-Forwarded-Host': props.platform.stage.domain }),
      files: this.files(props),
      originRequest: this.policies.kept,
    });
  }

  private files({ assets, homeRegion }: EdgeProps): cloudfront.BehaviorOptions {
    const access = new cloudfront.S3OriginAccessControl(this, 'AssetsAccess', {
      signing: cloudfront.Signing.SIGV4_ALWAYS,
    });
    return {
      // The bucket admits the account's distributions itself: a policy that named this one would be a cycle.
      origin: S3BucketOrigin.withBucketDefaults(assets, {
        originAccessControlId: access.originAccessControlId,
        originShieldRegion: originShieldRegion(homeRegion),
      }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: this.policies.assets,
      responseHeadersPolicy: this.policies.headers,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
  }

  private gatewayOrigin(
    { homeRegion, origin, platform }: EdgeProps,
    customHeaders: Readonly<Record<string, string>> = {},
  ): cloudfront.IOrigin {
    return VpcOrigin.withVpcOrigin(origin, {
      // Not the load balancer's own name, for which there is no certificate.
      domainName: originHost(platform.stage.domain),
      customHeaders,
      readTimeout: Duration.seconds(readSeconds(longestTimeoutSeconds(platform))),
      keepaliveTimeout: Duration.seconds(originKeepAliveSeconds),
      connectionAttempts: 2,
      connectionTimeout: Duration.seconds(5),
      originShieldRegion: originShieldRegion(homeRegion),
    });
  }

  /** A request of the API keeps all it came with but its host, which must be the one on the origin's certificate. */
  private answers(origin: cloudfront.IOrigin, cacheSeconds: number): cloudfront.BehaviorOptions {
    const policy = this.policies.answers.get(cacheSeconds);
    const shared = {
      origin,
      responseHeadersPolicy: this.policies.headers,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      compress: true,
    };
    if (policy !== undefined) {
      return {
        ...shared,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: policy,
        originRequestPolicy: this.policies.kept,
      };
    }
    return {
      ...shared,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }
}
