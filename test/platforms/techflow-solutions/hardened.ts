import { hardenedFlags } from '../support/hardened-flags';
import type { Hardened } from '../support/mutations';

/** What TechFlow Solutions has and RetailFlow has not: flags that are turned while services run, offices. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  ...hardenedFlags,
  'AWS::EC2::VPNGateway': [{}, { path: 'Type', weak: ['none'] }, { path: 'AmazonSideAsn', weak: [64_512] }],
};
