#!/usr/bin/env bash
# Makes a project of Google Cloud fit for a warehouse, before its stack. What is there already stays.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: bootstrap-google.sh --project ID

Turns on the APIs that a warehouse needs, and lets Google make the accounts by which Pub/Sub and BigQuery act in the project.
It may be run again: what is on stays on.

  --project ID  project of the stage, as the platform's definition says (google.project)
USAGE
}

fail() {
  echo "bootstrap-google: $1" >&2
  exit 1
}

project=''
while [ $# -gt 0 ]; do
  case "$1" in
    --help) usage && exit 0 ;;
    --project)
      [ $# -ge 2 ] || fail "$1 must have a value, got none"
      project=$2
      shift 2
      ;;
    *) usage >&2 && fail "does not know $1" ;;
  esac
done

[[ $project =~ ^[a-z][a-z0-9-]{4,28}[a-z0-9]$ ]] || fail "--project must be the id of a project, got '$project'"
[[ ! $project =~ ^example- ]] || fail "$project is a value of the documentation: give your own"
command -v gcloud >/dev/null || fail 'gcloud must be on the PATH, got none: install the command line of Google Cloud, and run gcloud auth login'

run() {
  echo "gcloud $*"
  gcloud "$@" --project "$project" --quiet
}

run services enable bigquery.googleapis.com bigquerystorage.googleapis.com billingbudgets.googleapis.com \
  cloudkms.googleapis.com cloudresourcemanager.googleapis.com iam.googleapis.com iamcredentials.googleapis.com \
  logging.googleapis.com monitoring.googleapis.com pubsub.googleapis.com sts.googleapis.com

run beta services identity create --service pubsub.googleapis.com

echo "The project $project can take a warehouse."
