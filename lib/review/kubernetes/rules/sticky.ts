import { isObject, listOf, objectOf, shown, textOf, type JsonObject } from '../../json';
import { ofKind } from '../find';
import { reporter, type Rule } from '../rule';

const name = 'sticky';
const report = reporter(name);

/** By a cookie that ends, a client comes back to a pod that is still there; it holds for nobody, so a release may undo it. */
const isHint = ({ httpCookie }: JsonObject): boolean => /^[1-9]\d*s$/.test(textOf(objectOf(httpCookie).ttl) ?? '');

/** Requests that go to a pod by what is in them go to one version of it: a split by weights would undo that. */
export const sticky: Rule = {
  name,
  judge: (cluster) => {
    const hosts = ofKind(cluster, 'DestinationRule').flatMap((object) => {
      const { host, subsets, trafficPolicy } = objectOf(object.value.spec);
      const { consistentHash } = objectOf(objectOf(trafficPolicy).loadBalancer);
      return isObject(consistentHash) && !isHint(consistentHash) ? [{ object, host, consistentHash, subsets }] : [];
    });
    return hosts.flatMap(({ consistentHash, host, object, subsets }) => [
      ...(typeof consistentHash.httpHeaderName === 'string' && consistentHash.httpHeaderName !== ''
        ? []
        : [
            report(
              object,
              'spec.trafficPolicy.loadBalancer.consistentHash',
              `must go by a header that the gateway writes, got ${shown(consistentHash)}: name it by httpHeaderName`,
            ),
          ]),
      ...(listOf(subsets).length === 0
        ? []
        : [report(object, 'spec.subsets', 'must be absent where requests go by what is in them: release all at once')]),
      ...ofKind(cluster, 'VirtualService').flatMap((route) =>
        listOf(objectOf(route.value.spec).http).flatMap((each, index) => {
          const ways = listOf(objectOf(each).route).map((way) => objectOf(objectOf(way).destination).host);
          return ways.length > 1 && ways.includes(host ?? null)
            ? [
                report(
                  route,
                  `spec.http[${index}].route`,
                  'must lead to one version where requests go by what is in them',
                ),
              ]
            : [];
        }),
      ),
    ]);
  },
};
