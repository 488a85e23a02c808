import { hasGateway, siteOn, sitesOf, sitesOn, type Platform } from '../../platform/platform';

/** What is promised, and nothing holds or measures, each with what is missing. */
export const unprovedGoals = (platform: Platform): readonly string[] => {
  const { concurrentUsers, growth, queryMilliseconds, requestsPerUser, serviceLevel, spikeTimes } = platform.goals;
  const azure = sitesOn(platform, 'azure').map(({ siteName }) => siteName);
  const doorless = sitesOf(platform)
    .map(({ siteName }) => siteName)
    .filter((site) => !hasGateway(platform, site));
  return [
    ...(requestsPerUser === undefined
      ? [
          `goals.concurrentUsers, ${concurrentUsers}: nothing is held to it, since goals.requestsPerUser does not say what each of them asks for`,
        ]
      : []),
    ...(requestsPerUser === undefined && spikeTimes !== undefined
      ? [`goals.spikeTimes, ${spikeTimes}: nothing is held to it without goals.requestsPerUser`]
      : []),
    ...(growth !== undefined && (requestsPerUser === undefined || siteOn(platform, 'azure') === undefined)
      ? [
          `goals.growth, ${growth.times} times in ${growth.years} years: nothing is held to it without goals.requestsPerUser and a site on azure`,
        ]
      : []),
    ...(serviceLevel === undefined || doorless.length === 0
      ? []
      : [`goals.serviceLevel: nothing measures it without a gateway, at ${doorless.join(' and ')}`]),
    ...(queryMilliseconds === undefined || azure.length === 0
      ? []
      : [`goals.queryMilliseconds: nothing measures it on azure, at ${azure.join(' and ')}`]),
  ];
};
