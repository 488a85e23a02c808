import { about, type Row } from '../../support/about';
import { containing } from '../../support/matchers';
import { document } from './contracts';

const service = `${document}.services[name=project~api~v1~projects]`;
const transformer = `${service}.plugins[name=request-transformer].config`;

/** Clients of before go on as they are: the gateway changes what they ask. */
export const gateway: Row = {
  row: 'request transformation',
  expectations: about(
    { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /Gateway\/Task$/, count: 1 },
    {
      'clients of before ask under their own path, and below it for what there is today': {
        path: `${service}.routes[name=project~api~v1~projects~~GET-POST].paths`,
        is: ['~/api/v1/projects(?<rest>)$', '~/api/v1/projects(?<rest>/[^/]+/tasks)$'],
      },
      'project is asked under the path of today': {
        path: `${transformer}.replace.uri`,
        is: '/api/projects$(uri_captures["rest"])',
      },
      'headers of before have the names of today': {
        path: `${transformer}.rename.headers`,
        is: ['X-Company:X-Account'],
      },
      'fields of before have the names of today': {
        path: `${transformer}.rename.querystring`,
        is: ['pageNo:page'],
      },
      'what only the monolith knew is taken away, and what only Kong may say': {
        path: `${transformer}.remove.headers`,
        is: containing('X-Legacy-Session', 'X-Consumer-Username'),
      },
      'project knows clients of before': {
        path: `${transformer}.add.headers`,
        is: ['X-Client-Generation:legacy'],
      },
      'clients of before need a token as well': {
        path: `${service}.plugins[name=jwt].config.claims_to_verify`,
        is: ['exp'],
      },
    },
  ),
};
