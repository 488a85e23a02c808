#!/usr/bin/env bash
# Makes the storage account that keeps Terraform's states, before everything else. What is there already stays.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: bootstrap-azure-state.sh --subscription ID --location REGION --account NAME --deployers OBJECT_ID
                                [--resource-group NAME] [--container NAME] [--allow-address RANGE]...

Makes a resource group, a storage account without keys, a container and a lock, and lets a group of Entra ID write states.
It may be run again: what is there already stays, and is set right where it is not.

  --subscription ID      subscription of the site, as the platform's definition says
  --location REGION      region of the site: eastasia
  --account NAME         name of the account, as the definition says (state.account)
  --deployers OBJECT_ID  group of Entra ID whose members and pipelines apply stacks
  --resource-group NAME  (default: terraform-state)
  --container NAME       (default: state)
  --allow-address RANGE  public address range of a runner from which states are reached; may be given several times

States are reached over the internet, by those whom Entra ID lets in, from the ranges that are given: before the first
stack there is no network to reach them from. With no range, nobody reaches them. Nobody has a key, because there is none.
USAGE
}

fail() {
  echo "bootstrap-azure-state: $1" >&2
  exit 1
}

subscription='' location='' account='' deployers='' group='terraform-state' container='state'
addresses=()
while [ $# -gt 0 ]; do
  case "$1" in
    --help) usage && exit 0 ;;
    --subscription | --location | --account | --deployers | --resource-group | --container | --allow-address)
      [ $# -ge 2 ] || fail "$1 must have a value, got none"
      case "$1" in
        --subscription) subscription=$2 ;;
        --location) location=$2 ;;
        --account) account=$2 ;;
        --deployers) deployers=$2 ;;
        --resource-group) group=$2 ;;
        --container) container=$2 ;;
        --allow-address) addresses+=("$2") ;;
      esac
      shift 2
      ;;
    *) usage >&2 && fail "does not know $1" ;;
  esac
done

[ -n "$subscription" ] || fail '--subscription must be given'
[ -n "$location" ] || fail '--location must be given'
[ -n "$deployers" ] || fail '--deployers must be given'
[[ $account =~ ^[a-z0-9]{3,24}$ ]] || fail "--account must be 3 to 24 lower-case letters and digits, got '$account'"
for value in "$subscription" "$deployers"; do
  [ "$value" != '00000000-0000-0000-0000-000000000000' ] || fail "$value is a value of the documentation: give your own"
done
[[ ! $account =~ ^example.*state$ ]] || fail "$account is a value of the documentation: give your own"
command -v az >/dev/null || fail 'az must be on the PATH, got none: install the command line of Azure, and run az login'

run() {
  echo "az $1 $2 ${3:-}"
  az "$@" --subscription "$subscription" --only-show-errors --output none
}

run group create --name "$group" --location "$location"

run storage account create --name "$account" --resource-group "$group" --location "$location" \
  --kind StorageV2 --sku Standard_GZRS --min-tls-version TLS1_2 --https-only true \
  --allow-shared-key-access false --allow-blob-public-access false --allow-cross-tenant-replication false \
  --require-infrastructure-encryption true --public-network-access Enabled --default-action Deny --bypass None

for address in ${addresses[@]+"${addresses[@]}"}; do
  run storage account network-rule add --account-name "$account" --resource-group "$group" --ip-address "$address"
done

run storage account blob-service-properties update --account-name "$account" --resource-group "$group" \
  --enable-versioning true --enable-change-feed true \
  --enable-delete-retention true --delete-retention-days 90 \
  --enable-container-delete-retention true --container-delete-retention-days 90

# By Azure's Resource Manager: the account has no key, and its own interface may be closed to whoever runs this.
run storage container-rm create --name "$container" --storage-account "$account" --resource-group "$group" --public-access off

scope="/subscriptions/$subscription/resourceGroups/$group/providers/Microsoft.Storage/storageAccounts/$account"
run role assignment create --assignee-object-id "$deployers" --assignee-principal-type Group \
  --role 'Storage Blob Data Contributor' --scope "$scope/blobServices/default/containers/$container"

run lock create --name holds-states --lock-type CanNotDelete --resource-group "$group" \
  --resource-name "$account" --resource-type Microsoft.Storage/storageAccounts \
  --notes 'It holds the states of Terraform.'

echo "States are kept in $account/$container, and written by $deployers."
