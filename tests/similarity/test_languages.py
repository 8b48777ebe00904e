"""The language of a text, by its script and its common words."""

import pytest

from faq_builder.similarity import language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "How do I reset the password of the hub?"),
        ("de", "Wie kann ich das Passwort ändern?"),
        ("fr", "Comment puis-je changer le mot de passe dans mon compte ?"),
        ("es", "¿Cómo puedo cambiar la contraseña de mi cuenta?"),
        ("zh", "如何在 Hub 上重置密码？"),
        ("ja", "Hub のパスワードを再設定するには？"),
        ("ko", "비밀번호를 어떻게 바꾸나요?"),
        ("ru", "Как восстановить пароль?"),
        ("ar", "كيف أعيد تعيين كلمة المرور؟"),
        ("hi", "मैं अपना पासवर्ड कैसे बदलूँ?"),
        (None, "Error 1603"),
        (None, ""),
        (None, "Widget Hub 3.1"),
    ],
)
def test_language(code: str | None, text: str) -> None:
    assert language_of(text) == code
