import { signIn } from '../../scripts/pipeline-login';
import type { Platform } from '../../lib/platform/platform';
import { imageSource } from '../../scripts/image-source';
import { resolved, retailflowWith } from '../support/platform';
import { standIns } from '../support/stand-ins';

const { answer, called, forget, path, read } = standIns('aws', 'az', 'curl');
const platform = resolved(retailflowWith({}));
const only = (cloud: 'aws' | 'azure'): Platform => ({
  ...platform,
  stage: {
    ...platform.stage,
    sites: Object.fromEntries(
      Object.entries(platform.stage.sites).filter(([, site]) => site.cloud === cloud),
    ) as unknown as Platform['stage']['sites'],
  },
});

const clientId = '5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95';
const outputs = { identities: { 'image-importer': { clientId, principalId: clientId } } };
const job = {
  GITHUB_ACTIONS: 'true',
  GITHUB_RUN_ID: '77',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example.com/job?api-version=2',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
};

const env = process.env;
beforeEach(() => {
  process.env = { ...env, PATH: path };
  forget();
  answer('curl*', { stdout: '{"value": "token-of-the-job"}' });
  answer('aws sts*', { stdout: '{"AccessKeyId": "AKIA", "SecretAccessKey": "secret-key", "SessionToken": "session"}' });
});
afterAll(() => {
  process.env = env;
});

describe('a job of GitHub', () => {
  test('becomes the role that pushes, and the identity that has images imported, by its token alone', () => {
    expect(signIn(platform, outputs, job)).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret-key',
      AWS_SESSION_TOKEN: 'session',
    });
    const curl = 'curl --silent --show-error --fail --retry 3 --max-time 30 --config -';
    expect(called()).toEqual([
      curl,
      `az login --service-principal --username ${clientId} --tenant 00000000-0000-0000-0000-000000000000 --federated-token @- --allow-no-subscriptions --output none`,
      curl,
      'aws sts assume-role-with-web-identity --role-arn arn:aws:iam::111122223333:role/retailflow-production-push --role-session-name github-77 --web-identity-token file:///dev/stdin --query Credentials --output json --region ap-southeast-1',
    ]);
  });

  test('asks for a token for each cloud, and shows none in a list of processes', () => {
    signIn(platform, outputs, job);
    expect(read()).toBe(
      [
        'url = "https://tokens.example.com/job?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange"',
        'header = "Authorization: bearer bearer-of-the-job"',
        'token-of-the-joburl = "https://tokens.example.com/job?api-version=2&audience=sts.amazonaws.com"',
        'header = "Authorization: bearer bearer-of-the-job"',
        'token-of-the-job',
      ].join('\n'),
    );
    expect(called().join('\n')).not.toMatch(/token-of-the-job|bearer-of-the-job|secret-key/);
  });

  test('enters the one cloud of a stage that has one', () => {
    expect(signIn(only('aws'), { identities: {} }, job)).toHaveProperty('AWS_SESSION_TOKEN', 'session');
    expect(called().filter((call) => call.startsWith('az'))).toEqual([]);
    forget();
    answer('curl*', { stdout: '{"value": "token-of-the-job"}' });
    expect(signIn(only('azure'), outputs, job)).toEqual({});
    expect(called().filter((call) => call.startsWith('aws'))).toEqual([]);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'its identity on Azure is not written down',
      () => signIn(platform, { identities: {} }, job),
      /^outputs\/retailflow\/production\.json must have identities\.image-importer, got none: run npm run outputs:azure/,
    ],
    [
      'it may not prove who it is',
      () => signIn(platform, outputs, { GITHUB_ACTIONS: 'true' }),
      /'id-token: write' among its permissions/,
    ],
    [
      'GitHub gives no token',
      () => {
        answer('curl*', { stdout: '{}' });
        return signIn(platform, outputs, job);
      },
      /^GitHub must give a token/,
    ],
    [
      'AWS refuses it',
      () => {
        answer('aws sts*', {
          status: 254,
          stderr: 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
        });
        return signIn(platform, outputs, job);
      },
      /^aws sts assume-role-with-web-identity failed:\nAccessDenied/,
    ],
    [
      'Azure refuses it',
      () => {
        answer('az login*', { status: 1, stderr: 'AADSTS70021: No matching federated identity record found' });
        return signIn(platform, outputs, job);
      },
      /^az login failed:\nAADSTS70021/,
    ],
  ])('is told when %s', (_title, enter, message) => {
    expect(enter).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }));
  });
});

test('a person is logged in by other means', () => {
  expect(signIn(platform, { identities: {} }, {})).toEqual({});
  expect(called()).toEqual([]);
});

describe('where images of a stage without AWS are pushed', () => {
  const session = { platform: only('azure'), env: {} };

  test('are the packages of its repository, with the token of the job', () => {
    const source = imageSource({ ...session, variables: { GITHUB_ACTOR: 'somebody', GITHUB_TOKEN: 'token' } });
    expect(source).toMatchObject({ host: 'ghcr.io', user: 'somebody', password: 'token' });
    expect(source.at('order')).toBe('ghcr.io/example/retailflow/retailflow-production-order');
  });

  test('are unknown outside of a job', () => {
    expect(() => imageSource({ ...session, variables: {} })).toThrow('GITHUB_ACTOR and GITHUB_TOKEN must be set');
  });
});
