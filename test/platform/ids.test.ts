import { pascalCase } from '../../lib/platform/ids';

describe('pascalCase', () => {
  test.each([
    ['order', 'Order'],
    ['order-events', 'OrderEvents'],
    ['a-b2-c', 'AB2C'],
  ])('%s becomes %s', (name, id) => {
    expect(pascalCase(name)).toBe(id);
  });
});
