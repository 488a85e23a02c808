/** How large a service is, how many tasks of it there are, and with what it grows: the definition's figures. */
export interface Scale {
  readonly processor: number;
  readonly memory: number;
  readonly min: number;
  readonly max: number;
  readonly percent: number;
  readonly requests?: number;
  readonly backlog?: number;
}

/** By the service's stack: `Service-Order`. */
export const scales: Readonly<Record<string, Scale>> = {
  Analytics: { processor: 1024, memory: 4096, min: 2, max: 8, percent: 70, requests: 300, backlog: 500 },
  Catalog: { processor: 1024, memory: 2048, min: 3, max: 40, percent: 60, requests: 2000, backlog: 50 },
  Notification: { processor: 512, memory: 1024, min: 2, max: 10, percent: 70, backlog: 200 },
  Order: { processor: 1024, memory: 2048, min: 3, max: 30, percent: 60, requests: 1000, backlog: 20 },
  Payment: { processor: 512, memory: 1024, min: 3, max: 12, percent: 60, requests: 1000, backlog: 100 },
  User: { processor: 1024, memory: 2048, min: 3, max: 30, percent: 60, requests: 1500 },
};
