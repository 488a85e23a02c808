/** Stages that the planted lock holds, and that no platform declares. */
export const STRAYS = ['retailflow-preview', 'retired-production'];
