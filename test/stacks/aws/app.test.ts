import { cdkContext, loadPlatform } from '../../../bin/inputs';
import { createApp } from '../../../stacks/aws/app';
import { problemsIn } from '../../support/platform';

test('fails when the platform stands on azure alone, and says what to run', () => {
  const context = { ...cdkContext(), platform: 'retailflow-azure', stage: 'staging', gates: 'off' };
  expect(problemsIn(() => createApp({ context, load: loadPlatform }))).toEqual([
    {
      path: 'stages.staging.sites',
      got: ['azure'],
      allowed: 'with one site on aws for this command',
      remedy: expect.stringMatching(
        /^retailflow-azure has no site on aws in staging: run npm run synth -- --platform retailflow-azure --stage staging,/,
      ),
    },
  ]);
});
