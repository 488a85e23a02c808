import { frontDoorLinkRegion } from '../../lib/platform/azure-front-door';

test.each([
  ['eastasia', 'eastasia'],
  ['westeurope', 'westeurope'],
  ['southeastasia', 'eastasia'],
  ['japanwest', 'japaneast'],
  ['westus2', 'westus3'],
])('Front Door enters the private links of %s in %s', (region, entered) => {
  expect(frontDoorLinkRegion(region)).toBe(entered);
});
