import { reference } from '../../support/graph';

/** Services of the platform. */
export const services = ['analytics', 'integration', 'notification', 'user', 'web', 'workflow'] as const;

/** Where the site stands, and where Azure copies what it holds. */
export const [region, copies] = ['westeurope', 'northeurope'];

/** Where the warehouse stands. */
export const googleRegion = 'europe-west4';

/** Who is told of every alert. */
export const onCall = reference('foundation/Observability/OnCall', 'id');

/** A key without its version, so that what it encrypts follows a rotation. */
export const key = (purpose: string): string => reference(`foundation/Keys/${purpose}`, 'output.properties.keyUri');
