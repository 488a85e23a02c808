import { about, none, one, type Row } from '../../../support/about';
import { containing, exactly, like } from '../../../support/matchers';
import { ofEach, services } from './facts';

const repository = 'https://github.com/example/retailflow-manifests';
const server = 'https://kubernetes.default.svc';

/** Files that the platform applies itself. */
const excluded = '{namespace-*,resourcequota-*,limitrange-*,networkpolicy-namespace-*}.yaml';

const teams = [...new Set(Object.values(services).map(({ team }) => team))];

export const delivery: Row = {
  row: 'delivery',
  expectations: [
    ...ofEach((name, { team }) => [
      one(`${name} is applied as it is rendered, into its own namespace`, 'Application', `argocd/application-${name}`, {
        'spec.source.path': `k8s.out/aks-retailflow-production/retailflow-${name}`,
        'spec.destination': { namespace: `retailflow-${name}`, server },
      }),
      one(`${name} is of the project of its team`, 'Application', `argocd/application-${name}`, {
        'spec.project': team,
      }),
    ]),
    ...about(
      { type: 'Application', count: 6 },
      {
        'manifests come from one repository': { path: 'spec.source.repoURL', is: repository },
        'manifests come from one branch': { path: 'spec.source.targetRevision', is: 'main' },
        'what the platform applies is left to it': { path: 'spec.source.directory.exclude', is: excluded },
        'what somebody changed by hand is put back': { path: 'spec.syncPolicy.automated.selfHeal', is: true },
        'what is no longer rendered goes': { path: 'spec.syncPolicy.automated.prune', is: true },
        'an empty folder takes nothing away': { path: 'spec.syncPolicy.automated.allowEmpty', is: false },
        'what does not succeed is tried again': { path: 'spec.syncPolicy.retry.limit', is: 5 },
        'nothing is applied twice, and nothing goes before the rest has come': {
          path: 'spec.syncPolicy.syncOptions',
          is: exactly(
            'ApplyOutOfSyncOnly=true',
            'CreateNamespace=false',
            'FailOnSharedResource=true',
            'PruneLast=true',
            'RespectIgnoreDifferences=true',
            'ServerSideApply=true',
          ),
        },
        'what controllers set is left to them': {
          path: 'spec.ignoreDifferences',
          is: containing(
            { group: 'argoproj.io', kind: 'Rollout', jsonPointers: ['/spec/replicas'] },
            { group: 'networking.istio.io', kind: 'VirtualService' },
            { group: 'networking.istio.io', kind: 'DestinationRule' },
          ),
        },
      },
    ),
    ...teams.map((team) =>
      one(
        `the team ${team} applies to its own namespaces and nowhere else`,
        'AppProject',
        `argocd/appproject-${team}`,
        {
          'spec.destinations': Object.entries(services)
            .filter(([, each]) => each.team === team)
            .map(([name]) => ({ namespace: `retailflow-${name}`, server })),
        },
      ),
    ),
    ...about(
      { type: 'AppProject', where: /^argocd\/appproject-(?!default$)/, count: teams.length },
      {
        'teams apply from the one repository': { path: 'spec.sourceRepos', is: exactly(repository) },
        'teams apply the kinds that services have': {
          path: 'spec.namespaceResourceWhitelist',
          is: containing(
            { group: 'argoproj.io', kind: 'Rollout' },
            { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
          ),
        },
      },
    ),
    ...about(
      { type: 'AppProject', count: teams.length + 1 },
      { 'nobody applies what belongs to the whole cluster': { path: 'spec.clusterResourceWhitelist', is: [] } },
    ),
    one('the project of everybody is closed', 'AppProject', 'argocd/appproject-default', {
      'spec.sourceRepos': [],
      'spec.destinations': [],
      'spec.namespaceResourceBlacklist': [{ group: '*', kind: '*' }],
    }),
    one('nobody logs in to Argo CD', 'Release', 'argocd/release-argocd', {
      'spec.values.configs.cm[admin.enabled]': false,
      'spec.values.configs.cm[users.anonymous.enabled]': false,
      'spec.values.configs.cm[exec.enabled]': false,
      'spec.values.configs.rbac[policy.default]': '',
      'spec.values.configs.rbac[policy.csv]': '',
    }),
    one('Argo CD changes the kinds that services have, and no others', 'Release', 'argocd/release-argocd', {
      'spec.values.controller.clusterRoleRules.enabled': true,
      'spec.values.controller.clusterRoleRules.rules[*].verbs': containing('watch'),
      'spec.values.controller.clusterRoleRules.rules[*].resources[*]': like(/^[a-z]+$/),
    }),
    none({ type: 'ApplicationSet' }, 'no application is made that nobody wrote down'),
  ],
};
