import { loadMark } from '../../../lib/platform/load-tests/admitted';
import { synthesized } from '../../support/assembly';
import { Graph } from './graph';

/** Tests that customers of a platform on AWS share nothing with load tests, and that nothing in production believes their mark. */
export function proveUnmarked(platform: string): void {
  const { blocks } = new Graph(synthesized(platform, 'production').assembly);

  test('customers do not share production with load tests', () => {
    expect(blocks.filter(({ path }) => path.includes('LoadTests'))).toEqual([]);
  });

  test.each([loadMark.header, 'key-auth', 'LoadMark', 'LoadPerAddress', 'load-tests'])(
    'production says nothing of %s',
    (word) => {
      expect(blocks.length).toBeGreaterThan(100);
      expect(blocks.filter(({ body }) => JSON.stringify(body).includes(word)).map(({ path }) => path)).toEqual([]);
    },
  );
}
