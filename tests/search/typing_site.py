"""An invented company's site in many languages, and what people type there, with the topic that should come first.

The queries were written before the search was tried on them.
"""

from indexes import document

from faq_builder.search import Document

# language, slug, question, answer
_TOPICS = (
    ("en", "rain", "Is the red widget waterproof?", "No. Rain makes it shatter; keep it indoors."),
    (
        "en",
        "boots",
        "Which boots come with the widget?",
        "They are made of water resistant leather, tested as 40 °C proof.",
    ),
    ("en", "newsletter", "How do I stop the e-mail newsletter?", "Follow the link at its end to unsubscribe."),
    ("en", "wifi", "The hub does not join my wi-fi", "Set the router to 2.4 GHz."),
    ("en", "login", "I cannot log in to my account", "Reset the password first."),
    ("en", "e1234", "Error E1234 when the hub starts", "Update the firmware to v2.1.3."),
    ("en", "e1243", "Error E1243 while charging", "The battery is too cold."),
    ("en", "e12", "What does E12 mean?", "The lid is open."),
    ("en", "kb", "Update KB5034441 fails with 0x80070643", "Enlarge the recovery partition."),
    ("en", "param", "Installer says 0x80070057", "Run it with --dry-run first, then without."),
    ("en", "refused", "Browser shows ERR_CONNECTION_REFUSED", "The hub's web server is off. Switch it on in Settings."),
    ("en", "cpp", "Is there an interface for C++?", "Yes, a header file."),
    ("en", "csharp", "Is there an interface for C#?", "Yes, a package."),
    ("en", "dotnet", "Which .NET version does the tool need?", "Version 8."),
    ("en", "node", "Can I use node.js with the hub?", "Yes, with the module hub-client."),
    ("en", "release421", "What is new in release 4.2.1?", "It fixes the clock."),
    ("en", "release410", "What is new in release 4.10?", "It adds a calendar."),
    (
        "en",
        "path",
        "Where is the log file?",
        "On Linux in /var/log/widgethub/hub.log, on Windows in C:\\ProgramData\\WidgetHub.",
    ),
    ("en", "storage", "How much storage has the hub mini?", "The hub mini has 64 GB and room for a card."),
    ("en", "batteries", "How long do batteries last?", "About two years."),
    ("en", "returns", "How do I return a widget?", "Within 30 days, in its box."),
    ("en", "firmware-en", "Firmware update", "Hold the button for ten seconds."),
    ("de", "firmware-de", "Firmware Update", "Zehn Sekunden lang den Knopf halten."),
    ("fr", "firmware-fr", "Firmware update", "Appuyez sur le bouton pendant dix secondes."),
    ("de", "schluessel", "Welcher Schlüssel passt für die Schrauben?", "Ein Sechskant mit 5 mm."),
    ("de", "ladekabel", "Ist das Ladekabel im Lieferumfang?", "Ja, ein Meter lang."),
    ("de", "gehaeuse", "Wie öffne ich das Gehäuse?", "Mit einer Münze."),
    ("de", "rechnungen", "Wo finde ich meine Rechnungen?", "Im Kundenkonto unter Bestellungen."),
    ("de", "strasse", "Meine Straße fehlt auf der Karte", "Die Karten werden im Herbst erneuert."),
    ("fr", "annuler", "Comment annuler une commande ?", "Dans votre compte, avant l’expédition."),
    ("fr", "chevaux", "Les widgets font peur aux chevaux", "Réduisez le volume des signaux sonores."),
    ("fr", "ete", "L'appareil chauffe en été", "Gardez-le à l'ombre."),
    ("es", "contrasena", "¿Cómo cambio la contraseña?", "En los ajustes de la cuenta."),
    ("es", "baterias", "Las baterías duran poco", "Apague la luz de noche."),
    ("it", "garanzia", "Quanto dura la garanzia dei prodotti?", "Due anni."),
    ("pt", "botoes", "Os botões não respondem", "Limpe os contatos."),
    ("nl", "lampen", "De lampen knipperen steeds", "Vervang de trafo."),
    ("sv", "knappar", "Knapparna fastnar", "Rengör dem försiktigt."),
    ("da", "lade", "Må jeg lade widgeten på båden?", "Ja, med 12 V."),
    ("fi", "takuu", "Kuinka pitkä takuu laitteella on?", "Kaksi vuotta."),
    ("pl", "zwrot", "Jak zwrócić uszkodzone urządzenia?", "Wyślij je w ciągu 30 dni."),
    ("ru", "batareya", "Как заменить батарею?", "Откройте крышку отвёрткой."),
    ("ru", "schet", "Где мой счёт за подписку?", "В личном кабинете."),
    ("el", "egiisi", "Πόσο διαρκεί η εγγύηση;", "Δύο χρόνια."),
    ("ar", "daman", "ما هي مدة الضمان على الأجهزة؟", "سنتان من تاريخ الشراء."),
    ("ar", "maktaba", "كيف أصل إلى المكتبة؟", "من القائمة الرئيسية."),
    ("he", "acharayut", "מה תקופת האחריות?", "שנתיים."),
    ("hi", "varanti", "वारंटी कितने समय की है?", "दो साल।"),
    ("tr", "isik", "Işık neden yanıp sönüyor?", "Pil zayıf."),
    ("vi", "baohanh", "Thời gian bảo hành là bao lâu?", "Hai năm."),
    ("zh", "fangshui", "红色小部件防水吗？", "不防水，请放在室内。"),
    ("zh", "dianchi", "如何更换电池？", "打开后盖。"),
    ("ja", "bousui", "ウィジェットは防水ですか", "青いウィジェットは防水です。"),
    ("ja", "server", "サーバーに接続できません", "設定を確認してください。"),
    ("ko", "baesong", "배송은 얼마나 걸리나요?", "사흘 걸립니다."),
    ("th", "prakan", "สินค้ารับประกันกี่ปี", "สองปี"),
)

_PASTED = """Hello everybody, and thanks a lot in advance for your time! I hope this is the right place to ask, if not
please move it. I bought the hub last Thursday from your shop, and it worked wonderfully for the whole weekend, my
children loved it. Since yesterday evening though something strange happens whenever I press the big green button: the
display goes dark for some seconds, then the following appears in the log, and nothing else happens then.

2024-05-17 21:03:11.482 [main] INFO  scheduler.TaskRunner - starting 14 workers
2024-05-17 21:03:12.001 [worker-3] WARN  net.Channel - retrying in 250ms (attempt 1 of 5)
2024-05-17 21:03:14.118 [worker-3] ERROR boot.Sequence - E1234 at 0x7ffd9a3c1b20
java.lang.IllegalStateException: unexpected null in com.example.boot.Sequence.run(Sequence.java:118)
    at com.example.boot.Main.main(Main.java:22)

Has anybody seen this before? Any help is greatly appreciated. Kind regards from the seaside, yours sincerely, Fred"""

# what is typed, the topic that should be first
QUERIES = (
    # compound words
    ("water proof", "rain"),
    ("is it water-proof?", "rain"),
    ("waterresistant", "boots"),
    ("water-resistant", "boots"),
    ("email newsletter", "newsletter"),
    ("e mail", "newsletter"),
    ("e-mail", "newsletter"),
    ("wifi", "wifi"),
    ("wi fi", "wifi"),
    ("cannot login", "login"),
    ("Schraubenschlüssel", "schluessel"),
    ("schraubenschluessel", "schluessel"),
    ("Kabel zum Laden", "ladekabel"),
    ("lade kabel", "ladekabel"),
    # codes and versions
    ("E1234", "e1234"),
    ("e1243", "e1243"),
    ("error E-1234", "e1234"),
    ("E12", "e12"),
    ("0x80070057", "param"),
    ("KB5034441", "kb"),
    ("KB 5034441", "kb"),
    ("update fails 0x80070643 how do I fix it", "kb"),
    ("--dry-run", "param"),
    ("ERR_CONNECTION_REFUSED", "refused"),
    ("err_connection_refused", "refused"),
    ("C++", "cpp"),
    ("C#", "csharp"),
    (".NET", "dotnet"),
    ("node.js", "node"),
    ("nodejs", "node"),
    ("v2.1.3", "e1234"),
    ("2.1.3", "e1234"),
    ("4.2.1", "release421"),
    ("4.2", "release421"),
    ("4.10", "release410"),
    ("release v4.10", "release410"),
    ("/var/log/widgethub/hub.log", "path"),
    ("C:\\ProgramData\\WidgetHub\\", "path"),
    ("hub mini 64gb", "storage"),
    ("64 GB", "storage"),
    ("which interface is there for the tool in C++", "cpp"),
    (_PASTED, "e1234"),
    # plurals and other forms
    ("battery", "batteries"),
    ("battery's life", "batteries"),
    ("returning widgets", "returns"),
    ("Rechnung", "rechnungen"),
    ("Bestellung", "rechnungen"),
    ("annulation de commandes", "annuler"),
    ("cheval", "chevaux"),
    ("signal sonore", "chevaux"),
    ("cambiar contraseñas", "contrasena"),
    ("batería", "baterias"),
    ("garanzie prodotto", "garanzia"),
    ("botão", "botoes"),
    ("lamp knippert", "lampen"),
    ("knapp", "knappar"),
    ("båd", "lade"),
    ("zwrot urządzenia", "zwrot"),
    ("laitteen takuu", "takuu"),
    ("замена батареи", "batareya"),
    ("батарея", "batareya"),
    # accents and other spellings
    ("gehause", "gehaeuse"),
    ("Gehaeuse oeffnen", "gehaeuse"),
    ("STRASSE", "strasse"),
    ("strasse karte", "strasse"),
    ("l'ete", "ete"),
    ("contrasena", "contrasena"),
    ("счет", "schet"),
    ("εγγυηση", "egiisi"),
    ("ΕΓΓΎΗΣΗ", "egiisi"),
    ("isik", "isik"),
    ("IŞIK", "isik"),
    ("thoi gian bao hanh", "baohanh"),
    ("bảo hành", "baohanh"),
    ("ｗｉ－ｆｉ", "wifi"),
    # other scripts
    ("小部件防水", "fangshui"),
    ("电池", "dianchi"),
    ("池", "dianchi"),
    ("换电池 widget", "dianchi"),
    ("接続", "server"),
    ("ｻｰﾊﾞｰ", "server"),
    ("サーバ 接続", "server"),
    ("배송", "baesong"),
    ("배송 얼마나", "baesong"),
    ("รับประกัน", "prakan"),
    ("ضمان", "daman"),
    ("الضمان", "daman"),
    ("مكتبه", "maktaba"),
    ("المكتبة", "maktaba"),
    ("اجهزة", "daman"),
    ("أَجْهِزَة", "daman"),
    ("אחריות", "acharayut"),
    ("תְּקוּפַת", "acharayut"),
    ("वारंटी", "varanti"),
)

# the language of the visitor, what is typed, the topic that should be first
OWN_LANGUAGE = (
    ("en", "firmware update", "firmware-en"),
    ("de", "firmware update", "firmware-de"),
    ("fr-CA", "firmware update", "firmware-fr"),
    ("de", "error e1234", "e1234"),
    ("ja", "防水", "bousui"),
    ("zh-TW", "防水", "fangshui"),
)


def site() -> list[Document]:
    """All topics."""
    return [document(question, answer, slug=slug, language=language) for language, slug, question, answer in _TOPICS]
