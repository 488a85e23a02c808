import { s3PrefixList } from '../../lib/aws/prefix-lists';

describe('s3PrefixList', () => {
  test.each([
    ['ap-southeast-1', 'pl-6fa54006'],
    ['eu-north-1', 'pl-c3aa4faa'],
    ['eu-west-1', 'pl-6da54004'],
    ['us-east-1', 'pl-63a5400a'],
  ])('of %s is %s', (region, id) => {
    expect(s3PrefixList(region)).toBe(id);
  });

  test('fails when the region is not known, and says which command prints the id', () => {
    expect(() => s3PrefixList('eu-north-9')).toThrow(
      /got eu-north-9: add the id that 'aws ec2 describe-prefix-lists --region eu-north-9' prints for com\.amazonaws\.eu-north-9\.s3/,
    );
  });
});
