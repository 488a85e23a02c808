import { aws_cloudfront as cloudfront, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EdgeSite as Spec } from '../platform/nouns/edge-site';
import { edgeHeaders } from './edge-headers';
import { edgePatterns } from './edge-settings';

export interface EdgeSiteProps {
  readonly spec: Spec;
  /** The way to the service, by the gateway. */
  readonly origin: cloudfront.IOrigin;
  /** How files are served from the bucket. */
  readonly files: cloudfront.BehaviorOptions;
  /** What else a request for a page that is kept has on its way. @default - nothing but what pages differ by */
  readonly originRequest?: cloudfront.IOriginRequestPolicy | undefined;
}

/** What CloudFront does with each path of a site that a service makes. */
export class EdgeSite extends Construct {
  /** Every path that nothing else claims. */
  public readonly pages: cloudfront.BehaviorOptions;
  /** Files and personal pages, by pattern. */
  public readonly others: Readonly<Record<string, cloudfront.BehaviorOptions>>;

  public constructor(scope: Construct, id: string, props: EdgeSiteProps) {
    super(scope, id);
    const { files, origin, spec } = props;
    this.pages = spec.keepSeconds === 0 ? this.asked(origin) : this.kept(props);
    const patterns = (paths: readonly string[], behavior: cloudfront.BehaviorOptions) =>
      edgePatterns(paths.map((path) => ({ path, cacheSeconds: 0 }))).map(({ pattern }) => [pattern, behavior] as const);
    this.others = Object.fromEntries([
      ...patterns(spec.files, files),
      ...(spec.personal.length === 0 ? [] : patterns(spec.personal, this.asked(origin))),
    ]);
  }

  /** Asked for each time, with all that the browser sends but the host. */
  private asked(origin: cloudfront.IOrigin): cloudfront.BehaviorOptions {
    return {
      origin,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: edgeHeaders(this, 'Headers', { comment: 'Headers of pages', ownSources: true }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
  }

  /** Kept as long as each page says, and no longer than the platform says; a cookie in a page of everybody is taken out. */
  private kept({ origin, originRequest, spec: { keepSeconds, vary } }: EdgeSiteProps): cloudfront.BehaviorOptions {
    return {
      origin,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: new cloudfront.CachePolicy(this, 'Pages', {
        comment: `Pages, ${keepSeconds} s at most`,
        minTtl: Duration.seconds(0),
        // A page that says nothing may be for one person alone.
        defaultTtl: Duration.seconds(0),
        // Bounds what is served stale as well.
        maxTtl: Duration.seconds(keepSeconds),
        queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
        headerBehavior:
          vary.length === 0 ? cloudfront.CacheHeaderBehavior.none() : cloudfront.CacheHeaderBehavior.allowList(...vary),
        cookieBehavior: cloudfront.CacheCookieBehavior.none(),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      originRequestPolicy: originRequest,
      responseHeadersPolicy: edgeHeaders(this, 'PagesHeaders', {
        comment: 'Headers of pages that are kept',
        ownSources: true,
        removed: ['Set-Cookie'],
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
  }
}
