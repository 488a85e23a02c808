import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import retailflowAzure from '../../../platforms/retailflow-azure';
import { problemsOf, production } from '../../support/platform';
import { testFaults } from '../../support/faults';

describe('the zone of the domain', () => {
  testFaults([
    {
      when: 'the zone is of another cloud than the primary',
      patch: production({ hostedZone: { cloud: 'azure', id: null, resourceGroup: 'dns' } }),
      answers: [
        {
          path: 'stages.production.hostedZone.cloud',
          got: 'azure',
          allowed: 'aws, the cloud of the primary',
          remedy: 'delegate the domain to a zone of Route 53, and write its id and its name',
        },
      ],
    },
    {
      when: 'a zone of Azure DNS has no resource group',
      patch: production({ hostedZone: { cloud: 'azure', id: null } }),
      answers: [
        {
          path: 'stages.production.hostedZone.resourceGroup',
          got: undefined,
          allowed: 'of type string',
          remedy: 'add it',
        },
      ],
    },
  ]);
  test('fails when the primary is on azure and the zone of Route 53', () => {
    const stages = { production: { hostedZone: { cloud: 'aws', id: 'Z0EXAMPLE0SHOP', name: 'shop.example.com' } } };
    expect(problemsOf(applyPatch(retailflowAzure, { stages }) as Definition)).toEqual([
      {
        path: 'stages.production.hostedZone.cloud',
        got: 'aws',
        allowed: 'azure, the cloud of the primary',
        remedy: "delegate the domain to a zone of Azure DNS, and write cloud: 'azure', its resourceGroup and its name",
      },
    ]);
  });
});

describe('alarms that may wait', () => {
  testFaults([
    {
      when: 'a site is on AWS, whose alarms go one way',
      patch: production({ alarms: { warnings: { email: 'platform@example.com' } } }),
      answers: [
        {
          path: 'stages.production.alarms.warnings',
          got: 'platform@example.com',
          allowed: 'absent where a site is on aws',
          remedy: 'remove it',
        },
      ],
    },
  ]);
});
