#!/bin/sh
# Checks whether a built site may replace the published one:  ci/gate.sh SITE_FOLDER
# Prints what would change, and writes it to reports/changes.md.
#
# The script downloads the manifest of the published site. If that fails, the site must not be replaced, except for the
# first publication: the site answers 404 or its host name does not resolve, and no commit of the branch ever had a
# ledger. A name counts as one that does not resolve only if the host name of the remote `origin` does, because without
# a working DNS no name resolves. A time-out, a refused connection, a TLS error or a 5xx never counts as a first publication. You can set:
#   FAQ_ACCEPT_LOSS    sources that may lose answers: "forum blog"
#   FAQ_PUBLISHED_URL  the old URL, if the site moves and `site_url` is the new one
#   FAQ_FIRST          true: nothing was ever published, although there was a ledger or the site does not answer 404
set -euf
site=$1
manifest=$site/faq-manifest.json
published=reports/published.json

mkdir -p reports
rm -f "$published" reports/changes.md
if [ ! -f "$manifest" ]; then
    echo "error: the site was not built, so there is nothing to compare" >&2
    exit 1
fi
url=${FAQ_PUBLISHED_URL:-$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["site_url"])' "$manifest")}
if [ -z "$url" ]; then
    echo "error: the URL of the published site is not set" >&2
    echo "  help: set site_url in mkdocs.yml" >&2
    exit 1
fi

# publish.sh commits the ledger only after the gate, so a commit with a ledger means that something was published.
# During the merge in preview.sh, MERGE_HEAD is the target branch.
never_had_a_ledger() {
    if ! git rev-parse --git-dir >/dev/null 2>&1; then
        echo "this folder is no git repository, so nobody knows whether there was a ledger" >&2
        return 1
    fi
    if [ "$(git rev-parse --is-shallow-repository)" != false ]; then
        echo "the clone is shallow, so an older ledger would not be seen; see fetch-depth, GIT_DEPTH" >&2
        return 1
    fi
    merged=$(git rev-parse --quiet --verify MERGE_HEAD) || merged=HEAD
    touched=$(git log --full-history --format=%H HEAD "$merged" -- content/ledger.jsonl) || return 1
    if [ -n "$touched" ]; then
        echo "the branch has or had a ledger, so this is not the first publication" >&2
        return 1
    fi
}

# curl gives the same exit code for a name that does not exist and for a DNS that is down or cannot be reached.
dns_works() {
    python3 - "$(git remote get-url origin 2>/dev/null)" <<'EOF'
import re, socket, sys

host = re.match(r"(?:https?|ssh)://(?:[^/@]*@)?(\[[^]]*\]|[^/:]+)|(?:[^/:@]+@)([^/:]+):", sys.argv[1])
name = host and (host[1] or host[2])
if not name or name.startswith("[") or re.fullmatch(r"[0-9.]+", name):
    sys.exit("the remote origin has no host name, so nobody knows whether DNS works; see FAQ_FIRST in ci/gate.sh")
try:
    socket.getaddrinfo(name, None)
except OSError:
    sys.exit(f"{name}, the host of the remote origin, does not resolve either, so DNS is down; see FAQ_FIRST")
EOF
}

# The number at the end keeps caches from returning an older manifest.
url=${url%/}/faq-manifest.json
curl_exit=0
answer=$(curl --silent --show-error --location --retry 3 --max-time 60 --output "$published" \
    --write-out '%{http_code}, redirects: %{num_redirects}' "$url?$(date +%s)") || curl_exit=$?
case "$curl_exit, $answer" in
    "0, "*) status=${answer%%,*} result="$url answers ${answer%%,*}" ;;
    "6, "*", redirects: 0") status=unresolved result="the host name in $url does not resolve" ;;
    *) status=unknown result="$url does not answer" ;;
esac

if [ "$status" = 200 ]; then
    set -- --published "$published"
elif [ "${FAQ_FIRST:-}" = true ]; then
    echo "this counts as the first publication: FAQ_FIRST is set, and $result"
    rm -f "$published"
    set -- --first
elif { [ "$status" = 404 ] || { [ "$status" = unresolved ] && dns_works; }; } && never_had_a_ledger; then
    echo "this is the first publication: $result, and the branch never had a ledger"
    rm -f "$published"
    set -- --first
else
    echo "error: the published manifest cannot be downloaded: $result" >&2
    echo "  help: run this again when the site is up; for a first publication set FAQ_FIRST=true, see ci/gate.sh" >&2
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
