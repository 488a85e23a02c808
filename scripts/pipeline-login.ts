import { tokenAudience } from '../lib/platform/delivery';
import { deliveryRole, importerWord } from '../lib/platform/names';
import { identityOf, missingIdentities, outputsFile, type SiteOutputs } from '../lib/platform/outputs';
import { siteOn, type Platform } from '../lib/platform/platform';
import { answerOf } from './ask';

type Variables = Readonly<Record<string, string | undefined>>;

/** What AWS gives for an hour. */
interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/** A value of curl's configuration: between quotation marks, so none may end it. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\\r\n]/g, '')}"`;

/** A token by which GitHub says which job this is, for somebody. It goes by what curl reads, since everybody on the machine sees arguments. */
function tokenFor(audience: string, { url, bearer }: { readonly url: string; readonly bearer: string }): string {
  const input = [
    `url = ${quoted(`${url}&audience=${encodeURIComponent(audience)}`)}`,
    `header = ${quoted(`Authorization: bearer ${bearer}`)}`,
    '',
  ].join('\n');
  const options = ['--silent', '--show-error', '--fail', '--retry', '3', '--max-time', '30', '--config', '-'];
  const { value } = JSON.parse(answerOf(['curl', ...options], { input })) as { readonly value?: string };
  if (value === undefined) throw new Error('GitHub must give a token for the job, gave none');
  return value;
}

/**
 * Lets a job of GitHub into the clouds of a stage, by nothing but who it is: into AWS as the role that pushes images, for an hour, and
 * into Azure as the identity that has images imported. Elsewhere whoever runs the command is logged in by other means.
 *
 * @returns Variables that commands are told from then on.
 * @throws Error if a job of GitHub may not prove who it is, or a cloud refuses it
 */
export function signIn(
  platform: Platform,
  outputs: SiteOutputs,
  variables: Variables,
): Readonly<Record<string, string>> {
  if (variables['GITHUB_ACTIONS'] !== 'true') return {};
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer, ACTIONS_ID_TOKEN_REQUEST_URL: url } = variables;
  if (bearer === undefined || url === undefined) {
    throw new Error("the job must have 'id-token: write' among its permissions, got no way to ask for a token");
  }
  const asked = { bearer, url };
  const [aws, azure] = [siteOn(platform, 'aws'), siteOn(platform, 'azure')];
  if (azure !== undefined) {
    const [missing] = missingIdentities([importerWord], outputs);
    if (missing !== undefined) {
      throw new Error(
        `${outputsFile(platform)} must have ${missing}, got none: run npm run outputs:azure, and commit it`,
      );
    }
    const { clientId } = identityOf(outputs, importerWord);
    const as = ['--username', clientId, '--tenant', azure.tenant, '--federated-token', '@-'];
    answerOf(['az', 'login', '--service-principal', ...as, '--allow-no-subscriptions', '--output', 'none'], {
      input: tokenFor(tokenAudience.azure, asked),
    });
  }
  if (aws === undefined) return {};
  const role = `arn:aws:iam::${aws.account}:role/${deliveryRole(platform, 'push')}`;
  const session = `github-${variables['GITHUB_RUN_ID'] ?? 'run'}`;
  const answer = answerOf(
    [
      ...['aws', 'sts', 'assume-role-with-web-identity', '--role-arn', role, '--role-session-name', session],
      ...['--web-identity-token', 'file:///dev/stdin', '--query', 'Credentials', '--output', 'json'],
      ...['--region', aws.region],
    ],
    { input: tokenFor(tokenAudience.aws, asked) },
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(answer) as Credentials;
  return {
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  };
}
