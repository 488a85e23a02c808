const HASH = '0123456789abcdef'.repeat(4);

describe('the snapshot serializer', () => {
  test('normalises asset hashes in values, keys and the middle of text', () => {
    expect({
      [HASH]: 'a key',
      key: `${HASH}.zip`,
      url: `s3://assets/${HASH}.json, asset.${HASH}`,
    }).toMatchInlineSnapshot(`
{
  "<asset-hash>": "a key",
  "key": "<asset-hash>.zip",
  "url": "s3://assets/<asset-hash>.json, asset.<asset-hash>",
}
`);
  });

  test('leaves image digests and other hexadecimal text alone', () => {
    expect({ image: `kong@sha256:${HASH}`, longer: `${HASH}0`, shorter: HASH.slice(1) }).toMatchInlineSnapshot(`
{
  "image": "kong@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "longer": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
  "shorter": "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
}
`);
  });
});
