import { mostSensitive, type DataClass } from '../../../lib/platform/nouns/scalars';

describe('mostSensitive', () => {
  test.each<[readonly DataClass[], DataClass]>([
    [[], 'public'],
    [['internal', 'public'], 'internal'],
    [['confidential', 'internal'], 'confidential'],
    [['internal', 'restricted', 'confidential'], 'restricted'],
  ])('of %j is %s', (classes, expected) => {
    expect(mostSensitive(classes)).toBe(expected);
  });
});
