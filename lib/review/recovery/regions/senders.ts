import { listOf, objectOf } from '../../json';
import { kindOf, resourcesOf, type Resource, type Site } from '../../azure/stack';

/** How Azure writes where something stands that belongs to no region. */
export const NO_REGION = 'global';

/** What sends e-mail and SMS. */
const SENDER = 'Microsoft.Communication/communicationServices';

/** What sends messages to people and belongs to no region, so that whichever leads sends by it. */
export const sendersOf = (site: Site): readonly Resource[] =>
  resourcesOf(site, 'azapi_resource').filter(
    (each) => kindOf(each) === SENDER && each.arguments.location === NO_REGION,
  );

/** Ids of the domains from which it may send e-mail, as they are written. */
export const domainsOf = ({ arguments: { body } }: Resource) =>
  listOf(objectOf(objectOf(body).properties).linkedDomains);
