import { spawnSync } from 'node:child_process';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { images } from '../../lib/aws/images';
import { bootstrapCommand, serviceImage } from '../../lib/aws/service-image';
import { testStack } from '../support/aws';

const spec = { port: 8080, health: { livePath: '/health/live', readyPath: '/ready', startSeconds: 60 } };
const repository = () => ecr.Repository.fromRepositoryName(testStack(), 'Repository', 'shop/order');
const digest = `sha256:${'a'.repeat(64)}`;

describe('what a service runs', () => {
  test("before its first release is a public image that answers at the service's own port and paths", () => {
    const { command, reference, repository: own } = serviceImage({ kind: 'bootstrap' }, spec, repository());
    expect(reference).toBe(images.bootstrap);
    expect(own).toBeUndefined();
    expect(command).toEqual([
      'sh',
      '-c',
      'mkdir -p /tmp/www/health && : > /tmp/www/health/live && mkdir -p /tmp/www && : > /tmp/www/ready && exec httpd -f -p 8080 -h /tmp/www',
    ]);
  });

  test('after a release is that digest in its own repository, with the command of the image', () => {
    const own = repository();
    const { command, reference, repository: pulled } = serviceImage({ kind: 'release', digest }, spec, own);
    expect(reference).toContain(`/shop/order@${digest}`);
    expect(pulled).toBe(own);
    expect(command).toBeUndefined();
  });

  test('every public image is named by digest', () => {
    for (const image of Object.values(images)) expect(image).toMatch(/^public\.ecr\.aws\/.+@sha256:[0-9a-f]{64}$/);
  });

  test('the bootstrap command is one that a shell can read', () => {
    const [shell = '', , script = ''] = bootstrapCommand(spec);
    expect(spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
