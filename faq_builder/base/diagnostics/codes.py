"""The table of diagnostic codes. A code is stable, never reused, and explained by `faq explain CODE`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What one kind of finding means, and what to do about it."""

    severity: str  # usual severity: "info", "warning" or "error"
    title: str
    explanation: str


CODES: dict[str, Code] = {
    # 1xx configuration ---------------------------------------------------------------------------------------------
    "FAQ101": Code(
        "error",
        "the configuration cannot be read",
        "mkdocs.yml is missing, is not UTF-8, is not YAML, or has no `faq` block under `plugins:`. Run the command "
        "in the folder of mkdocs.yml, or name the file with `-f`.",
    ),
    "FAQ102": Code(
        "error",
        "a setting has a value that is not allowed",
        "The message names the setting in the `faq` block, and the help line says which values it may have.",
    ),
    "FAQ103": Code(
        "error",
        "a setting is not known",
        "The `faq` block has a key that is not a setting. Usually it is a typing mistake, or the key belongs to "
        "another block.",
    ),
    "FAQ104": Code(
        "warning",
        "a source does not state its permission",
        "Each source says how much of its texts may be published: `full`, `excerpt` or `link`. The default is "
        "`excerpt`, so that nobody's texts are copied by accident. Write `permission: full` if the texts are yours "
        "or their licence allows it.",
    ),
    "FAQ105": Code(
        "error",
        "two sources have the same key",
        "The key of a source is a part of the identity of its threads, so it must be unique. Rename one of the "
        "sources.",
    ),
    "FAQ106": Code(
        "error",
        "a plugin or theme feature does not work with faq",
        "Delete it in mkdocs.yml. Material's `search` plugin would load its whole index with every page, and faq "
        "has its own search; `navigation.instant` would replace pages while that search runs; `use_directory_urls: "
        "false` would change the URL of every page.",
    ),
    "FAQ107": Code(
        "warning",
        "site_url is not set",
        "Feeds, the sitemap, redirects and structured data need the URL of the published site. Write `site_url: "
        "https://faq.example/` in mkdocs.yml.",
    ),
    "FAQ108": Code(
        "error",
        "an argument of a command cannot be used",
        "The message says which argument is wrong, and the help line what it may be.",
    ),
    "FAQ109": Code(
        "error",
        "content/optout.yml is not understood",
        "A mistake in the list of people who must not appear could publish one of them, so it stops the build. Each "
        "entry identifies one account by `id`, `handle` or `profile`, may name a `source`, and says `remove: name` "
        "or `remove: text`. A `source` that is not configured is only a warning, because threads of a source that "
        "you removed may still be there.",
    ),
    "FAQ110": Code(
        "error",
        "the sentence encoder cannot be used",
        "The folder in `group: encoder:` has no `model.onnx` with a `vocab.txt`, the extra `meaning` is not "
        "installed, or the installed weights are not the ones that were measured. Without an encoder (`encoder: "
        "none`), threads are compared by their words.",
    ),
    "FAQ111": Code(
        "warning",
        "level of `merge` from an earlier release",
        "The levels are `certain` (the default: only questions that are the same but for form), `likely` and `off` "
        "(only people merge). `careful` is read as `certain`, `balanced` and `eager` as `likely`, the number 1 as "
        "`off` and any other number as `likely`, because on real forums similarity alone was wrong too often. Write "
        "the level in mkdocs.yml. Published topics stay as they are; `faq check` lists the joins that the level no "
        "longer makes.",
    ),
    # 2xx exports ---------------------------------------------------------------------------------------------------
    "FAQ201": Code(
        "error",
        "an export is missing or cannot be opened",
        "There is no file or folder at the `path` of a source that can be read. Put the export there or correct "
        "`path`. If the source is gone for good, remove it and accept the loss with `--accept-loss SOURCE`.",
    ),
    "FAQ202": Code(
        "error",
        "no format recognises an export",
        "The file names and first bytes of the export match no known format. Check that it is the export itself and "
        "not a saved web page, or set `format:` on the source.",
    ),
    "FAQ203": Code(
        "error",
        "more than one format recognises an export",
        "Two formats recognise the same export. Set `format:` on the source to choose one.",
    ),
    "FAQ204": Code(
        "error",
        "a file of an export cannot be parsed",
        "The file is damaged: cut off, not JSON, or not XML. Export it again. All other files were read.",
    ),
    "FAQ205": Code(
        "error",
        "a file of an export has the wrong encoding",
        "The bytes are not valid UTF-8. Convert the file, or export it again.",
    ),
    "FAQ206": Code(
        "error",
        "an archive is not safe to open",
        "The zip file contains a path outside its own folder, or unpacks to far more data than it should. Nothing "
        "in it was read.",
    ),
    "FAQ207": Code(
        "error",
        "an export or one of its files is empty",
        "There is nothing to read. Export it again, or remove the source.",
    ),
    "FAQ208": Code(
        "error",
        "a file of an export is too large",
        "The file is too large to be read into memory. Split the export into several files.",
    ),
    # 3xx reading ---------------------------------------------------------------------------------------------------
    "FAQ301": Code(
        "warning",
        "an export contains only a part of a conversation",
        "The export says that the conversation has more messages than it contains. Export it again with all pages, "
        "so that the answer is not missing.",
    ),
    "FAQ302": Code(
        "warning",
        "an item of an export was not understood",
        "A required field is missing or has the wrong type. The item was left out and counted.",
    ),
    "FAQ303": Code(
        "warning",
        "a source needs its base URL",
        "The export does not say where it was published, so pages cannot link to the original threads. Set "
        "`base_url:` on the source.",
    ),
    "FAQ304": Code(
        "info",
        "the same thread was read more than once",
        "A thread is in several files. It counts once: a thread file wins over an extract, and a newer export over "
        "an older one.",
    ),
    "FAQ305": Code(
        "error",
        "a source lost published threads",
        "The ledger has threads that are no longer in the source. This is not taken as a deletion, because exports "
        "are often incomplete and chats delete old messages. Restore the threads. To take down an answer on "
        "purpose, keep its file and add a `hide` decision. If the whole source is gone, accept the loss with "
        "`--accept-loss SOURCE`; `faq lock` then records it. If a pipeline runs `faq lock`, set its variable "
        "`FAQ_ACCEPT_LOSS` to the source.",
    ),
    "FAQ306": Code(
        "warning",
        "two sources contain the same threads",
        "Threads of two sources have the same URL, so everybody who asked would count twice. Remove one of the "
        "sources, or correct its `base_url`.",
    ),
    "FAQ307": Code(
        "warning",
        "a file contains something that must not be shown any more",
        "The export says that a thread or a message was deleted, hidden or made private, or its author opted out, "
        "but a thread file still contains it. Builds never change such a file, and imports change no file that a "
        "person wrote or edited. Remove the message from the file, or delete the file.",
    ),
    "FAQ310": Code(
        "info",
        "a file of an export contains no conversation",
        "Many exports also contain lists of topics, categories or search results. The file was not needed. If you "
        "expected a conversation in it, export that conversation itself.",
    ),
    "FAQ330": Code(
        "error",
        "an XML file declares a document type",
        "A document type can define entities that expand without end or read other files, so files with one are "
        "refused. Real exports never have one.",
    ),
    "FAQ331": Code(
        "warning",
        "a table of a Stack Exchange dump is missing",
        "Users.xml, Comments.xml or PostLinks.xml is not in the folder of Posts.xml. The questions are read without "
        "the names of their authors (which the licence requires), without comments, or without duplicate marks.",
    ),
    "FAQ332": Code(
        "warning",
        "accepted answers are missing from a dump",
        "Questions have an accepted answer that is not in the dump: it was deleted later, or the dump is "
        "incomplete. These questions count as unanswered unless another reply is chosen.",
    ),
    "FAQ333": Code(
        "error",
        "an export contains the dumps of several sites",
        "Every Stack Exchange site numbers its questions from 1, so the questions of two sites in one source would "
        "be mixed up. Make each site a source with its own `base_url`.",
    ),
    # 4xx thread files, extracts and imports ------------------------------------------------------------------------
    "FAQ401": Code(
        "error",
        "a thread file cannot be read",
        'The file is empty or not UTF-8. Save it as "UTF-8", not as "Unicode" or "UTF-16", as some editors call '
        "other encodings.",
    ),
    "FAQ402": Code(
        "error",
        "the front matter of a thread is not YAML",
        "Front matter is the `key: value` lines between two lines `---`. Put a value in quotes if it contains `: ` "
        "or ` #`, or begins with `!`, `*`, `&`, `@`, `%` or a backquote; otherwise YAML rejects it or drops a part "
        "of it. YAML tags such as `!ENV` work in mkdocs.yml only.",
    ),
    "FAQ403": Code(
        "error",
        "a thread has a key that is not known",
        "Usually a typing mistake. The keys are title, url, source, id, format, language, tags, versions, "
        "duplicate_of, imported and version.",
    ),
    "FAQ404": Code(
        "error",
        "a thread has no title",
        "The title is the question in one line: `# Why did my red widget break?` at the top, or `title:` in the "
        "front matter.",
    ),
    "FAQ405": Code(
        "error",
        "a thread has two titles",
        "A file contains one thread with one title. Headings inside a message begin with `###`.",
    ),
    "FAQ406": Code(
        "error",
        "a thread does not say where the original is",
        "The site links to the original thread, so each thread needs its URL: `url:` in the front matter, or the "
        "URL alone on the line below the title. A thread without a URL needs an `id:`.",
    ),
    "FAQ407": Code(
        "error",
        "a thread has neither a question nor an answer",
        "The file has a title and nothing else. Write the question below the title, and the reply under `## Answer`.",
    ),
    "FAQ408": Code(
        "error",
        "a heading looks like the heading of a message",
        "`## answer`, `## Answer:` and `### Answer` do not begin a message, so the answer would not be found. Write "
        "exactly `## Answer`. If the heading is part of a message's text, write `## Answer #`, which looks the "
        "same on the page.",
    ),
    "FAQ409": Code(
        "error",
        "the author line of a message is not understood",
        "The line below the heading of a message says who wrote it: `From: Fred (asker) · 2024-05-01 09:12 UTC · 3 "
        "votes · id 12`. Only `From:` is required; the parts are separated by ` · `.",
    ),
    "FAQ410": Code(
        "error",
        "the role of an author is not known",
        "The role is in brackets after the name and is one of asker, helper, staff and bot.",
    ),
    "FAQ411": Code(
        "error",
        "the date of a message is not understood",
        "Write `2024-05-01`, or with the time `2024-05-01 09:12 UTC`. An offset such as +02:00 works too.",
    ),
    "FAQ412": Code(
        "error",
        "the id of a message is not allowed or not unique",
        "An id is unique in its thread and consists of letters, digits, dots, hyphens and underscores. It is part "
        "of the permanent URL of the answer.",
    ),
    "FAQ413": Code(
        "error",
        "a value in the front matter is not allowed",
        "The message names the key, and the help line says which values it may have.",
    ),
    "FAQ414": Code(
        "error",
        "a message of a thread is empty",
        "There is no text below a heading such as `## Answer`. Write the text, or remove the heading.",
    ),
    "FAQ415": Code(
        "error",
        "the messages of a thread are out of order",
        "The question comes first, either below the title or under `## Question`, not both. Every later message is "
        "an `## Answer` or a `## Reply`.",
    ),
    "FAQ416": Code(
        "error",
        "the JSON lines of a message are broken",
        "A text that cannot be written as Markdown is stored as a JSON list of its lines, in a fence that begins "
        "with `json lines`. The list was edited and is no longer JSON.",
    ),
    "FAQ417": Code(
        "error",
        "two thread files contain the same thread",
        "Both files have the same source and id, or the same URL. Delete one of them, or give one of them another "
        "`id:`.",
    ),
    "FAQ418": Code(
        "info",
        "a message replies to a message that does not exist",
        "The other message was deleted, or its id is mistyped. The reply is kept.",
    ),
    "FAQ419": Code(
        "warning",
        "a thread belongs to no configured source",
        "Its URL begins with the `base_url` of no source in mkdocs.yml, or its `source:` is not configured. Its "
        "texts are published in full, as the company's own, so name its source before you publish.",
    ),
    "FAQ420": Code(
        "warning",
        "a file in content/threads is not read",
        "Thread files end in `.md`. This file does not, so nothing in it is published. Rename it, or move it out of "
        "content/threads.",
    ),
    "FAQ421": Code(
        "warning",
        "a heading in a thread begins no message",
        "Replies begin with `## Answer` or `## Reply`, in English for every language. Text under any other heading, "
        "such as `## Solution`, is part of the question, and the thread stays unanswered. Headings inside a "
        "message begin with `###`.",
    ),
    "FAQ450": Code(
        "error",
        "an extract has no valid first line",
        'An extract (*.threads.jsonl) begins with a line such as {"faq_extract": 1, "source": "forum", "format": '
        '"discourse"}. Restore the file from an earlier commit. If there is none, delete it and import the export '
        "again; messages that only the extract had are lost then.",
    ),
    "FAQ451": Code(
        "error",
        "a line of an extract is not understood",
        "The line is not JSON, or not a thread; all other lines were read. If it is a marker of a merge conflict, "
        "the next import removes it. For any other line, restore the file from an earlier commit, or delete it and "
        "import the export again.",
    ),
    "FAQ452": Code(
        "warning",
        "an extract contains a thread twice",
        "Two lines have the same key. The later line counts, and the next import writes only this line.",
    ),
    "FAQ460": Code(
        "info",
        "an edited thread was not overwritten",
        "A person changed the thread file after it was imported, so the import does not touch it. To take the newer "
        "version from the export, delete the file and import again.",
    ),
    "FAQ461": Code(
        "error",
        "a file that cannot be read blocks an import",
        "The file may contain a thread of this import, so that thread was not written. Repair or delete the file, "
        "and import again.",
    ),
    # 5xx redaction and answers -------------------------------------------------------------------------------------
    "FAQ501": Code(
        "info",
        "personal data was removed",
        "A thread contained e-mail addresses, phone numbers, IP addresses, card numbers or account numbers. Pages "
        "show words such as [e-mail removed] instead. You need not do anything, unless the data is in a thread "
        "file: see FAQ504. To keep data of your company, add it to `ours:` in the `faq` block. To keep a text that "
        "is not personal data, add a `public` decision.",
    ),
    "FAQ502": Code(
        "warning",
        "a public message contains a key or a password",
        "The site shows [secret removed] instead, but anybody who reads the original can still use it. Create a new "
        "key, and remove the old one from the original message. If it is not a secret, such as a key in an "
        "example, add a `public` decision with the text and a reason. For keys in thread files see FAQ505.",
    ),
    "FAQ503": Code(
        "info",
        "an opt-out matches no author",
        "An entry in content/optout.yml matches no author of the threads that were read. If this is a typing "
        "mistake, the person is published. If the person never wrote here, or their messages are already gone, "
        "everything is in order.",
    ),
    "FAQ504": Code(
        "warning",
        "a file of the content contains personal data",
        "A file in content/threads or content/topics contains somebody's e-mail address, phone number, card number or "
        "account number; drafts, README files and files that cannot be read as a thread count too. "
        "The site does not show it, so builds only warn; but the file would be committed, and git keeps it for "
        "ever, so `faq check` and the commit hook stop with an error. Replace it by the words in the help line. To "
        "keep data of your company, add it to `ours:` in the `faq` block. To keep a text that is not personal data, "
        "add a `public` decision.",
    ),
    "FAQ505": Code(
        "warning",
        "a file of the content contains a key or a password",
        "A file in content/threads or content/topics contains a key, a token or a password. Drafts, README files and "
        "files that cannot be read as a thread count too. The site shows [secret removed], so "
        "builds only warn; but the file would be committed, and anybody who reads the repository could use the key, "
        "so `faq check` and the commit hook stop with an error. Create a new key, and remove the old one from the "
        "file and from the original message. If it is not a secret, such as a key in an example, add a `public` "
        "decision with the text and a reason.",
    ),
    "FAQ540": Code(
        "error",
        "a decision names a reply without text",
        "An `answer` decision names a message without text, such as one that was only an image or an emoji. Name "
        "another reply, or delete the decision. Until then, the answer is chosen as if there were no decision.",
    ),
    # 6xx decisions, grouping, ledger -------------------------------------------------------------------------------
    "FAQ601": Code(
        "error",
        "a decisions file cannot be read",
        "The file is not UTF-8, is not YAML, or has a duplicate key or a YAML tag such as `!ENV`, which works in "
        "mkdocs.yml only. All decisions in the file are ignored.",
    ),
    "FAQ602": Code(
        "error",
        "a decision is not understood",
        "A file in content/decisions begins with `version: 1` and has a list `decisions:`. Each entry has one kind "
        "(same, apart, answer, unanswered, title, hide, confirm, outdated, note, public) with a URL or a list of "
        "URLs, and a `reason:`. An entry with a mistake is ignored.",
    ),
    "FAQ603": Code(
        "error",
        "decisions contradict each other",
        "Two decisions cannot both be applied: the same threads are `same` and `apart`, a thread has two answers, "
        "or an answer and is `unanswered`, or a topic has two titles. Both are ignored. Delete one of them.",
    ),
    "FAQ604": Code(
        "warning",
        "a decision names nothing that exists",
        "The URL, id or key in a decision is not of a thread, message or page of this FAQ, so the decision has no "
        "effect. Write the URL of the original thread or message, the URL of a page of this FAQ (`/q/.../`), a "
        "topic's id, or a thread key such as `source:id`. A page that is not locked yet has no permanent URL.",
    ),
    "FAQ605": Code(
        "warning",
        "a decision names something of the wrong kind",
        "`answer` and `unanswered` need the URL of a reply, not of a thread, a topic or the question, and the reply "
        "must exist: a reply that was deleted, or whose author opted out, cannot be the answer. `apart` needs "
        "different threads.",
    ),
    "FAQ606": Code(
        "error",
        "a verdict is not understood",
        "Each line of a file of verdicts is a JSON object with the `id` of a review question and one of its choices as "
        "`choice`; `by`, `why` and `machine` say who judged and why. The other lines of the file are carried out.",
    ),
    "FAQ607": Code(
        "error",
        "a verdict is about a question that is not asked",
        "The `id` is of no review question of today. Somebody decided it, or a text changed, so that the verdict may "
        "no longer hold. The other lines of the file are carried out. Judge the questions that `faq review --json` "
        "prints now.",
    ),
    "FAQ620": Code(
        "info",
        "the original of a duplicate is not here",
        "A source marks a thread as a duplicate of another thread that was not exported, is hidden, or is on "
        "another site. The thread was grouped by its own words.",
    ),
    "FAQ621": Code(
        "warning",
        "threads are duplicates of each other in a circle",
        "Each thread is marked as a duplicate of the next, or answered with a link to it, so none is the original. "
        "They are one topic, and the thread that was asked first counts as the original.",
    ),
    "FAQ622": Code(
        "info",
        "two published topics may be one",
        "A source marks a thread of one topic as a duplicate of a thread of the other, or a reply links there. Both "
        "topics have a permanent URL, so a person has to decide: add a `same` or an `apart` decision.",
    ),
    "FAQ623": Code(
        "warning",
        "a reply links to a page of this FAQ that never existed",
        "Somebody answered with a link to a URL that this FAQ never published: a typing mistake, or the URL of a "
        "preview. People who follow it find nothing. Correct the link in the original reply.",
    ),
    "FAQ624": Code(
        "warning",
        "a newer reply contradicts a published answer",
        "A reply is newer than the answer on a page and says that the answer no longer works, such as `no longer "
        "works since 4.2`. Decide: the reply is the better `answer`, the page is `outdated`, or the answer still "
        "holds. In the last case, add a `confirm` decision with today's date.",
    ),
    "FAQ625": Code(
        "warning",
        "an answer in content/topics belongs to no topic",
        "A file in content/topics has the id of a topic as its name (`faq topics` and `faq why` print ids). No "
        "published topic has this id, or its topic was merged into one that has a file of its own.",
    ),
    "FAQ626": Code(
        "error",
        "an answer in content/topics cannot be read",
        "The file is not UTF-8, has no text below its front matter, or has a mistake in its front matter. The front "
        "matter may have `by:` and `date:`; all text below it is the answer.",
    ),
    "FAQ627": Code(
        "info",
        "leading answer that denies something the headline does not ask",
        "The first answer on a page begins with a word such as `No`, `Not at all`, `Nobody` or `Nein`, but it replies "
        "to the asker's last sentence and not to the headline. The page shows that sentence above the answer. A "
        "`title` that the answer replies to, or another `answer`, reads better; a `confirm` decision ends the report.",
    ),
    "FAQ640": Code(
        "error",
        "a line of the ledger is not understood",
        "A line is not JSON, or a required field is missing. Published URLs would be lost, so `faq lock` refuses to "
        "run until the line is restored from an earlier commit.",
    ),
    "FAQ641": Code(
        "error",
        "the ledger cannot be read",
        "content/ledger.jsonl cannot be opened or is not UTF-8. Restore it from the last commit.",
    ),
    "FAQ642": Code(
        "error",
        "a topic is not in the ledger",
        "With `--locked`, only topics with a permanent URL are published. Run `faq lock` and commit the ledger.",
    ),
    "FAQ643": Code(
        "warning",
        "the ledger was repaired while it was read",
        "A merge left conflict markers, duplicate lines, or two lines with the same thread or slug. Both sides were "
        "combined, and no URL was lost. `faq lock` writes the repaired ledger.",
    ),
    "FAQ644": Code(
        "warning",
        "the fit of the search cannot be read",
        "content/search.fit is damaged, or another version of faq_builder wrote it. The site is built with a search "
        "that finds words but not their meaning. Restore a damaged file from the last commit, or run `faq lock`, "
        "which trains a new fit if the extra `meaning` is installed.",
    ),
    "FAQ645": Code(
        "warning",
        "a published topic has threads that would not join it today",
        "Only the ledger keeps these threads in the topic: an earlier release or another `merge` level put them there "
        "because their wording is similar, or because of a duplicate mark or a link whose texts do not agree. Nothing "
        "changes by itself. If they ask the same, add a `same` decision. If not, `faq lock --replace` takes them out: "
        "the URL stays with the half that holds the main answer, and its page links to the others.",
    ),
    # 7xx writing, pages, gate, search log --------------------------------------------------------------------------
    "FAQ701": Code(
        "error",
        "two files of the site have the same path",
        "Two files would be written to the same path, or to paths that differ only in upper and lower case, which "
        "many file systems take for the same. The first file was written. Rename the page or file in content/pages.",
    ),
    "FAQ702": Code(
        "error",
        "the site folder contains other files",
        "faq deletes files in the site folder that an earlier build wrote and this build did not. So it refuses a "
        "folder that already contains other files, and a folder with a link to a place outside it. Empty the folder, "
        "or set another `site_dir:` in mkdocs.yml.",
    ),
    "FAQ703": Code(
        "error",
        "the theme changes a page's title, description or body so that it cannot be filled in",
        "MkDocs renders a page once, and faq fills each answer into a copy. A template or a plugin printed one of "
        "the slots unescaped, inside a script, shortened, or not at all. Print `page.meta.title` and `page.content` "
        "as Material does; in scripts use the filter `tojson`.",
    ),
    "FAQ704": Code(
        "error",
        "a change to the theme's pages cannot be applied",
        "faq corrects a few faults in the pages of Material. A template in `custom_dir`, or another version of "
        "Material, no longer has the part of the page that the change in the message replaces.",
    ),
    "FAQ705": Code(
        "error",
        "a link to a topic has no target",
        "A link `faq:ID` in content/pages names a topic by its id, but no published topic has this id. `faq topics "
        "--json` lists the ids.",
    ),
    "FAQ706": Code(
        "error",
        "a page asks for a part that does not exist",
        "faq replaces `<!-- faq:NAME -->` in content/pages by a part of the page. The help line lists the names.",
    ),
    "FAQ707": Code(
        "error",
        "the theme is not Material",
        "The pages of faq are made for Material for MkDocs. Write `theme: {name: material}` in mkdocs.yml.",
    ),
    "FAQ708": Code(
        "error",
        "the pages of MkDocs could not be built",
        "MkDocs or another plugin stopped the build: a setting in mkdocs.yml is unknown, or a page in content/pages "
        "or a template has a mistake. The error of MkDocs is printed above this finding.",
    ),
    "FAQ730": Code(
        "info",
        "faq's own words are not available in the site's language",
        "Questions and answers stay in their own language, but the words around them, such as `Related questions`, "
        "are English until somebody adds a table of labels next to `faq_builder/render/labels_en.py`.",
    ),
    "FAQ770": Code(
        "error",
        "there is no published manifest to compare with",
        "Each build writes faq-manifest.json into the site: all its URLs and what they show. `faq gate` compares "
        "the manifest of the published site with the new one. Download it from the site, or use `--first` if "
        "nothing was ever published.",
    ),
    "FAQ771": Code(
        "error",
        "a manifest cannot be read",
        "faq-manifest.json is incomplete: the download was cut off, the host answered with an error page, or "
        "somebody edited it. Without it, nobody knows which URLs must be kept, so nothing may be published.",
    ),
    "FAQ772": Code(
        "error",
        "a manifest is from a newer version",
        "A newer version of faq_builder published the site. This version cannot read which URLs must be kept.",
    ),
    "FAQ773": Code(
        "error",
        "the site folder has no manifest",
        "`faq gate` checks a site that was built. Run `faq build` first, or name its folder with `--site-dir`.",
    ),
    "FAQ774": Code(
        "error",
        "a URL of the published site is gone",
        "A published URL must never disappear, because search engines and bookmarks point to it. A topic keeps its "
        "URL through its line in content/ledger.jsonl, even if it is merged or withdrawn. If you remove a page of "
        "your own, replace it by a page that redirects.",
    ),
    "FAQ775": Code(
        "error",
        "a source lost answered topics",
        "Answers on the published site are missing in the new one, and no decision or opt-out removed them: an "
        "export is missing or incomplete, or a file is damaged. Restore it. If the loss is intended, accept it with "
        "`--accept-loss SOURCE`.",
    ),
    "FAQ776": Code(
        "warning",
        "the site moved",
        "`site_url` differs from that of the published site. All URLs change, and only the old host can redirect to "
        "the new ones.",
    ),
    "FAQ777": Code(
        "warning",
        "a list of the published site is gone",
        "It is the page of a tag or place that has no questions any more, or a numbered page of a list that became "
        "shorter. Lists depend on topics, so this does not stop publishing.",
    ),
    "FAQ778": Code(
        "error",
        "a redirect has no target",
        "A former URL redirects to a page that the site does not have. No build writes such a manifest: it was "
        "edited, or this is a bug.",
    ),
    "FAQ779": Code(
        "error",
        "a page in the manifest is not in the site folder",
        "Something deleted files after the build, or two builds wrote into the same folder. Build again.",
    ),
    "FAQ780": Code(
        "warning",
        "an accepted loss did not happen",
        "`--accept-loss` names a source that lost nothing. If it stays in a pipeline, it hides a later loss.",
    ),
    "FAQ781": Code(
        "error",
        "the site is already published",
        "`--first` says that nothing was ever published, but there is a manifest to compare with. Leave out `--first`.",
    ),
    "FAQ790": Code(
        "warning",
        "a line of a search log cannot be read",
        'Each line of a log for `faq misses` is a JSON object such as `{"query": "is it waterproof?", "results": '
        "0}`, as the pages of the site send it (`misses` in mkdocs.yml); other keys are ignored. This line is cut "
        "off, has another form, or was sent by somebody who tested the endpoint. It is left out, and all other "
        "lines are read.",
    ),
}
