import { failuresOf, World, type Expectation } from './expectations';
import type { Block } from './graph';
import { absent, between, containing, exactly, noneOf, notContaining, oneOf, present, withoutText } from './matchers';
import { mutationsOf, noticed } from './mutations';

const block = (path: string, type: string, properties: Block['body'], attributes: Block['body'] = {}): Block => ({
  stack: path.split('/')[0] ?? '',
  path,
  type,
  body: { Properties: properties, ...attributes },
});

const world = World.of([
  block(
    'Data/One',
    'AWS::S3::Bucket',
    { Rules: [{ Id: 'a', On: true }, { Id: 'b' }], Name: 'one' },
    { DeletionPolicy: 'Retain' },
  ),
  block('Data/Two', 'AWS::S3::Bucket', { Rules: [], Policy: '{"Statement":[{"Effect":"Deny","Action":["x","y"]}]}' }),
  block('Data/One/Policy', 'AWS::S3::BucketPolicy', { Bucket: '${Data/One}', Open: false }),
]);

const expectation = (rest: Partial<Expectation>): Expectation => ({
  name: 'it is so',
  type: 'AWS::S3::Bucket',
  ...rest,
});

const one = { where: /One$/ } as const;
const two = { where: /Two$/ } as const;

describe('an expectation', () => {
  test.each<readonly [string, Partial<Expectation>]>([
    ['a value', { ...one, path: 'Name', is: 'one' }],
    ['an attribute of the resource', { ...one, path: 'DeletionPolicy', is: 'Retain' }],
    ['an element that says who it is', { ...one, path: 'Rules[Id=a].On', is: true }],
    ['JSON in a text', { ...two, path: 'Policy.Statement', is: containing({ Effect: 'Deny', Action: 'y' }) }],
    ['nothing', { path: 'Website', is: absent }],
    [
      'a resource that refers to it',
      { ...one, through: { type: 'AWS::S3::BucketPolicy', by: 'Bucket' }, path: 'Open', is: false },
    ],
    ['a number of resources', { count: 2 }],
    ['no resources', { type: 'AWS::IAM::*', count: 0 }],
    ['resources by what they say', { having: { Name: 'one' }, count: 1 }],
    ['types that begin alike', { type: 'AWS::S3::*', count: 3 }],
  ])('is met by %s', (_, rest) => {
    expect(failuresOf(expectation(rest), world)).toEqual([]);
  });

  test.each<readonly [string, Partial<Expectation>]>([
    ['no resource is meant', { where: /Three/, path: 'Name', is: absent }],
    ['there are fewer resources than expected', { count: 3 }],
    ['another value stands there', { ...one, path: 'Name', is: 'two' }],
    ['nothing stands there', { ...two, path: 'Name', is: 'one' }],
    ['one element of a list lacks what the others have', { ...one, path: 'Rules[*].On', is: true }],
    ['a list that must say something is empty', { ...two, path: 'Rules[*].On', is: true }],
    ['something stands where nothing may', { ...one, path: 'Name', is: absent }],
    [
      'nothing refers to the resource',
      { ...two, through: { type: 'AWS::S3::BucketPolicy', by: 'Bucket' }, path: 'Open', is: false },
    ],
    ['a list holds more than exactly these', { ...one, path: 'Rules', is: exactly({ Id: 'b' }) }],
    ['a list holds what it may not', { ...one, path: 'Rules', is: notContaining({ Id: 'a' }) }],
    ['a text holds what it may not', { ...two, path: 'Policy', is: withoutText(/Deny/) }],
    ['it is none of those allowed', { ...one, path: 'Name', is: oneOf('two', 'three') }],
    ['it is one of those refused', { ...one, path: 'Name', is: noneOf('one') }],
    ['it is no number', { ...one, path: 'Name', is: between(0, 1) }],
    ['one of several resources lacks it', { path: 'Name', is: present }],
  ])('fails when %s', (_, rest) => {
    expect(failuresOf(expectation(rest), world)).toMatchObject([{ name: 'it is so' }]);
  });
});

describe('a mutation', () => {
  const named: readonly Expectation[] = [
    { name: 'buckets are kept', type: 'AWS::S3::Bucket', ...one, path: 'DeletionPolicy', is: 'Retain' },
    {
      name: 'policies are closed',
      type: 'AWS::S3::Bucket',
      ...one,
      through: { type: 'AWS::S3::BucketPolicy', by: 'Bucket' },
      path: 'Open',
      is: false,
    },
  ];
  const noticedOf = (type: string, path?: string, weak: readonly string[] = []) =>
    mutationsOf(type, path === undefined ? {} : { path, weak }, world).map((mutation) => ({
      how: mutation.how,
      names: noticed(mutation, named, world),
    }));

  test('takes a value away, and makes it worse', () => {
    expect(noticedOf('AWS::S3::Bucket', 'DeletionPolicy', ['Delete'])).toEqual([
      { how: 'DeletionPolicy taken away', names: ['buckets are kept'] },
      { how: 'DeletionPolicy set to "Delete"', names: ['buckets are kept'] },
    ]);
  });

  test('turns a switch, of which another resource is expected to have it', () => {
    expect(noticedOf('AWS::S3::BucketPolicy', 'Open')).toEqual([
      { how: 'Open taken away', names: ['policies are closed'] },
      { how: 'Open set to true', names: ['policies are closed'] },
    ]);
  });

  test('takes a whole resource away', () => {
    expect(noticedOf('AWS::S3::BucketPolicy')).toEqual([{ how: 'taken away', names: ['policies are closed'] }]);
  });

  test('reaches into lists and into JSON in a text', () => {
    expect(mutationsOf('AWS::S3::Bucket', { path: 'Rules[*].On' }, world).map(({ how }) => how)).toEqual([
      'Rules[*].On taken away',
      'Rules[*].On set to false',
    ]);
    const [mutation] = mutationsOf('AWS::S3::Bucket', { path: 'Policy.Statement[Effect=Deny]' }, world);
    expect(mutation?.changed?.body).toEqual({ Properties: { Rules: [], Policy: '{"Statement":[]}' } });
  });

  test('that nobody expects otherwise is noticed by nobody', () => {
    expect(noticedOf('AWS::S3::Bucket', 'Name')).toEqual([{ how: 'Name taken away', names: [] }]);
  });
});
