import {
  Delivery,
  applicationSpec,
  closedProject,
  platformFiles,
  projectSpec,
  syncWindows,
} from '../../lib/kubernetes/delivery';
import { manifestsOf } from '../../lib/kubernetes/manifests';
import { madeKinds, serviceKinds } from '../../lib/kubernetes/service-kinds';
import { kubernetesNamespace } from '../../lib/platform/names';
import { layersOf, registerCluster, type Layers } from '../../stacks/kubernetes/cluster';
import { clusterOf, registrations, rendered, wholeCluster } from '../support/kubernetes';

const context = clusterOf();
const manifests = {
  by: 'argocd',
  repository: 'https://git.example.com/shop',
  revision: 'main',
  path: 'k8s.out',
} as const;
const args = { context, manifests };
const byPulumi = { delivery: { manifests: { by: 'pulumi', repository: null } } };

/** The pattern as Argo CD matches it. */
const excluded = new RegExp(
  `^(${platformFiles
    .replace(/^\{|\}\.yaml$/g, '')
    .replaceAll('*', '[^/]*')
    .replaceAll(',', '|')})\\.yaml$`,
);

describe('hours of releases', () => {
  const releaseHours = {
    days: ['friday', 'monday'],
    from: '08:30',
    until: '18:00',
    timeZone: 'America/New_York',
  } as const;
  const { delivery, stage } = context.platform;

  test('are when Argo CD applies by itself; a person may at any time', () => {
    expect(syncWindows({ delivery: { ...delivery, releaseHours }, stage })).toEqual({
      syncWindows: [
        {
          kind: 'allow',
          schedule: '30 8 * * 1,5',
          duration: '570m',
          timeZone: 'America/New_York',
          applications: ['*'],
          manualSync: true,
        },
      ],
    });
  });

  test('bind neither a stage that is not protected, nor a platform that has none', () => {
    expect(syncWindows({ delivery: { ...delivery, releaseHours }, stage: { ...stage, protected: false } })).toEqual({});
    expect(projectSpec('order', ['order'], args)).not.toHaveProperty('syncWindows');
  });
});

describe('projects', () => {
  test('confine a team to its own namespaces, the one repository and kinds of a service', () => {
    const spec = projectSpec('order', ['order', 'cart'], args);
    expect(spec).toMatchObject({
      sourceRepos: ['https://git.example.com/shop'],
      clusterResourceWhitelist: [],
      destinations: [
        { server: 'https://kubernetes.default.svc', namespace: 'retailflow-order' },
        { server: 'https://kubernetes.default.svc', namespace: 'retailflow-cart' },
      ],
    });
    const kinds = spec.namespaceResourceWhitelist?.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['Rollout', 'NetworkPolicy', 'ExternalSecret']));
    for (const refused of [
      'Secret',
      'Role',
      'RoleBinding',
      'ResourceQuota',
      'LimitRange',
      'Certificate',
      'Namespace',
      '*',
    ]) {
      expect(kinds).not.toContain(refused);
    }
  });

  test('are one a team, and the one that comes with Argo CD lets nothing in', async () => {
    const objects = await rendered((options) => {
      new Delivery('delivery', args, options);
    });
    expect(objects.of('AppProject').map(({ metadata }) => metadata.name)).toEqual([
      'catalog',
      'default',
      'engagement',
      'identity',
      'insight',
      'order',
      'payment',
    ]);
    expect(objects.one('AppProject', 'default').spec).toEqual(closedProject);
    expect(closedProject).toMatchObject({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
  });

  test('know every kind of which services are made, and none besides that is made for them', async () => {
    const namespaces = Object.keys(context.platform.services).map((name) =>
      kubernetesNamespace(context.platform, name),
    );
    const objects = (await wholeCluster()).all.filter(
      ({ kind, metadata: { name, namespace = '' } }) =>
        namespaces.includes(namespace) && !excluded.test(`${kind.toLowerCase()}-${name}.yaml`),
    );
    const group = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
    const known = serviceKinds.flatMap((each) => Object.keys(each.kinds).map((kind) => `${each.group} ${kind}`));
    expect(objects.length).toBeGreaterThan(20);
    for (const { apiVersion, kind } of objects) expect(known).toContain(`${group(apiVersion)} ${kind}`);
    for (const each of madeKinds) {
      for (const kind of Object.keys(each.kinds)) expect(known).not.toContain(`${each.group} ${kind}`);
    }
  });
});

describe('applications', () => {
  test('keep a service as it is committed, without the files of the platform', () => {
    expect(applicationSpec('order', 'order', args)).toMatchObject({
      project: 'order',
      source: {
        repoURL: 'https://git.example.com/shop',
        targetRevision: 'main',
        path: 'k8s.out/aks-retailflow-production/retailflow-order',
        directory: { recurse: false, exclude: platformFiles },
      },
      destination: { namespace: 'retailflow-order' },
      syncPolicy: { automated: { prune: true, selfHeal: true, allowEmpty: false } },
    });
  });

  test('leave alone what releases and scalers move', () => {
    const { ignoreDifferences, syncPolicy } = applicationSpec('order', 'order', args);
    expect(ignoreDifferences?.map(({ kind }) => kind)).toEqual([
      'Rollout',
      'VirtualService',
      'DestinationRule',
      'Service',
      'CronJob',
    ]);
    expect(syncPolicy?.syncOptions).toContain('RespectIgnoreDifferences=true');
  });

  test('take nothing with them when they go', async () => {
    const objects = await rendered((options) => {
      new Delivery('delivery', args, options);
    });
    const applications = objects.of('Application');
    expect(applications.map(({ metadata }) => metadata.name)).toEqual(Object.keys(context.platform.services).sort());
    for (const { metadata } of applications) expect(metadata).not.toHaveProperty('finalizers');
  });
});

describe('who owns what', () => {
  const files = async (patch: unknown, layers: Layers): Promise<readonly string[]> =>
    manifestsOf(await registrations((_) => registerCluster(clusterOf(patch), layers))).map(({ file }) => file);
  const ofServices = Object.keys(context.platform.services).map((name) => kubernetesNamespace(context.platform, name));
  const isOfService = (file: string): boolean => ofServices.includes(file.split('/')[0] ?? '');

  test('with Argo CD, each file has one owner: Pulumi, or the application of its namespace', async () => {
    const [everything, platform] = [await files({}, 'everything'), await files({}, layersOf(context.platform))];
    const byArgo = everything.filter((file) => isOfService(file) && !excluded.test(file.split('/')[1] ?? ''));
    expect(byArgo.length).toBeGreaterThan(0);
    expect([...platform, ...byArgo].sort()).toEqual([...everything].sort());
    expect(platform.filter((file) => byArgo.includes(file))).toEqual([]);
  });

  test('without it, Pulumi owns everything, and there is no Argo CD', async () => {
    expect(layersOf(clusterOf(byPulumi).platform)).toBe('everything');
    const everything = await files(byPulumi, 'everything');
    expect(everything.filter((file) => /argocd|application-|appproject-/.test(file))).toEqual([]);
  });

  test('where the cloud runs the mesh, nobody installs one', async () => {
    const mesh = { flavor: 'aks-addon', revision: 'asm-1-29' };
    const everything = await files(
      { stages: { production: { sites: { recovery: { kubernetes: { mesh } } } } } },
      'everything',
    );
    expect(everything.filter((file) => /^(istio-system|cert-manager)\//.test(file))).toEqual([]);
    expect(everything).toEqual(
      expect.arrayContaining([
        'aks-istio-system/configmap-istio-shared-configmap-asm-1-29.yaml',
        'aks-istio-system/peerauthentication-default.yaml',
        'keda/release-keda.yaml',
      ]),
    );
  });
});
