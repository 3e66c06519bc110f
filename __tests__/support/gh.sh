#!/usr/bin/env bash
# Stands in for `gh api` of the GitHub CLI: fields, typed fields, and empty lists become JSON, and `--jq` filters it.
set -euo pipefail
[ "$1" = api ] || { echo "gh: only \`gh api\` is known here" >&2; exit 1; }
: "${GH_TOKEN:?gh: set the GH_TOKEN environment variable}"
shift
path='' method='' filter=. body='' fields=()
while [ $# -gt 0 ]; do
  case $1 in
    -X | --method) method=$2; shift ;;
    -H | --header) shift ;;
    -q | --jq) filter=$2; shift ;;
    --silent) filter=empty ;;
    --paginate) ;;
    --input) body=$(cat "${2/#-/\/dev/stdin}"); shift ;;
    -f | --raw-field | -F | --field)
      name=${2%%=*} value=${2#*=} kind=--arg
      if [[ $2 == *'[]' ]]; then
        name=${2%'[]'} value='[]' kind=--argjson
      elif [[ $1 = -F || $1 = --field ]] && [[ $value =~ ^(true|false|null|[0-9]+)$ ]]; then
        kind=--argjson
      fi
      fields+=("$kind" "$name" "$value"); shift ;;
    *) path=${1#/} ;;
  esac
  shift
done
[ ${#fields[@]} = 0 ] || body=$(jq -cn '$ARGS.named' "${fields[@]}")
data=()
[ -z "$body" ] || data=(-d "$body") method=${method:-POST}
path=${path//'{owner}/{repo}'/$GITHUB_REPOSITORY}
answer=$(curl -sS -w '\n%{http_code}' -X "${method:-GET}" -H "Authorization: Bearer $GH_TOKEN" \
  -H 'Content-Type: application/json' "${data[@]}" "$GITHUB_API_URL/$path")
status=${answer##*$'\n'} answer=${answer%$'\n'*}
if [ "$status" -ge 400 ]; then
  echo "$answer"
  echo "gh: $(jq -r .message <<<"$answer") (HTTP $status)" >&2
  exit 1
fi
[ -z "$answer" ] || jq -r "$filter" <<<"$answer"
