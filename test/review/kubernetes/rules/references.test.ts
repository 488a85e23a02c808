import { references } from '../../../../lib/review/kubernetes/rules/references';
import { secretReferences } from '../../../../lib/review/kubernetes/rules/secret-references';
import { change, judges, messagesOf } from '../fixtures';
import { sound, type Files } from '../sound';

const rollout = 'shop-order/rollout-order';
const deployment = 'shop-payment/deployment-payment';
const env = 'spec.template.spec.containers.0.env';
const external = 'shop-order/externalsecret-keys';

describe('secret-references', () => {
  const variable = `${env}.1.valueFrom.secretKeyRef`;
  judges(secretReferences, [
    [
      'a secret is made by nobody',
      rollout,
      `${variable}.name`,
      'tokens',
      `${rollout} spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef: must name a secret that an ExternalSecret of shop-order makes, got tokens, of keys`,
    ],
    [
      'a key is made by nobody',
      rollout,
      `${variable}.key`,
      'publicKey',
      'must name a key of the secret keys, got publicKey, of privateKey: correct it',
    ],
    [
      'a volume is of no secret',
      deployment,
      'spec.template.spec.volumes',
      [{ name: 'keys', secret: { secretName: 'keys' } }],
      'spec.template.spec.volumes[0].secret: must name a secret that an ExternalSecret of shop-payment makes, got keys, of none',
    ],
    [
      'a part of a volume is of no key',
      rollout,
      'spec.template.spec.volumes',
      [{ name: 'keys', projected: { sources: [{ secret: { name: 'keys', items: [{ key: 'other', path: 'a' }] } }] } }],
      'sources[0].secret: must name a key of the secret keys, got other',
    ],
    [
      'a whole secret is of nobody',
      deployment,
      'spec.template.spec.containers.0.envFrom',
      [{ secretRef: { name: 'keys' } }],
      'envFrom[0].secretRef: must name a secret',
    ],
    [
      'a trigger logs in with no secret',
      'shop-payment/triggerauthentication-payment',
      'spec.secretTargetRef',
      [{ parameter: 'connection', name: 'bus', key: 'connection' }],
      'spec.secretTargetRef[0]: must name a secret that an ExternalSecret of shop-payment makes, got bus',
    ],
    [
      'values of a chart name a secret that nobody makes',
      'istio-system/release-istio-cni',
      'spec.values.env',
      [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'token' } } }],
      'spec.values.env[0].valueFrom.secretKeyRef: must name a secret that an ExternalSecret of istio-system makes, got tokens',
    ],
    [
      'a store is not there',
      external,
      'spec.secretStoreRef.name',
      'safe',
      'spec.secretStoreRef: must name a SecretStore of shop-order, got safe, of vault',
    ],
    [
      'a secret is read from nowhere',
      external,
      'spec.secretStoreRef',
      undefined,
      'spec: must name a store or a generator, got none',
    ],
    [
      'a generator is not there',
      external,
      'spec.dataFrom',
      [{ sourceRef: { generatorRef: { kind: 'Password', name: 'limits' } } }],
      'spec.dataFrom[0].sourceRef: must name a Password of shop-order, got limits, of none',
    ],
    [
      'a secret is rendered',
      'shop-order/secret-keys',
      '',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'shop-order' } },
      'shop-order/secret-keys : must not be rendered',
    ],
  ]);

  test('fails when two make one secret', () => {
    const second = change({ [external]: sound[external] ?? {} }, external, 'metadata.name', 'more')[external] ?? {};
    const files: Files = { ...change(sound, external, 'spec.target', { name: 'keys' }) };
    const target = change({ second }, 'second', 'spec.target', { name: 'keys' })['second'] ?? {};
    expect(messagesOf(secretReferences, { ...files, 'shop-order/externalsecret-more': target })).toEqual([
      expect.stringContaining('must be made by one, got keys from 2'),
      expect.stringContaining('must be made by one, got keys from 2'),
    ]);
  });

  test('a template says which keys there are', () => {
    const files = change(sound, external, 'spec.target', { template: { data: { other: '{{ .privateKey }}' } } });
    expect(messagesOf(secretReferences, files)).toEqual([expect.stringContaining('got privateKey, of other')]);
  });

  test('a certificate makes a secret', () => {
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'edge', namespace: 'shop-payment' },
      spec: { secretName: 'edge' },
    };
    const volumes = (key: string) => [{ name: 'edge', secret: { secretName: 'edge', items: [{ key, path: 'a' }] } }];
    const files = (key: string) => ({
      ...change(sound, deployment, 'spec.template.spec.volumes', volumes(key)),
      'shop-payment/certificate-edge': certificate,
    });
    expect(messagesOf(secretReferences, files('tls.key'))).toEqual([]);
    expect(messagesOf(secretReferences, files('key'))).toHaveLength(1);
  });
});

describe('references', () => {
  const canary = 'spec.strategy.canary';
  judges(references, [
    [
      'an analysis is not there',
      rollout,
      `${canary}.analysis.templates.0.templateName`,
      'errors',
      `${rollout} spec.strategy.canary.analysis.templates[0].templateName: must name an AnalysisTemplate of shop-order, got "errors", of order`,
    ],
    [
      'a service of a release is not there',
      rollout,
      `${canary}.canaryService`,
      'next',
      'canaryService: must name a Service of shop-order, got "next", of order',
    ],
    [
      'routes of a release are not there',
      rollout,
      `${canary}.trafficRouting.istio.virtualService.name`,
      'orders',
      'virtualService: must name a VirtualService of shop-order, got "orders", of order',
    ],
    [
      'subsets of a release are not there',
      rollout,
      `${canary}.trafficRouting.istio.destinationRule.name`,
      'orders',
      'destinationRule: must name a DestinationRule of shop-order',
    ],
    [
      'steps go down',
      rollout,
      `${canary}.steps.2.setWeight`,
      4,
      'spec.strategy.canary.steps: must rise from step to step, up to 100 at most, got 5, 4',
    ],
    [
      'a scaler logs in as nobody',
      'shop-payment/scaledobject-payment',
      'spec.triggers.0.authenticationRef.name',
      'order',
      'spec.triggers[0].authenticationRef: must name a TriggerAuthentication of shop-payment, got "order", of payment',
    ],
    [
      'an application is of no project',
      'argocd/application-order',
      'spec.project',
      'payments',
      'spec.project: must name an AppProject of argocd, got "payments", of orders',
    ],
    [
      'an application applies what is not rendered',
      'argocd/application-order',
      'spec.source.path',
      'k8s.out/aks-shop-production/shop-orders',
      'spec.source.path: must end in a folder of this output',
    ],
    [
      'a configuration is not there',
      deployment,
      'spec.template.spec.volumes',
      [{ name: 'rules', configMap: { name: 'rules' } }],
      'volumes[0].configMap: must name a ConfigMap of shop-payment, got "rules", of none',
    ],
    [
      'a rank is not there',
      deployment,
      'spec.template.spec.priorityClassName',
      'first',
      'priorityClassName: must name a PriorityClass of the cluster, got "first", of none',
    ],
  ]);
});
