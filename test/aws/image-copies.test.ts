import { spawnSync } from 'node:child_process';
import { copyScript } from '../../lib/aws/image-copies';
import { imageNames, images } from '../../lib/aws/images';

const script = copyScript(
  { name: 'shop', stageName: 'production' },
  { account: '111122223333', region: 'eu-west-1' },
  images,
);
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const lines = script.trimEnd().split('\n');

describe('copyScript', () => {
  test('stops at the first failure, and signs in to the registry of the stage', () => {
    expect(lines.slice(0, 2)).toEqual([
      'set -eu',
      `aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin ${host}`,
    ]);
  });

  test.each(imageNames)('copies %s unless it is there, by its digest, and looks whether it is there then', (name) => {
    const { digest, source } = images[name];
    const copy = `${host}/shop-production/copies/${name}`;
    const isThere = `docker buildx imagetools inspect ${copy}@${digest} > /dev/null`;
    const tag = `release-${digest.slice(7, 19)}`;
    const at = lines.indexOf(
      `${isThere} 2>&1 || docker buildx imagetools create --tag ${copy}:${tag} ${source}@${digest}`,
    );
    expect(at).toBeGreaterThan(1);
    expect(lines[at + 1]).toBe(isThere);
  });

  test('does nothing else', () => {
    expect(lines).toHaveLength(2 + 2 * imageNames.length);
  });

  test('is one that a shell can read', () => {
    expect(spawnSync('sh', ['-n', '-c', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
