/** An initiative of Azure's own that judges by a standard. Its rules go by the name that they have in it. */
export interface Initiative {
  readonly title: string;
  /** Id of the definition. */
  readonly definitionId: string;
  /** Rules that would make what they miss. They are off: nothing is made but by a stack. */
  readonly deploying: readonly string[];
  /** Rules that no platform conforms to by their letter, by what stands in their place, with the reason that auditors read. */
  readonly exempted: Readonly<Record<string, { readonly reason: string; readonly rules: readonly string[] }>>;
}

/** PCI DSS v4.0.1 as Azure Policy judges by it. https://github.com/Azure/azure-policy/tree/master/built-in-policies/policySetDefinitions */
export const pciDss: Initiative = {
  title: 'PCI DSS v4.0.1',
  definitionId: '/providers/Microsoft.Authorization/policySetDefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31',
  deploying: [
    // Extensions of virtual machines, for which other rules of the initiative look.
    '331e8ea8-378a-410f-a2e5-ae22f38bb0da',
    '2835b622-407b-4114-9198-6f7064cbe0dc',
    // Network Watcher, without which no flow log is kept.
    'a9b99dd8-06c5-4317-8629-9d86a3c6e7d9',
  ],
  exempted: {
    'log-profiles': {
      reason:
        'Log profiles are retired, and the solution Security and Audit with them. A diagnostic setting sends the log of the subscription, all categories and regions, to the workspace, which keeps it for audit.retentionDays.',
      rules: [
        '7796937f-307b-4598-941c-67d3a05ebfe7',
        '1a4e592a-6a6e-44a5-9814-e36264ca96e7',
        '41388f1c-2db0-4c25-95b2-35d7f5ccbfa9',
        'b02aacc0-b073-424e-8298-42b22829ee0a',
        '3e596b57-105f-48a6-be97-03e9243bad6e',
      ],
    },
    'service-endpoints': {
      reason:
        'Storage, SQL, the registry and functions take no request from the internet: they are reached by private endpoints in the network, and a service endpoint would open what these keep closed.',
      rules: [
        '60d21c4f-21a3-4d94-85f4-b924e6aeeda4',
        'ae5d2f14-d830-42b6-9899-df6cfe9c71a3',
        'c4857be7-912a-4c75-87e6-e30292bcdf78',
        '2d21331d-a4c2-4def-a9ad-ee4e1e023beb',
      ],
    },
  },
};
