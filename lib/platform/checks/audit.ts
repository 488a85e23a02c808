import { siteOn } from '../platform';
import { stagePath, when, type Check } from './check';

/** Packs of rules are AWS Config's, each once. */
export const conformance: Check = (platform) => {
  const { conformance: packs } = platform.stage.audit;
  const path = stagePath(platform, 'audit.conformance');
  return [
    ...when(packs.length > 0 && siteOn(platform, 'aws') === undefined, () => ({
      path,
      got: packs,
      allowed: 'none without a site on aws, whose Config judges by them',
      remedy: 'remove it; on azure, assign the built-in initiative of Azure Policy for the standard',
    })),
    ...packs
      .filter((pack, index) => packs.indexOf(pack) !== index)
      .map((pack) => ({
        path,
        got: pack,
        allowed: 'a list in which each pack stands once',
        remedy: 'remove the repetition',
      })),
  ];
};
