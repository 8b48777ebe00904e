#!/bin/sh
# Builds the current state of a branch for publication, and pushes the ledger:  ci/publish.sh BRANCH SITE_FOLDER
# It pushes nothing unless the site passes the gate. Run one at a time; merges during a run do no harm.
#   FAQ_ACCEPT_LOSS  see ci/gate.sh
set -euf
branch=$1
site=$2

set --
for source in ${FAQ_ACCEPT_LOSS:-}; do
    set -- "$@" --accept-loss "$source"
done

for attempt in 1 2 3 4 5; do
    git fetch --quiet origin "$branch"
    git checkout --quiet --detach FETCH_HEAD
    base=$(git rev-parse HEAD)

    faq lock "$@"
    faq build --locked --site-dir "$site" "$@"
    sh ci/gate.sh "$site"

    git add content/ledger.jsonl
    if [ -e content/search.fit ]; then
        git add content/search.fit
    fi
    if git diff --cached --quiet; then
        exit 0
    fi
    git commit --quiet --message "Lock new topics"
    if git push --quiet origin "HEAD:refs/heads/$branch"; then
        exit 0
    fi

    git fetch --quiet origin "$branch"
    if [ "$(git rev-parse FETCH_HEAD)" = "$base" ]; then
        echo "error: the ledger cannot be pushed to $branch" >&2
        echo "  help: let this job push to it; the branch may be protected, or a token may have expired" >&2
        exit 1
    fi
    echo "$branch changed during attempt $attempt: building again with its newest state"
done
echo "error: $branch changed during every attempt to build it" >&2
echo "  help: run this again when fewer people merge" >&2
exit 1
