#!/usr/bin/env bash
# What action.yml runs: annotations in the log, a SARIF file, the page of the job. Ends as mainstay ends.
set -euo pipefail

program=${MAINSTAY_PROGRAM:-mainstay}
if ! command -v "$program" >/dev/null; then
  echo "::error::mainstay is not on this runner: install its package in a step before, or name the program with the input 'program'"
  exit 2
fi
mainstay() { command "$program" "$@"; }

summary=$(mktemp)
trap 'rm -f "$summary"' EXIT
outputs=(--format github --output "sarif=$MAINSTAY_SARIF" --output "markdown=$summary")
if [[ -n ${MAINSTAY_COMMENT:-} ]]; then outputs+=(--output "comment=$MAINSTAY_COMMENT"); fi

least=${MAINSTAY_FAIL_ON:-}
status=0
if [[ -n ${MAINSTAY_BASE:-} ]]; then
  # A severity alone means what is new.
  if [[ -n $least && $least != *:* && $least != none ]]; then least=new:$least; fi
  if [[ -n $least ]]; then outputs+=("--fail-on=$least"); fi
  mainstay gate "--base=$MAINSTAY_BASE" --merge-base "${outputs[@]}" -- "$MAINSTAY_PATH" || status=$?
else
  if [[ -n $least ]]; then outputs+=("--fail-on=$least"); fi
  mainstay scan "${outputs[@]}" -- "$MAINSTAY_PATH" || status=$?
fi

cat "$summary" >>"$GITHUB_STEP_SUMMARY"
{
  printf 'status=%s\n' "$status"
  # A name with a line end in it would be a second output.
  printf 'sarif=%s\n' "${MAINSTAY_SARIF//[$'\r\n']/}"
} >>"$GITHUB_OUTPUT"
exit "$status"
