import { existsSync, readFileSync } from 'node:fs';
import { synthesized } from '../support/assembly';
import { Graph } from '../platforms/support/graph';

/** Types of resources that are credentials, make some, or decide who is who. */
const credentials = [
  'AWS::ACMPCA::CertificateAuthority',
  'AWS::CertificateManager::Certificate',
  'AWS::Cognito::UserPool',
  'AWS::EC2::VPNConnection',
  'AWS::ElastiCache::User',
  'AWS::Grafana::Workspace',
  'AWS::IAM::AccessKey',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
  'AWS::SES::EmailIdentity',
  'AWS::SecretsManager::Secret',
];

const page = readFileSync('docs/platforms/techflow-solutions.md', 'utf8');
const [, section = ''] = /## Every credential[^\n]*\n([^]*?)\n## /.exec(page) ?? [];
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const quoted = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
const resources = rows.flatMap(([, , resource]) => quoted(resource));
const stands = (path: string, resource: string): boolean => path === resource || path.startsWith(`${resource}/`);

describe('the table of credentials of TechFlow Solutions', () => {
  const { blocks } = new Graph(synthesized('techflow-solutions', 'production').assembly);
  const paths = blocks.map(({ path }) => path);

  test('has a row for every credential that is synthesized', () => {
    const found = blocks.filter(({ type }) => credentials.includes(type)).map(({ path }) => path);
    expect(found.length).toBeGreaterThan(25);
    expect(found.filter((path) => !resources.some((resource) => stands(path, resource)))).toEqual([]);
  });

  test('names nothing that is not synthesized, and no file that is not there', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(resources.filter((resource) => !paths.some((path) => stands(path, resource)))).toEqual([]);
    expect(rows.flatMap((cells) => quoted(cells[6])).filter((file) => !existsSync(file))).toEqual([]);
  });

  test('says of each who changes it, how often, and what calls somebody', () => {
    expect(rows.filter((cells) => cells.length !== 8 || cells.slice(1, 7).some((cell) => cell === ''))).toEqual([]);
  });

  test('names no alarm of an age that is not synthesized', () => {
    const alarms = rows.flatMap((cells) => quoted(cells[5])).filter((name) => name.endsWith('Old'));
    expect(alarms.length).toBeGreaterThan(4);
    expect(alarms.filter((name) => !paths.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
  });
});
