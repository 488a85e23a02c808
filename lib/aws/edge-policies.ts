import { aws_cloudfront as cloudfront, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { loadMark } from '../platform/load-tests/admitted';
import { edgeHeaders } from './edge-headers';

export interface EdgePoliciesProps {
  /** How long assets are kept where they do not say themselves, in seconds. */
  readonly assetsCacheSeconds: number;
  /** How long answers of the API are kept, in seconds, each once. */
  readonly answersCacheSeconds: readonly number[];
  /** Whether something is kept for which load tests ask, whom the firewall marks for the gateway. @default false */
  readonly marksLoads?: boolean;
}

/** What the edge keeps, and what it adds to every answer. */
export class EdgePolicies extends Construct {
  public readonly headers: cloudfront.ResponseHeadersPolicy;
  public readonly assets: cloudfront.CachePolicy;
  /** By the time that answers are kept, in seconds. */
  public readonly answers: ReadonlyMap<number, cloudfront.CachePolicy>;
  /** What else a request for what is kept has on its way: the mark of load tests, by which answers do not differ. */
  public readonly kept: cloudfront.OriginRequestPolicy | undefined;

  public constructor(scope: Construct, id: string, props: EdgePoliciesProps) {
    super(scope, id);
    this.headers = edgeHeaders(this, 'Headers', { comment: 'Security headers of every answer', ownSources: false });
    this.assets = new cloudfront.CachePolicy(this, 'Assets', {
      comment: 'Files of the shop',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(props.assetsCacheSeconds),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
    this.answers = new Map(
      props.answersCacheSeconds.map((seconds) => [
        seconds,
        new cloudfront.CachePolicy(this, `Answers${seconds}Seconds`, {
          comment: `Public answers of the API, ${seconds} s at most`,
          minTtl: Duration.seconds(0),
          defaultTtl: Duration.seconds(seconds),
          maxTtl: Duration.seconds(seconds),
          // Headers and cookies of the request reach no service, so no answer that is kept can depend on them.
          queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
          headerBehavior: cloudfront.CacheHeaderBehavior.none(),
          cookieBehavior: cloudfront.CacheCookieBehavior.none(),
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        }),
      ]),
    );
    this.kept =
      props.marksLoads === true
        ? new cloudfront.OriginRequestPolicy(this, 'Marked', {
            comment: 'The mark of load tests, for the gateway',
            headerBehavior: cloudfront.OriginRequestHeaderBehavior.allowList(loadMark.header),
            queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.none(),
            cookieBehavior: cloudfront.OriginRequestCookieBehavior.none(),
          })
        : undefined;
  }
}
