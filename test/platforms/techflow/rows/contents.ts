import { one, type Row } from '../../support/about';
import { all, like } from '../../support/matchers';

const sql = 'data[migration.sql]';
const text = (pattern: string): RegExp => new RegExp(pattern, 's');
const table = '"svc_workflow"."workflow_actions_events"';

const at = (service: string): string => `techflow-migration/configmap-store-${service}`;

/** One server, a schema a service, and the log of events of the engine. */
export const contents: Row = {
  row: 'contents of the database',
  expectations: [
    ...['analytics', 'integration', 'notification', 'user', 'workflow'].map((service) =>
      one(`${service} has a user and a schema of its own, and is known by its identity`, 'ConfigMap', at(service), {
        [sql]: all(
          like(text(`CREATE ROLE "svc_${service}" LOGIN`)),
          like(text(`SECURITY LABEL FOR "pgaadauth" ON ROLE "svc_${service}"`)),
          like(text(`CREATE SCHEMA IF NOT EXISTS "svc_${service}" AUTHORIZATION mainstay_owner`)),
          like(text(`GRANT USAGE, CREATE ON SCHEMA "svc_${service}" TO "svc_${service}"`)),
          like(text('REVOKE ALL ON SCHEMA public FROM PUBLIC')),
        ),
      }),
    ),
    one('events of the engine are appended by it, and by nobody else', 'ConfigMap', at('workflow'), {
      [sql]: all(
        like(text(`REVOKE ALL ON TABLE ${table} FROM PUBLIC`)),
        like(text(`GRANT SELECT, INSERT \\([^)]*\\) ON TABLE ${table} TO "svc_workflow"`)),
        like(text('UNIQUE \\(stream_id, stream_version\\)')),
      ),
    }),
    one('events of the engine are never changed', 'ConfigMap', at('workflow'), {
      [sql]: all(
        like(text(`BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}.*EXECUTE FUNCTION mainstay.refuse_change`)),
        like(text(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_change`)),
      ),
    }),
    one('what is done to events of the engine is audited, and they can be replayed', 'ConfigMap', at('workflow'), {
      [sql]: all(
        like(text(`GRANT INSERT, UPDATE, DELETE ON TABLE ${table} TO rds_pgaudit`)),
        like(text('"read_workflow_actions_events"\\(after bigint.*WHERE position > after ORDER BY position')),
      ),
    }),
  ],
};

/** What the gateway lets through in a minute, by whom it counts. */
const limits = {
  'integration~api~connections': [120, 'header'],
  'integration~api~hooks~~POST': [600, 'ip'],
  'user~api~sessions': [30, 'ip'],
  'workflow~api~runs': [1200, 'header'],
  'workflow~api~workflows': [600, 'header'],
} as const;

/** Kong in front: traffic by endpoint, each with a limit. */
export const gatewayLimits: Row = {
  row: 'limits of endpoints',
  expectations: Object.entries(limits).map(([route, [minute, by]]) =>
    one(`the gateway counts ${route} by itself`, 'ExternalSecret', 'techflow-gateway/externalsecret-gateway-document', {
      'spec.target.template.data[kong.yml]': like(
        text(
          `"name":"${route}"(?:(?!"name":"rate-limiting").)*"name":"rate-limiting","config":\\{"minute":${minute},"limit_by":"${by}"`,
        ),
      ),
    }),
  ),
};
