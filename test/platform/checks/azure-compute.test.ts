import { testFaults, testVariations } from '../../support/faults';
import { production } from '../../support/platform';

const network = (patch: unknown) => production({ sites: { recovery: { network: patch } } });

describe('compute on Azure', () => {
  testFaults([
    {
      when: 'no node has room for a task',
      patch: { services: { catalog: { capacity: { vcpu: 16, memoryGiB: 32 } } } },
      answers: [
        {
          path: 'services.catalog.capacity',
          got: { vcpu: 16, memoryGiB: 32 },
          allowed: `what one of Azure's nodes has room for, at most 14.8 vcpu and 124 memoryGiB`,
          remedy: 'make the tasks smaller, and more of them',
        },
      ],
    },
    {
      when: 'no node has room for the gateway',
      patch: { gateway: { capacity: { vcpu: 16, memoryGiB: 32 } } },
      answers: [
        {
          path: 'gateway.capacity',
          got: { vcpu: 16, memoryGiB: 32 },
          allowed: 'at most 14.8 vcpu',
          remedy: 'make the tasks smaller',
        },
      ],
    },
    {
      when: 'the range of pods is too small for the nodes',
      patch: network({ pods: '10.64.0.0/19' }),
      answers: [
        {
          path: 'stages.production.sites.recovery.network.pods',
          got: '10.64.0.0/19',
          allowed: 'room for 56 nodes on azure, which gives each a /24',
          remedy: 'choose a prefix of /18 or shorter',
        },
      ],
    },
    {
      when: 'the range of services is larger than Kubernetes takes',
      patch: network({ services: '10.128.0.0/11' }),
      answers: [
        {
          path: 'stages.production.sites.recovery.network.services',
          got: '10.128.0.0/11',
          allowed: 'a range of prefix /12 to /24 on azure',
          remedy: 'a /16 has room for 65,000 services',
        },
      ],
    },
    {
      when: 'a service and a function are called as something of the site',
      patch: {
        services: { gateway: { scale: { min: 1, max: 2 } } },
        functions: { migration: { runtime: { language: 'node' }, schedule: '0 2 * * *' } },
      },
      answers: [
        {
          path: 'functions.migration',
          got: 'migration',
          allowed:
            'another than backup-encryption, cluster, edge, encryption, failover, gateway, image-importer, keeper, ledger-digests, ledger-verification, load-tests, flag-rollout, migration, nodes, object-copier, observability, scaler on azure: this is the name of the job',
          remedy: 'rename it',
        },
        { path: 'services.gateway', got: 'gateway', allowed: 'this is the name of the gateway', remedy: 'rename it' },
      ],
    },
    {
      when: 'the namespace of a service is that of a system',
      patch: { name: 'istio', services: { system: { scale: { min: 1, max: 2 } } } },
      answers: [
        {
          path: 'services.system',
          got: 'istio-system',
          allowed: 'none of a system in the cluster',
          remedy: 'rename it, or the platform',
        },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'all of it in a stage without a site on Azure',
      stage: 'development',
      patch: {
        gateway: { capacity: { vcpu: 16, memoryGiB: 32 } },
      },
    },
    { accepts: 'a range of pods that is just large enough', patch: network({ pods: '10.64.0.0/18' }) },
  ]);
});
