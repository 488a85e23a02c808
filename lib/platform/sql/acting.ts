import { ownerRole, platformSchema } from './roles';

/**
 * SQL during which the administrator is a member of a role, and afterwards no longer: to RDS, a member of a role whose users
 * log in by IAM is one of those, and its password is refused. Others see nothing of it, since a step is one transaction.
 */
export const actingAs = (role: string, sql: string): string =>
  `GRANT ${role} TO CURRENT_USER;\n${sql}\nREVOKE ${role} FROM CURRENT_USER;`;

/**
 * Functions of the platform's schema that act as a role, whoever calls them, and that the administrator alone calls unless more is
 * granted.
 *
 * @param functions With the types of their arguments: `beat(text)`.
 */
export const ownedBy = (role: string, functions: readonly string[]): string =>
  functions
    .flatMap((name) => [
      `REVOKE ALL ON FUNCTION ${platformSchema}.${name} FROM PUBLIC;`,
      `GRANT EXECUTE ON FUNCTION ${platformSchema}.${name} TO ${ownerRole};`,
      `ALTER FUNCTION ${platformSchema}.${name} OWNER TO ${role};`,
    ])
    .join('\n');
