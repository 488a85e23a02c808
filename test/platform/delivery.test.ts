import { tokenSubject } from '../../lib/platform/delivery';
import { deliveryRole, imageRepository } from '../../lib/platform/names';
import { delivery } from '../../lib/platform/nouns/delivery';
import { problemsOf } from '../../lib/platform/problems';

const ids = { owner: 12, repository: 345 };
const manifests = { by: 'pulumi' } as const;
const problems = (input: unknown) =>
  problemsOf(delivery, input, delivery.safeParse(input).error?.issues ?? []).map(
    ({ path, allowed }) => `${path} must be ${allowed}`,
  );

describe('the subject of a token', () => {
  test('has the numbers of owner and repository', () => {
    expect(tokenSubject({ repository: 'example/shop.web', ids, manifests }, 'production')).toBe(
      'repo:example@12/shop.web@345:environment:production',
    );
  });

  test('has names only where the numbers are refused', () => {
    const names = { repository: 'example/shop', ids: { none: 'made before tokens had them' }, manifests };
    expect(tokenSubject(names, 'staging')).toBe('repo:example/shop:environment:staging');
  });
});

describe('delivery', () => {
  test.each(['example/retailflow', 'a/b', 'My-Company/my_repo.js'])('accepts %s', (repository) => {
    expect(problems({ repository, ids })).toEqual([]);
  });

  test.each(['retailflow', 'example/', '/retailflow', 'a/b/c', '-a/b', 'a--b/c', 'example/*', 'example/retail flow'])(
    'fails when the repository is %s',
    (repository) => {
      expect(problems({ repository, ids })).toEqual(['repository must be owner/name of a GitHub repository']);
    },
  );

  test('fails when a number is missing, and when there is neither number nor reason', () => {
    const repository = 'example/retailflow';
    expect(problems({ repository, ids: { owner: 12 } })).toEqual(['ids.repository must be of type number']);
    expect(problems({ repository, ids: { none: 'old' } })).toEqual(['ids.none must be at least 20 characters']);
    expect(problems({ repository })).toEqual(['ids must be of type object']);
  });
});

describe('names of delivery', () => {
  const platform = { name: 'retailflow', stageName: 'production' };

  test('begin with platform and stage', () => {
    expect(imageRepository(platform, 'order')).toBe('retailflow-production/order');
    expect(deliveryRole(platform, 'push')).toBe('retailflow-production-push');
    expect(deliveryRole(platform, 'deploy')).toBe('retailflow-production-deploy');
  });
});
