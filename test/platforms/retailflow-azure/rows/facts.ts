import { reference } from '../../support/graph';

/** Where the site stands. */
export const region = 'eastus2';

/** Who is told of every alert. */
export const onCall = reference('foundation/Observability/OnCall', 'id');

/** Who is told of what may wait for the day. */
export const byDay = reference('foundation/Observability/Warnings', 'id');

/** A key without its version, so that what it encrypts follows a rotation. */
export const key = (purpose: string): string => reference(`foundation/Keys/${purpose}`, 'output.properties.keyUri');

/** Whose identity it is. */
export const principal = (service: string): string => reference(`foundation/Identities/${service}`, 'principal_id');

/** Host of the registry of the site. */
export const registry = 'crretailflowazureproductionvvkomb.azurecr.io';
