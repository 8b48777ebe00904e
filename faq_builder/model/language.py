"""Language tags (BCP 47, RFC 5646)."""


def primary_language(tag: str) -> str:
    """Return the primary subtag of a language tag in lower case: `de_AT`, `de-AT` and `DE` -> `de`.

    POSIX writes `_` where BCP 47 writes `-`. The search client cuts tags in the same way (`primaryLanguage` in
    theme/assets/faq/client/text.js; a test checks that both agree).
    """
    return tag.lower().replace("_", "-").partition("-")[0]
