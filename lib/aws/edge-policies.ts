import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { edgeHeaders } from './edge-headers';

export interface EdgePoliciesProps {
  /** How long assets are kept where they do not say themselves, in seconds. */
  readonly assetsCacheSeconds: number;
  /** How long answers of the API are kept, in seconds, each once. */
  readonly answersCacheSeconds: readonly number[];
}

/** What the edge keeps, and what it adds to every answer. */
export class EdgePolicies extends Construct {
  public readonly headers: cloudfront.ResponseHeadersPolicy;
  public readonly assets: cloudfront.CachePolicy;
  /** By the time that answers are kept, in seconds. */
  public readonly answers: ReadonlyMap<number, cloudfront.CachePolicy>;

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
  }
}
