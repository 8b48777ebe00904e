#!/bin/sh
# May the site in a folder replace the published one?  ci/gate.sh SITE_FOLDER
# What would change is shown and written to reports/changes.md.
#
# The manifest of the published site is fetched from it. Where it cannot be had, the answer is no; except at the very
# first time, when nothing is found there and the branch has no ledger yet. What people may set:
#   FAQ_ACCEPT_LOSS    sources whose answers are meant to go: "forum blog"
#   FAQ_PUBLISHED_URL  where the site is published, while `site_url` is another address: the site moves
#   FAQ_FIRST          true: nothing was ever published, although there is a ledger or nobody answers at the address
set -euf
site=$1
manifest=$site/faq-manifest.json
published=reports/published.json

mkdir -p reports
rm -f "$published" reports/changes.md
if [ ! -f "$manifest" ]; then
    echo "error: no site was built, so there is nothing to compare" >&2
    exit 1
fi
url=${FAQ_PUBLISHED_URL:-$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["site_url"])' "$manifest")}
if [ -z "$url" ]; then
    echo "error: nobody knows where the site is published" >&2
    echo "  help: set site_url in mkdocs.yml" >&2
    exit 1
fi

# The number at the end keeps caches from answering with the manifest of last time.
url=${url%/}/faq-manifest.json
status=$(curl --silent --show-error --location --retry 3 --max-time 60 --output "$published" --write-out '%{http_code}' \
    "$url?$(date +%s)") || status="no answer"
if [ "$status" = 200 ]; then
    set -- --published "$published"
elif [ "${FAQ_FIRST:-}" = true ] || { [ "$status" = 404 ] && [ -z "$(git ls-files content/ledger.jsonl)" ]; }; then
    rm -f "$published"
    set -- --first
else
    echo "error: the published site cannot be asked what it holds: $url gives $status" >&2
    echo "  help: run this again when the site is up; if it was never published, with FAQ_FIRST=true; see ci/gate.sh" >&2
    exit 1
fi

for source in ${FAQ_ACCEPT_LOSS:-}; do
    set -- "$@" --accept-loss "$source"
done
failed=0
faq gate --site-dir "$site" --report reports/changes.md "$@" || failed=1
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    cat reports/changes.md >>"$GITHUB_STEP_SUMMARY"
else
    cat reports/changes.md
fi
exit $failed
