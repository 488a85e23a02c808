import { imageDifferences, type Standpoint } from '../../scripts/image-differences';
import type { Platform } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';
import { standIns } from '../support/stand-ins';

const { answer, called, forget, path, read } = standIns('aws', 'az');
const platform = resolved(retailflowWith({}));
const [alone] = Object.entries(platform.stage.sites).flatMap(([name, site]) =>
  site.cloud === 'aws' ? [{ ...platform, stage: { ...platform.stage, sites: { [name]: site } } } as Platform] : [],
);

const order = `sha256:${'a'.repeat(64)}`;
const payment = `sha256:${'b'.repeat(64)}`;
const releases = { order: { digest: order }, payment: { digest: payment } };

const image = (...architectures: readonly string[]): string =>
  JSON.stringify({
    images: [
      {
        imageManifest: JSON.stringify({
          manifests: architectures.map((architecture) => ({ platform: { os: 'linux', architecture } })),
        }),
      },
    ],
    failures: [],
  });
const absent = JSON.stringify({
  images: [],
  failures: [{ failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }],
});
const there = { status: 1, stderr: 'ERROR: (Conflict) Tag release-aaaa already exists in target registry.\n' };

const compare = (from: Standpoint = 'outside', of: Platform = platform): readonly string[] =>
  imageDifferences({ platform: of, variables: {}, env: { PATH: path } }, releases, from);

beforeEach(() => {
  forget();
  answer('aws ecr get-login-password*', { stdout: 'password of ECR\n' });
  answer('aws ecr batch-get-image*', { stdout: image('amd64', 'arm64', 'unknown') });
  answer('az acr import*', there);
  answer(`az acr manifest show-metadata*${order}*`, { stdout: `${order}\n` });
  answer(`az acr manifest show-metadata*${payment}*`, { stdout: `${payment}\n` });
});

describe('registries that have the same images', () => {
  test('do not differ, asked from outside: each digest, where it was released', () => {
    expect(compare()).toEqual([]);
    const registry = '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com';
    expect(called().filter((call) => call.startsWith('az '))).toEqual(
      (['order', 'payment'] as const).map((name) => {
        const { digest } = releases[name];
        const repository = `retailflow-production/${name}`;
        return (
          'az acr import --subscription 00000000-0000-0000-0000-000000000000 --name crretailflowproduction' +
          `${/crretailflowproduction(\w{6})/.exec(called().join(' '))?.[1]} --image ${repository}:release-${digest.slice(7)} ` +
          `--source ${registry}/${repository}@${digest} --username AWS --password @- --output none`
        );
      }),
    );
    expect(called()).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^aws ecr batch-get-image --registry-id 111122223333 --repository-name retailflow-production/order --image-ids imageDigest=${order} .* --region ap-southeast-1$`,
        ),
      ),
    );
  });

  test('do not differ, asked from inside, where nothing is imported', () => {
    expect(compare('inside')).toEqual([]);
    expect(called().filter((call) => /import|password/.test(call))).toEqual([]);
  });

  test('give their password to a command that reads it, and to no list of processes', () => {
    compare();
    expect(read()).toContain('password of ECR');
    expect(called().join('\n')).not.toContain('password of ECR');
  });

  test('are one where the stage has one', () => {
    expect(compare('outside', alone)).toEqual([]);
    expect(called().filter((call) => call.startsWith('az '))).toEqual([]);
    answer('aws ecr batch-get-image*', { stdout: image('arm64') });
    expect(compare('outside', alone)).toEqual([]);
  });

  test('are asked nothing where nothing is released', () => {
    expect(imageDifferences({ platform, variables: {}, env: { PATH: path } }, {}, 'outside')).toEqual([]);
    expect(called()).toEqual([]);
  });
});

describe('registries that differ', () => {
  test.each<[string, string, Parameters<typeof answer>[1], Standpoint, RegExp]>([
    [
      'aws has no such digest',
      'aws ecr batch-get-image*order*',
      { stdout: absent },
      'outside',
      /^aws has no retailflow-production\/order@sha256:a+ \(ImageNotFound Requested image not found\): push it/,
    ],
    [
      'aws does not answer',
      'aws ecr batch-get-image*order*',
      { status: 255, stderr: '\nCould not connect to the endpoint URL\n' },
      'outside',
      /^aws does not say whether it has .*: Could not connect to the endpoint URL$/,
    ],
    [
      'it is built for one architecture',
      'aws ecr batch-get-image*order*',
      { stdout: image('arm64') },
      'outside',
      /^retailflow-production\/order@sha256:a+ is for linux\/arm64, and azure runs linux\/amd64: build it for both$/,
    ],
    [
      'it is no list of architectures',
      'aws ecr batch-get-image*order*',
      { stdout: image() },
      'outside',
      /is for one architecture that it does not name, and aws runs linux\/arm64, azure runs linux\/amd64: build it/,
    ],
    [
      'azure had it not, and fetched it',
      'az acr import*order*',
      { status: 0 },
      'outside',
      /^azure had no retailflow-production\/order@sha256:a+: it was imported just now/,
    ],
    [
      'azure cannot fetch it',
      'az acr import*order*',
      { status: 1, stderr: 'ERROR: (InvalidParameters) manifest unknown\n' },
      'outside',
      /^azure does not take retailflow-production\/order@sha256:a+ from 111122223333\.dkr\..*: ERROR: \(InvalidParameters\)/,
    ],
    [
      'azure lets nobody in',
      'az acr import*order*',
      { status: 1, stderr: 'ERROR: (AuthorizationFailed) The client has no authorization\n' },
      'outside',
      /AuthorizationFailed/,
    ],
    [
      'azure has no such digest',
      'az acr manifest*order*',
      { status: 1, stderr: 'ERROR: manifest sha256:aaaa is not found. Correlation ID: 1.\n' },
      'inside',
      /^azure has no retailflow-production\/order@sha256:a+: import it$/,
    ],
    [
      'azure has another digest',
      'az acr manifest*order*',
      { stdout: `${payment}\n` },
      'inside',
      /^azure has sha256:b+ for retailflow-production\/order@sha256:a+: import it again$/,
    ],
    [
      'azure is out of reach',
      'az acr manifest*order*',
      { status: 1, stderr: 'ERROR: Looks like you don’t have access to registry\n' },
      'inside',
      /^azure does not say whether it has .* is this inside of its network\? ERROR: Looks like/,
    ],
  ])('say so when %s', (_title, pattern, told, from, message) => {
    answer(pattern, told);
    expect(compare(from)).toEqual([expect.stringMatching(message)]);
  });

  test('say everything at once', () => {
    answer('aws ecr batch-get-image*payment*', { stdout: absent });
    answer('az acr import*', { status: 0 });
    expect(compare().map((line) => line.split('@')[0])).toEqual([
      'azure had no retailflow-production/order',
      'aws has no retailflow-production/payment',
      'azure had no retailflow-production/payment',
    ]);
  });

  test('are not compared by whoever may not log in, or has no command line', () => {
    answer('aws ecr get-login-password*', { status: 255, stderr: 'Unable to locate credentials\n' });
    expect(() => compare()).toThrow('aws ecr get-login-password failed:\nUnable to locate credentials');
    expect(() => imageDifferences({ platform, variables: {}, env: { PATH: '/nowhere' } }, releases, 'inside')).toThrow(
      'aws must be on the PATH, got none',
    );
  });
});
