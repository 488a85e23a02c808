// @ts-check
/* global fetch, setTimeout -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { Grafana } from '@aws-sdk/client-grafana';
import { callerOf, patiently } from './calls.mjs';

/**
 * What the function uses of Amazon Managed Grafana.
 *
 * @typedef {{ id: string, name: string }} Account
 * @typedef {object} Workspaces
 * @property {(input: object) => Promise<{ serviceAccounts?: readonly Account[], nextToken?: string }>} listWorkspaceServiceAccounts
 * @property {(input: object) => Promise<{ id: string }>} createWorkspaceServiceAccount
 * @property {(input: object) => Promise<{ serviceAccountToken: { id: string, key: string } }>} createWorkspaceServiceAccountToken
 * @property {(input: object) => Promise<unknown>} deleteWorkspaceServiceAccountToken
 *
 * @typedef {object} Properties
 * @property {string} Workspace Id of the workspace.
 * @property {string} Endpoint Its host name.
 * @property {{ Uid: string, Title: string }} Folder Where the dashboards lie, and nothing else.
 * @property {readonly string[]} DataSources Each as Grafana takes it, as JSON.
 * @property {readonly string[]} Dashboards The same.
 *
 * @typedef {object} Request A custom resource of CloudFormation.
 * @property {'Create' | 'Update' | 'Delete'} RequestType
 * @property {string} RequestId
 * @property {string} ResponseURL
 * @property {string} StackId
 * @property {string} LogicalResourceId
 * @property {string} [PhysicalResourceId]
 * @property {Properties} ResourceProperties
 * @property {Properties} [OldResourceProperties]
 *
 * @typedef {import('./calls.mjs').Call} Call
 * @typedef {import('./calls.mjs').Context} Context
 */

/** The service account by which the function is known inside a workspace; it has a key while the function works. */
const accountName = 'written-by-code';

/** The function does not work longer, and its key not either. */
const keySeconds = 900;

/**
 * The function, with what it uses. Always answers CloudFormation: a failure with its reason, which holds no key.
 *
 * @param {{ workspaces: Workspaces, request: typeof fetch, answer: typeof put, pause: (milliseconds: number) => Promise<unknown> }} uses
 */
export function createHandler({ answer, pause, request, workspaces }) {
  return async (/** @type {Request} */ event, /** @type {Pick<Context, 'getRemainingTimeInMillis'>} */ context) => {
    const { LogicalResourceId, RequestId, RequestType, ResourceProperties, StackId } = event;
    const written =
      RequestType === 'Delete'
        ? // The workspace outlives its stack, with what people look at.
          { Status: 'SUCCESS', Reason: 'What is written stays.' }
        : await withKey(workspaces, event, (key) =>
            write(event, callerOf(ResourceProperties.Endpoint, key, request), {
              pause,
              getRemainingTimeInMillis: () => context.getRemainingTimeInMillis(),
            }),
          ).then(
            () => ({ Status: 'SUCCESS', Reason: 'Data sources and dashboards are written.' }),
            (/** @type {unknown} */ error) => ({ Status: 'FAILED', Reason: messageOf(error) }),
          );
    const PhysicalResourceId =
      RequestType === 'Delete'
        ? event.PhysicalResourceId
        : `${ResourceProperties.Workspace}/${ResourceProperties.Folder.Uid}`;
    await answer(event.ResponseURL, { ...written, PhysicalResourceId, StackId, RequestId, LogicalResourceId });
  };
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Does something with a key of the workspace, and takes the key away, whatever happens.
 *
 * @param {Workspaces} workspaces
 * @param {Request} event
 * @param {(key: string) => Promise<void>} act
 */
async function withKey(workspaces, { RequestId, ResourceProperties: { Workspace: workspaceId } }, act) {
  const serviceAccountId = await accountIn(workspaces, workspaceId);
  const { serviceAccountToken } = await workspaces.createWorkspaceServiceAccountToken({
    workspaceId,
    serviceAccountId,
    name: RequestId,
    secondsToLive: keySeconds,
  });
  try {
    await act(serviceAccountToken.key);
  } finally {
    await workspaces.deleteWorkspaceServiceAccountToken({
      workspaceId,
      serviceAccountId,
      tokenId: serviceAccountToken.id,
    });
  }
}

/**
 * The service account of the function, which is made when it is not there. Grafana lets administrators alone write data sources.
 *
 * @param {Workspaces} workspaces
 * @param {string} workspaceId
 * @param {string} [nextToken]
 * @returns {Promise<string>}
 */
async function accountIn(workspaces, workspaceId, nextToken) {
  const listed = await workspaces.listWorkspaceServiceAccounts({
    workspaceId,
    ...(nextToken === undefined ? {} : { nextToken }),
  });
  const found = (listed.serviceAccounts ?? []).find(({ name }) => name === accountName);
  if (found !== undefined) return found.id;
  if (listed.nextToken !== undefined) return accountIn(workspaces, workspaceId, listed.nextToken);
  const { id } = await workspaces.createWorkspaceServiceAccount({
    workspaceId,
    name: accountName,
    grafanaRole: 'ADMIN',
  });
  return id;
}

/**
 * Writes all of it, and takes away what is no longer told: dashboards that lie in the folder besides, and data sources that were
 * told before. What people make elsewhere is not looked at.
 *
 * @param {Request} event
 * @param {Call} call
 * @param {Context} context
 */
async function write({ OldResourceProperties, ResourceProperties }, call, context) {
  const { DataSources, Dashboards, Folder } = ResourceProperties;
  const sources = DataSources.map(parsed);
  const dashboards = Dashboards.map(parsed);
  const steps = [
    () => upsert(call, '/api/folders', Folder.Uid, { uid: Folder.Uid, title: Folder.Title, overwrite: true }),
    ...sources.map((source) => () => upsert(call, '/api/datasources', `uid/${source.uid}`, source)),
    ...dashboards.map(
      (dashboard) => () =>
        call('POST', '/api/dashboards/db', { dashboard, folderUid: Folder.Uid, overwrite: true, message: 'By code' }),
    ),
    async () => {
      for (const uid of await besides(call, Folder.Uid, dashboards)) await remove(call, `/api/dashboards/uid/${uid}`);
    },
    ...(OldResourceProperties?.DataSources ?? [])
      .map(parsed)
      .filter(({ uid }) => !sources.some((source) => source.uid === uid))
      .map(
        ({ uid }) =>
          () =>
            remove(call, `/api/datasources/uid/${uid}`),
      ),
  ];
  for (const step of steps) await patiently(context, step);
}

/**
 * @param {string} text
 * @returns {{ uid: string }}
 */
const parsed = (text) => JSON.parse(text);

/**
 * Replaces what is there, or makes it.
 *
 * @param {Call} call
 * @param {string} path
 * @param {string} id
 * @param {object} body
 */
async function upsert(call, path, id, body) {
  const there = await call('GET', `${path}/${id}`, undefined, [404]);
  return there.status === 404 ? call('POST', path, body) : call('PUT', `${path}/${id}`, body);
}

/**
 * @param {Call} call
 * @param {string} path
 */
const remove = (call, path) => call('DELETE', path, undefined, [404]);

/**
 * Dashboards that lie in the folder and are not told.
 *
 * @param {Call} call
 * @param {string} folder
 * @param {readonly { uid: string }[]} dashboards
 * @returns {Promise<readonly string[]>}
 */
async function besides(call, folder, dashboards) {
  const { text } = await call('GET', `/api/search?type=dash-db&limit=5000&folderUIDs=${folder}`);
  /** @type {readonly { uid: string }[]} */
  const found = JSON.parse(text);
  return found.map(({ uid }) => uid).filter((uid) => !dashboards.some((dashboard) => dashboard.uid === uid));
}

/**
 * Answers CloudFormation. The address is signed for a request without content type.
 *
 * @param {string} url
 * @param {object} body
 */
async function put(url, body) {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with ${response.status}`);
}

/** @param {number} milliseconds */
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export const handler = createHandler({
  workspaces: /** @type {Workspaces} */ (new Grafana({})),
  request: fetch,
  answer: put,
  pause: sleep,
});
