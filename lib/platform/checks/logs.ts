import { stagePath, when, type Check } from './check';

/** A domain of logs stands on AWS, in zones that there are, and finds what is still kept. */
export const logSearch: Check = (platform) => {
  const { logDays, logs, sites } = platform.stage;
  if (logs === undefined) return [];
  const { keepDays, nodes, topology } = logs.search;
  const path = (rest: string) => stagePath(platform, `logs.search${rest}`);
  if (sites.primary.cloud !== 'aws') {
    return [
      {
        path: path(''),
        got: sites.primary.cloud,
        allowed: 'given where the primary is on aws',
        remedy: 'remove it: on azure, Log Analytics already finds every line by its words',
      },
    ];
  }
  return [
    ...when(keepDays > logDays, () => ({
      path: path('.keepDays'),
      got: keepDays,
      allowed: `at most logDays, which is ${logDays}`,
      remedy: 'lower it, or keep logs for longer',
    })),
    ...when(topology === 'standby' && sites.primary.zones.length < 3, () => ({
      path: path('.topology'),
      got: topology,
      allowed: 'single in two zones: standby needs three',
      remedy: "choose topology 'single', or name three zones",
    })),
    ...when(topology === 'standby' && nodes % 3 !== 0, () => ({
      path: path('.nodes'),
      got: nodes,
      allowed: 'a multiple of 3 with topology standby',
      remedy: `choose ${Math.ceil(nodes / 3) * 3}, or topology 'single'`,
    })),
  ];
};
