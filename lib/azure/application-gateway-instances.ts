/** Instances that always stand, so that one may be lost; and those that one may be scaled to. */
export interface Instances {
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** An instance holds ten units of 2,500 connections: https://learn.microsoft.com/azure/application-gateway/understanding-pricing */
const connectionsPerInstance = 25_000;
const connectionsPerUser = 2;
const mostInstances = 125;
const fewestInstances = 2;

/** As many instances as hold the connections of all users, twice over, since a connection is not all that an instance does. */
export const instancesFor = (concurrentUsers: number): Instances => ({
  minCapacity: fewestInstances,
  maxCapacity: Math.min(
    mostInstances,
    2 * Math.max(fewestInstances, Math.ceil((concurrentUsers * connectionsPerUser) / connectionsPerInstance)),
  ),
});
