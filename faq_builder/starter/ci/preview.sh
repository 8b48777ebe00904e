#!/bin/sh
# Checks a pull request and builds its preview into site/:  ci/preview.sh TARGET_BRANCH [OPTION OF faq build]...
# A mistake does not end it, so that everything there is to say is said at once; reports/changes.md is for the reviewer.
set -eu
target=$1
shift
failed=0

git fetch --quiet origin "$target"
for file in content/ledger.jsonl content/search.fit; do
    if ! git diff --quiet FETCH_HEAD...HEAD -- "$file"; then
        echo "error: $file was changed; only publishing writes it, so that no address is given away twice" >&2
        echo "  help: git fetch origin $target && git checkout FETCH_HEAD -- $file, and commit" >&2
        failed=1
    fi
done

# What counts is what merging would publish, so the target branch as it is now is merged in first. Nothing is committed,
# but git wants a name all the same.
if ! git -c user.name=preview -c user.email=preview@localhost merge --quiet --no-commit --no-ff FETCH_HEAD; then
    echo "error: this cannot be merged into $target" >&2
    echo "  help: git pull --rebase origin $target, and mend what git names" >&2
    exit 1
fi

faq build "$@" || failed=1
sh ci/gate.sh site || failed=1
exit $failed
