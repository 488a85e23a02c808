import { copyScript } from '../../lib/aws/image-copies';
import { copyScript as copyScriptOfAzure } from '../../lib/azure/image-copies';
import { images } from '../../lib/platform/cluster-images';
import { collectorImage, k6Image, publicImages } from '../../lib/platform/public-images';
import { run } from '../gates/support/run';
import { callScript, type Called } from '../support/call-script';

const call = (...args: readonly string[]): Called => callScript('copy-images', args);

// Production makes no load.
const { k6: _k6, ...others } = images;

describe('scripts/copy-images.ts', () => {
  test('prints what fills the registry of the stage', async () => {
    const command = [process.execPath, '--import', 'tsx', 'scripts/copy-images.ts', 'retailflow', 'staging'];
    expect(await run(command)).toEqual({
      status: 0,
      stdout: copyScript(
        { name: 'retailflow', stageName: 'staging' },
        { account: '444455556666', region: 'ap-southeast-1' },
        { ...publicImages, collector: collectorImage, k6: k6Image },
      ),
      stderr: '',
    });
  });

  test('prints what fills the registry of the site on azure', () => {
    expect(call('retailflow', 'production', '--cloud', 'azure')).toEqual({
      status: 0,
      stdout: copyScriptOfAzure(
        { name: 'retailflow', stageName: 'production' },
        { name: 'retailflow', site: 'production', subscription: '00000000-0000-0000-0000-000000000000' },
        others,
      ),
      stderr: '',
    });
  });

  test.each([
    [
      'the stage has no site on the cloud',
      ['retailflow', 'development', '--cloud', 'azure'],
      'a site on azure, got none',
    ],
    ['the cloud is unknown', ['retailflow', 'production', '--cloud', 'google'], 'must be aws or azure, got google'],
    ['the platform is unknown', ['shop', 'production'], 'one of retailflow'],
    ['the stage is unknown', ['retailflow', 'nowhere'], 'nowhere'],
    ['the stage is missing', ['retailflow'], 'must be given a platform and a stage, got 1'],
  ])('fails when %s', (_title, args, message) => {
    const { status, stdout, stderr } = call(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
