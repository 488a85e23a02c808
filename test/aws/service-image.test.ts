import { spawnSync } from 'node:child_process';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { copiedImage } from '../../lib/aws/copied-image';
import { images } from '../../lib/aws/images';
import { serviceImage } from '../../lib/aws/service-image';
import { bootstrapCommand } from '../../lib/platform/process';
import { testStack } from '../support/aws';
import { copyInTemplate } from '../support/copied-image';

const spec = { port: 8080, health: { livePath: '/health/live', readyPath: '/ready', startSeconds: 60 } };
const repository = () => ecr.Repository.fromRepositoryName(testStack(), 'Repository', 'shop/order');
const stack = testStack();
const bootstrap = copiedImage(stack, 'Bootstrap', { name: 'shop', stageName: 'production' }, 'busybox');
const digest = `sha256:${'a'.repeat(64)}`;

describe('what a service runs', () => {
  test("before its first release is the platform's copy of an image that answers at the service's own port and paths", () => {
    const made = serviceImage({ kind: 'bootstrap' }, spec, repository(), bootstrap);
    const { command, reference, released } = made;
    expect(stack.resolve(reference)).toEqual(copyInTemplate('shop-production', 'busybox'));
    expect([made.repository, released]).toEqual([bootstrap.repository, false]);
    expect(command).toEqual([
      'sh',
      '-c',
      'mkdir -p /tmp/www/health && : > /tmp/www/health/live && mkdir -p /tmp/www && : > /tmp/www/ready && exec httpd -f -p 8080 -h /tmp/www',
    ]);
  });

  test('after a release is that digest in its own repository, with the command of the image', () => {
    const own = repository();
    const made = serviceImage({ kind: 'release', digest }, spec, own, bootstrap);
    const { command, reference, released } = made;
    expect(reference).toContain(`/shop/order@${digest}`);
    expect(made.repository).toBe(own);
    expect(released).toBe(true);
    expect(command).toBeUndefined();
  });

  test('every public image is named by digest', () => {
    for (const { digest: named, source } of Object.values(images)) {
      expect(source).toMatch(/^(docker\.io\/(otel\/[a-z-]+|grafana\/k6)|public\.ecr\.aws\/[a-z/]+)$/);
      expect(named).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
  });

  test('the bootstrap command is one that a shell can read', () => {
    const [shell = '', , script = ''] = bootstrapCommand(spec);
    expect(spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
