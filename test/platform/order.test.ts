import { sorted } from '../../lib/platform/order';

describe('a value with its properties sorted', () => {
  test('has them by name at every depth, and lists as they were', () => {
    const value = sorted({ b: [{ d: 1, c: 2 }, 'z', 'a'], a: null });
    expect(JSON.stringify(value)).toBe('{"a":null,"b":[{"c":2,"d":1},"z","a"]}');
  });

  test('has every property, whatever its name', () => {
    const text = '{"__proto__":{"a":1,"b":2},"z":1}';
    expect(JSON.stringify(sorted(JSON.parse(text)))).toBe(text);
  });
});
