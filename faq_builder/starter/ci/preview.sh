#!/bin/sh
# Checks a pull request and builds its preview into site/:  ci/preview.sh TARGET_BRANCH [OPTION OF faq build]...
# It goes on after a mistake, so that one run reports everything. reports/changes.md is for the reviewer.
set -eu
target=$1
shift
failed=0

git fetch --quiet origin "$target"
for file in content/ledger.jsonl content/search.fit; do
    if ! git diff --quiet FETCH_HEAD...HEAD -- "$file"; then
        echo "error: $file was changed; only the publishing job may write it, so that no URL is used twice" >&2
        echo "  help: run git fetch origin $target && git checkout FETCH_HEAD -- $file, and commit" >&2
        failed=1
    fi
done

# The preview shows what a merge would publish, so merge the current target branch first. Nothing is committed, but git
# needs a name anyway.
if ! git -c user.name=preview -c user.email=preview@localhost merge --quiet --no-commit --no-ff FETCH_HEAD; then
    echo "error: the branch cannot be merged into $target" >&2
    echo "  help: run git pull --rebase origin $target, and resolve the conflicts that git names" >&2
    exit 1
fi

faq build "$@" || failed=1
sh ci/gate.sh site || failed=1
exit $failed
