import { isObject, listOf, objectOf, shown, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';

const report = reporter('cloudfront');

const VIEWER_POLICIES = ['https-only', 'redirect-to-https'];

/** TLS 1.2 as of 2021 and anything newer. */
const MODERN_TLS = /^TLSv1\.(2_20(2[1-9]|[3-9]\d)|[3-9](_\d{4})?)$/;

/** Certificates of one's own; without one, CloudFront's domain is served under its own rules. */
const OWN_CERTIFICATE = ['AcmCertificateArn', 'IamCertificateId'];

/** Every distribution sends its requests to origins that it has, and is reached over modern TLS only. */
export const cloudfront: Rule = (stack) =>
  resourcesOf(stack, 'AWS::CloudFront::Distribution').flatMap((resource) =>
    problemsOf(objectOf(resource.properties.DistributionConfig)).map((problem) => report(stack, resource, problem)),
  );

function problemsOf(config: JsonObject): readonly string[] {
  const origins = objectsOf(config.Origins).flatMap(({ Id }) => textOf(Id) ?? []);
  const groups = objectsOf(objectOf(config.OriginGroups).Items);
  const targets = [...origins, ...groups.flatMap(({ Id }) => textOf(Id) ?? [])];
  const behaviors = [
    { at: 'DefaultCacheBehavior', behavior: objectOf(config.DefaultCacheBehavior) },
    ...objectsOf(config.CacheBehaviors).map((behavior, index) => ({ at: `CacheBehaviors[${index}]`, behavior })),
  ];
  return [
    ...behaviors.flatMap(({ at, behavior }) => [
      ...known(`${at}.TargetOriginId`, behavior.TargetOriginId, targets),
      ...encrypted(at, behavior),
    ]),
    ...groups.flatMap((group, index) =>
      objectsOf(objectOf(group.Members).Items).flatMap(({ OriginId }) =>
        known(`OriginGroups.Items[${index}].Members`, OriginId, origins),
      ),
    ),
    ...modernTls(objectOf(config.ViewerCertificate)),
  ];
}

function objectsOf(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

function known(at: string, id: JsonObject[string] | undefined, ids: readonly string[]): readonly string[] {
  return typeof id === 'string' && ids.includes(id)
    ? []
    : [`${at} must be an origin of the distribution (${ids.join(', ')}), got ${shown(id)}: correct the id`];
}

function encrypted(at: string, { ViewerProtocolPolicy }: JsonObject): readonly string[] {
  return VIEWER_POLICIES.includes(textOf(ViewerProtocolPolicy) ?? '')
    ? []
    : [
        `${at}.ViewerProtocolPolicy must be ${VIEWER_POLICIES.join(' or ')}, got ${shown(ViewerProtocolPolicy)}: ` +
          'use redirect-to-https',
      ];
}

function modernTls(certificate: JsonObject): readonly string[] {
  const { MinimumProtocolVersion } = certificate;
  const isOwn = OWN_CERTIFICATE.some((property) => certificate[property] !== undefined);
  return !isOwn || MODERN_TLS.test(textOf(MinimumProtocolVersion) ?? '')
    ? []
    : [
        `ViewerCertificate.MinimumProtocolVersion must be TLSv1.2_2021 or newer, got ${shown(MinimumProtocolVersion)}: ` +
          'raise it',
      ];
}
