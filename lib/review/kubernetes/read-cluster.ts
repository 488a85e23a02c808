import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { objectOf, textOf, type Json, type JsonObject } from '../json';
import type { Cluster, KubernetesObject } from './cluster';

/**
 * Reads the clusters of an output (`k8s.out`).
 *
 * @throws Error if a file is no object of Kubernetes, or there is none at all: a review of nothing must not pass.
 */
export function readClusters(directory: string): readonly Cluster[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  if (files.length === 0) {
    throw new Error(`${directory} must hold at least one object, got none: synthesize the platform into it first`);
  }
  return clustersOf(files.map((file) => [file, manifestOf(readFileSync(join(directory, file), 'utf8'))]));
}

/** What texts say that were read before: each is read for its cluster and for both sites, and stages have most in common. */
const known = new Map<string, Json>();

/** What a file says as Kubernetes reads it, which is how it must have been written. */
export function manifestOf(text: string): Json {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = parse(text, { version: '1.1' }) as Json;
  known.set(text, value);
  return value;
}

/**
 * Clusters by what their files hold.
 *
 * @throws Error if a file is no object of Kubernetes
 */
export function clustersOf(files: readonly (readonly [file: string, value: Json])[]): readonly Cluster[] {
  const objects = files.map(([file, value]) => objectFrom(file, objectOf(value)));
  const names = [...new Set(objects.map(({ cluster }) => cluster))];
  return names.map((name) => ({ name, objects: objects.filter(({ cluster }) => cluster === name) }));
}

function objectFrom(file: string, value: JsonObject): KubernetesObject {
  const metadata = objectOf(value.metadata);
  const [apiVersion, kind, name] = [value.apiVersion, value.kind, metadata.name].map((each) => textOf(each ?? null));
  if (!apiVersion || !kind || !name) {
    throw new Error(`${file} must have apiVersion, kind and metadata.name: synthesize the platform again`);
  }
  return {
    file,
    cluster: file.split('/')[0] ?? '',
    apiVersion,
    kind,
    name,
    namespace: textOf(metadata.namespace ?? null) ?? '',
    labels: textsOf(objectOf(metadata.labels)),
    annotations: textsOf(objectOf(metadata.annotations)),
    value,
  };
}

const textsOf = (texts: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, textOf(value) ?? '']));
