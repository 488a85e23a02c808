/** Header by which a request is followed through every service. */
export const correlationHeader = 'X-Correlation-Id';
