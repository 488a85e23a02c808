import { aws_cloudfront as cloudfront, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { contentSecurityPolicy, securityHeaders } from '../platform/edge/headers';

/** What answers carry besides what every answer carries. */
export interface EdgeHeadersProps {
  readonly comment: string;
  /** Whether pages may name sources of their own, such as the digests of scripts that stand in them. */
  readonly ownSources: boolean;
  /** Kept from clients, besides what says what runs behind the edge. @default - nothing */
  readonly removed?: readonly string[];
}

/** The headers that the edge adds to answers. */
export function edgeHeaders(scope: Construct, id: string, props: EdgeHeadersProps): cloudfront.ResponseHeadersPolicy {
  const override = true;
  return new cloudfront.ResponseHeadersPolicy(scope, id, {
    comment: props.comment,
    securityHeadersBehavior: {
      contentSecurityPolicy: { override: !props.ownSources, contentSecurityPolicy: contentSecurityPolicy() },
      contentTypeOptions: { override },
      frameOptions: { override, frameOption: cloudfront.HeadersFrameOption.DENY },
      referrerPolicy: {
        override,
        referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
      },
      strictTransportSecurity: {
        override,
        accessControlMaxAge: Duration.seconds(securityHeaders.transportSecuritySeconds),
        includeSubdomains: true,
        preload: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [{ header: 'Permissions-Policy', value: securityHeaders.permissionsPolicy, override }],
    },
    removeHeaders: [...securityHeaders.removed, ...(props.removed ?? [])],
  });
}
