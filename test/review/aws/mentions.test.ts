import { mentionsIn } from '../../../lib/review/aws/mentions';

test.each([
  ['a reference', { Ref: 'Queue' }, [{ id: 'Queue', attribute: undefined }]],
  ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, [{ id: 'Queue', attribute: 'Arn' }]],
  ['an attribute as text', { 'Fn::GetAtt': 'Cluster.Endpoint.Port' }, [{ id: 'Cluster', attribute: 'Endpoint.Port' }]],
  [
    'a text',
    { 'Fn::Sub': '${Queue.Arn}/${Topic}/${!Literal}' },
    [
      { id: 'Queue', attribute: 'Arn' },
      { id: 'Topic', attribute: undefined },
    ],
  ],
  ['a text with a map', { 'Fn::Sub': ['${Name}', { Name: { Ref: 'Queue' } }] }, [{ id: 'Name' }, { id: 'Queue' }]],
  ['what is inside', { 'Fn::Join': ['', ['a', { Ref: 'Queue' }]] }, [{ id: 'Queue', attribute: undefined }]],
  ['no name at all', ['Queue', 3, null], []],
])('mentionsIn finds %s', (_, value, expected) => {
  expect(mentionsIn(value as never)).toMatchObject(expected);
});
