import { images, imageNames, imagesFor } from '../../lib/platform/cluster-images';

const argocd = { by: 'argocd', repository: 'https://git.example.com/shop', revision: 'main', path: 'k8s.out' } as const;
const selfManaged = { flavor: 'self-managed' } as const;

describe('images', () => {
  test.each(imageNames)('%s is named by host, repository, version and digest', (name) => {
    const { digest, source, version } = images[name];
    expect(source).toMatch(/^[a-z0-9.-]+\.[a-z]+(\/[a-z0-9._-]+)+$/);
    expect(version).toMatch(/^v?\d+(\.\d+){1,2}(-[a-z0-9.]+)?$/);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('are all different ones', () => {
    const digests = imageNames.map((name) => images[name].digest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('imagesFor', () => {
  test('is every image where the platform runs mesh and delivery itself, and load tests', () => {
    expect(imagesFor({ manifests: argocd, mesh: selfManaged, loads: true })).toEqual(imageNames);
  });

  test('leaves out the mesh that the cloud runs', () => {
    const names = imagesFor({ manifests: argocd, mesh: { flavor: 'aks-addon', revision: 'asm-1-29' }, loads: true });
    expect(imageNames.filter((name) => !names.includes(name))).toEqual([
      'istio-pilot',
      'istio-proxy',
      'istio-cni',
      'cert-manager-controller',
      'cert-manager-webhook',
      'cert-manager-cainjector',
    ]);
  });

  test('leaves out Argo CD where nobody asked for it', () => {
    const names = imagesFor({ manifests: { by: 'pulumi' }, mesh: selfManaged, loads: false });
    expect(imageNames.filter((name) => !names.includes(name))).toEqual(['argo-cd', 'redis', 'k6']);
  });
});
