#!/bin/sh
# May the site in a folder replace the published one?  ci/gate.sh SITE_FOLDER
# What would change is shown and written to reports/changes.md.
#
# The manifest of the published site is fetched from it. If it cannot be had, the answer is no, except for the first
# publication: the site answers 404 or its name does not resolve, and no commit of the branch ever had a ledger. A
# time-out, a refused connection, a TLS error or a 5xx never counts as one. What people may set:
#   FAQ_ACCEPT_LOSS    sources whose answers are meant to go: "forum blog"
#   FAQ_PUBLISHED_URL  where the site is published, while `site_url` is another address: the site moves
#   FAQ_FIRST          true: nothing was ever published, although there was a ledger or the site answers in another way
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

# publish.sh commits a ledger only after the gate, so a commit with one says that something was published. While
# preview.sh merges, the history of the target branch is that of MERGE_HEAD.
never_had_a_ledger() {
    if [ "$(git rev-parse --is-shallow-repository)" != false ]; then
        echo "the clone is shallow, so nothing says whether the branch ever had a ledger; see fetch-depth, GIT_DEPTH" >&2
        return 1
    fi
    merged=$(git rev-parse --quiet --verify MERGE_HEAD) || merged=HEAD
    touched=$(git log --full-history --format=%H HEAD "$merged" -- content/ledger.jsonl) || return 1
    if [ -n "$touched" ]; then
        echo "the branch has or had a ledger, so this is not the first publication" >&2
        return 1
    fi
}

# The number at the end keeps caches from answering with the manifest of last time.
url=${url%/}/faq-manifest.json
curl_exit=0
answer=$(curl --silent --show-error --location --retry 3 --max-time 60 --output "$published" \
    --write-out '%{http_code}, redirects: %{num_redirects}' "$url?$(date +%s)") || curl_exit=$?
case "$curl_exit, $answer" in
    "0, "*) status=${answer%%,*} said="$url gives ${answer%%,*}" ;;
    "6, "*", redirects: 0") status=unresolved said="the name in $url does not resolve" ;;
    *) status=unknown said="$url gives no answer" ;;
esac

if [ "$status" = 200 ]; then
    set -- --published "$published"
elif [ "${FAQ_FIRST:-}" = true ]; then
    echo "this counts as the first publication: FAQ_FIRST is set, and $said"
    rm -f "$published"
    set -- --first
elif { [ "$status" = 404 ] || [ "$status" = unresolved ]; } && never_had_a_ledger; then
    echo "this is the first publication: $said, and the branch never had a ledger"
    rm -f "$published"
    set -- --first
else
    echo "error: the published site cannot be asked what it holds: $said" >&2
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
