#!/bin/sh
# Builds what may be published of a branch as it is now, and pushes the ledger:  ci/publish.sh BRANCH SITE_FOLDER
# Nothing is pushed unless the site passed the gate. It must not run twice at a time; merging meanwhile is fine.
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
        echo "  help: let this job push to it; is the branch protected, did a token expire?" >&2
        exit 1
    fi
    echo "somebody merged meanwhile, attempt $attempt: once more with what is on $branch now"
done
echo "error: $branch never stood still for one build" >&2
echo "  help: run this again when fewer people merge" >&2
exit 1
