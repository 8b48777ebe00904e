"""The table of diagnostic codes. A code is stable, never reused, and explained by `faq explain CODE`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What one kind of finding means: its usual severity, a title, and an explanation with the way out."""

    severity: str  # "info", "warning" or "error"
    title: str
    explanation: str


CODES: dict[str, Code] = {
    # 1xx configuration -------------------------------------------------------------------------------------------
    "FAQ101": Code(
        "error",
        "the configuration cannot be read",
        "mkdocs.yml is missing, is not UTF-8, is not YAML, or has no `faq` block under `plugins:`. Run the command in "
        "the folder of mkdocs.yml or name it with `-f`.",
    ),
    "FAQ102": Code(
        "error",
        "a setting has a value that is not allowed",
        "The value of a setting in the `faq` block is of the wrong kind. The message names the setting and the help "
        "line the values that are allowed.",
    ),
    "FAQ103": Code(
        "error",
        "a setting is not known",
        "The `faq` block holds a key that no version of faq_builder knows; usually a typing mistake.",
    ),
    "FAQ104": Code(
        "warning",
        "a source does not state its permission",
        "Each source says what may be published of it: `full`, `excerpt` or `link`. Unset means excerpt, so that "
        "nothing is taken over by accident. Write `permission: full` when the texts are yours or their licence allows.",
    ),
    "FAQ105": Code(
        "error",
        "two sources have the same key",
        "A source's key is half of each thread's identity and must be unique. Rename one of them.",
    ),
    "FAQ106": Code(
        "error",
        "a plugin or theme feature does not work with faq",
        "Material's `search` plugin loads its whole index on every page view, and `navigation.instant` swaps pages "
        "under the search client. Take it out of mkdocs.yml; faq brings its own search.",
    ),
    "FAQ107": Code(
        "warning",
        "site_url is not set",
        "Feeds, the sitemap, redirects and structured data need the address under which the site will be published. "
        "Write `site_url: https://faq.example/` in mkdocs.yml.",
    ),
    "FAQ108": Code(
        "error",
        "a command was given something that it cannot use",
        "The message says which argument is wrong and the help line what it may be.",
    ),
    "FAQ109": Code(
        "error",
        "content/optout.yml is not understood",
        "A mistake in the list of people who must not appear could publish one of them, so it stops the build. Each "
        "entry names one account by `id`, `handle` or `profile`, says in which `source`, and `remove: name` or `text`. "
        "A `source` that is not configured is a warning only: threads of a place that is gone may still be there.",
    ),
    "FAQ110": Code(
        "error",
        "the sentence encoder cannot be used",
        "`group: encoder:` names a folder that holds no `model.onnx` with a `vocab.txt`, the extra `meaning` is not "
        "installed, or the installed weights are not those that were measured. Without an encoder (`encoder: none`) "
        "threads are compared by their words.",
    ),
    # 2xx exports -------------------------------------------------------------------------------------------------
    "FAQ201": Code(
        "error",
        "an export is missing or cannot be opened",
        "The path of a source names nothing that can be read. Put the export there, correct `path`, or remove the "
        "source and accept the loss with `--accept-loss SOURCE`.",
    ),
    "FAQ202": Code(
        "error",
        "no format recognises an export",
        "The names and first bytes of the export match none of the known formats. Check that it is the export itself "
        "(not a page that was saved), or set `format:` on the source.",
    ),
    "FAQ203": Code(
        "error",
        "more than one format recognises an export",
        "Two formats claim the same export. Set `format:` on the source to choose one.",
    ),
    "FAQ204": Code(
        "error",
        "a file of an export cannot be parsed",
        "A file is broken: cut off, not JSON, not XML. Export it again. The other files were read.",
    ),
    "FAQ205": Code(
        "error",
        "a file of an export is not in the encoding it should be",
        "The bytes are not valid UTF-8. Convert the file or export it again.",
    ),
    "FAQ206": Code(
        "error",
        "an archive is not safe to open",
        "The zip holds a path that leaves its folder, or unpacks to far more than it should. Nothing of it was read.",
    ),
    "FAQ207": Code(
        "error",
        "an export or a file of it is empty",
        "There is nothing to read. Export it again, or remove the source.",
    ),
    "FAQ208": Code(
        "error",
        "a file of an export is too large",
        "The file is larger than what can be read into memory at once. Split the export into several files.",
    ),
    # 3xx reading -------------------------------------------------------------------------------------------------
    "FAQ301": Code(
        "warning",
        "an export holds only a part of a conversation",
        "The export says that there are more messages than it holds. Export again with all pages, so that the answer "
        "is not missing.",
    ),
    "FAQ302": Code(
        "warning",
        "an item of an export was not understood",
        "A required field is missing or of the wrong kind. The item was left out and counted.",
    ),
    "FAQ303": Code(
        "warning",
        "a source needs its base address",
        "The export does not say where it was published, so links back cannot be made. Set `base_url:` on the source.",
    ),
    "FAQ304": Code(
        "info",
        "the same thread arrived more than once",
        "A thread was found in several inputs. A curated Markdown file wins over an extract, a newer export over an "
        "older one; it is counted once.",
    ),
    "FAQ305": Code(
        "error",
        "a source lost threads that were published",
        "Threads that the ledger knows are no longer in the source. Exports get cut and chats forget, so this is not "
        "taken as a deletion, and neither is a deleted file: to take an answer out, keep its file and write a `hide` "
        "decision. Restore what is missing. Where the loss is meant, because a place closed, accept it with "
        "`--accept-loss SOURCE`: `faq lock` then remembers it. Where a pipeline locks, name the source there, as its "
        "`FAQ_ACCEPT_LOSS`.",
    ),
    "FAQ306": Code(
        "warning",
        "two sources hold the same threads",
        "Threads of two sources have the same address, so everybody who asked would count twice. Take one of the "
        "sources out, or correct its `base_url`.",
    ),
    "FAQ307": Code(
        "warning",
        "a file holds something that may not be shown any more",
        "The export says that a thread or a message was deleted, hidden or made private, and a Markdown file still has "
        "it; or somebody who wrote in it opted out. Builds change no such file, and imports none that a person wrote "
        "or changed: take it out, or delete the file.",
    ),
    "FAQ310": Code(
        "info",
        "a file of an export holds no conversation",
        "Lists of topics, categories and search results lie beside the conversations in many exports. The file was not "
        "needed. If you expected a conversation in it, export that conversation itself.",
    ),
    "FAQ330": Code(
        "error",
        "an XML file declares a document type",
        "A document type may define entities that expand without end or reach for other files, so such a file is "
        "refused. Real exports never declare one.",
    ),
    "FAQ331": Code(
        "warning",
        "a Stack Exchange dump lacks a table",
        "Users.xml, Comments.xml or PostLinks.xml is not beside Posts.xml. The questions are read without the names of "
        "their authors (which the licence wants shown), without comments, or without duplicate marks.",
    ),
    "FAQ332": Code(
        "warning",
        "accepted answers are missing from a dump",
        "Questions name an accepted answer that the dump does not hold: it was deleted since, or the dump was cut. "
        "Those questions count as unanswered unless another reply is chosen.",
    ),
    "FAQ333": Code(
        "error",
        "an export holds the dumps of several sites",
        "Each Stack Exchange site counts its questions from 1, so two sites in one source would be taken for one "
        "another. Make each site a source of its own, with its own `base_url`.",
    ),
    # 4xx Markdown threads, extracts and imports ----------------------------------------------------------------------
    "FAQ401": Code(
        "error",
        "a Markdown thread cannot be read",
        'The file is empty or not UTF-8; editors call the right choice "UTF-8", not "Unicode" or "UTF-16". Save it '
        "again.",
    ),
    "FAQ402": Code(
        "error",
        "the front matter of a thread is not YAML",
        "Front matter stands between two lines `---` and holds `key: value` lines. A value with `: ` or ` #` in it, or "
        "with `!`, `*`, `&`, `@`, `%` or a backquote at its beginning, must stand in quotes, else YAML breaks it or "
        "drops a part. YAML tags such as `!ENV` are for mkdocs.yml only.",
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
        "The title is the question in one line: `# Why did my red widget break?` above everything else, or `title:` "
        "in the front matter.",
    ),
    "FAQ405": Code(
        "error",
        "a thread has two titles",
        "A file holds one thread, and its title stands once. Headings within a text begin with `###`.",
    ),
    "FAQ406": Code(
        "error",
        "a thread does not say where the original is",
        "The site leads people back to the original discussion, so each thread needs its address: `url:` in the "
        "front matter, or the address alone on the line below the title. A thread without an address needs an "
        "`id:`.",
    ),
    "FAQ407": Code(
        "error",
        "a thread holds neither a question nor an answer",
        "There is a title and nothing else. Write the question below it, and the reply under `## Answer`.",
    ),
    "FAQ408": Code(
        "error",
        "a heading is nearly the heading of a message",
        "`## answer`, `## Answer:` and `### Answer` look like the beginning of a message and are none, so the "
        "answer would not be found. Write `## Answer` exactly. Where the heading is part of somebody's text, write "
        "`## Answer #`, which looks the same.",
    ),
    "FAQ409": Code(
        "error",
        "the line with the author of a message is not understood",
        "The line below a message's heading says who wrote it: `From: Fred (asker) · 2024-05-01 09:12 UTC · 3 votes "
        "· id 12`. All parts but `From:` may be left out; they are separated by ` · `.",
    ),
    "FAQ410": Code(
        "error",
        "the role of an author is not known",
        "The role stands in brackets behind the name and is one of asker, helper, staff and bot.",
    ),
    "FAQ411": Code(
        "error",
        "the date of a message is not understood",
        "Write `2024-05-01`, or with the time `2024-05-01 09:12 UTC`; an offset such as +02:00 is understood too.",
    ),
    "FAQ412": Code(
        "error",
        "the id of a message is not allowed or stands twice",
        "An id is unique in its thread and made of letters, digits, dots, hyphens and underscores. It is a part of "
        "the answer's permanent address.",
    ),
    "FAQ413": Code(
        "error",
        "a value in the front matter is not allowed",
        "The message names the key, and the help line what may stand there.",
    ),
    "FAQ414": Code(
        "error",
        "a message of a thread is empty",
        "A heading such as `## Answer` has nothing below it. Write the text, or remove the heading.",
    ),
    "FAQ415": Code(
        "error",
        "the messages of a thread are out of order",
        "The question comes first: either below the title or under `## Question`, never both. Everything after it "
        "is `## Answer` or `## Reply`.",
    ),
    "FAQ416": Code(
        "error",
        "the list of lines of a message is broken",
        "A text that cannot stand as Markdown is written as a JSON list of its lines, in a fence that begins with "
        "`json lines`. The list was changed by hand and is no longer JSON.",
    ),
    "FAQ417": Code(
        "error",
        "two Markdown files hold the same thread",
        "Both have the same source and id, or the same address. Keep one of them.",
    ),
    "FAQ418": Code(
        "info",
        "a message replies to one that is not there",
        "The message it names was deleted, or the id is mistyped. The reply is kept.",
    ),
    "FAQ419": Code(
        "warning",
        "a thread belongs to no configured source",
        "Its address begins like none of the sources in mkdocs.yml, or its `source:` names none. Its texts are "
        "treated as those of a source without settings: only excerpts are published.",
    ),
    "FAQ420": Code(
        "warning",
        "a file among the threads is not read",
        "Threads are files that end in .md. This one ends otherwise, so nothing of it is published. Rename it, or keep "
        "it outside content/threads.",
    ),
    "FAQ421": Code(
        "warning",
        "a heading in a thread begins no message",
        "A reply stands under `## Answer` or `## Reply`, in English whatever the language of the texts is. Under any "
        "other heading, such as `## Solution`, it is a part of the question, and the thread waits for an answer. A "
        "heading within a text begins with `###`.",
    ),
    "FAQ450": Code(
        "error",
        "an extract has no valid first line",
        'An extract (*.threads.jsonl) begins with a line such as {"faq_extract": 1, "source": "forum", "format": '
        '"discourse"}. Restore it from an earlier commit. Where there is none, delete it and import the export again; '
        "messages that only the extract held are lost then.",
    ),
    "FAQ451": Code(
        "error",
        "a line of an extract is not understood",
        "The line is not JSON, or not a thread; the other lines were read. The marks of a merge conflict go with the "
        "next import. For any other line restore the file from an earlier commit, or delete it and import the export "
        "again.",
    ),
    "FAQ452": Code(
        "warning",
        "an extract holds a thread twice",
        "Two lines have the same key; the later one counts, and the next import writes only it.",
    ),
    "FAQ460": Code(
        "info",
        "a curated thread was left alone",
        "The thread was changed by a person since it was imported, so the import does not touch it. Delete the file "
        "and import again to take the newer export.",
    ),
    "FAQ461": Code(
        "error",
        "a file that cannot be read stands in the way of an import",
        "The file may hold a thread of this import, so that thread was not written. Mend or delete the file and "
        "import again.",
    ),
    # 5xx redaction and answers -----------------------------------------------------------------------------------
    "FAQ501": Code(
        "info",
        "personal data was taken out",
        "Mail addresses, phone numbers, internet addresses, card or account numbers of people stood in a thread and "
        "were replaced by words such as [e-mail removed]. Nothing needs to be done, unless they stand in the Markdown "
        "file of a thread: see FAQ504. What is the company's own is kept when it stands under `ours:` in the `faq` "
        "block; a string that is no personal data is kept by a `public` decision.",
    ),
    "FAQ502": Code(
        "warning",
        "a key or a password stands in a public message",
        "It was replaced by [secret removed] on the site, but whoever reads the original can still use it. Rotate the "
        "key and mend the original message. If it is no secret, such as the key of an example, write a `public` "
        "decision with the string and a reason. A key in the Markdown file of a thread is FAQ505.",
    ),
    "FAQ503": Code(
        "info",
        "an opt-out names nobody who wrote",
        "An entry of content/optout.yml matches no author in the threads that were read. A typing mistake would "
        "publish the person. If they never wrote here, or their messages are already gone, all is well.",
    ),
    "FAQ504": Code(
        "warning",
        "personal data stands in the file of a thread",
        "The e-mail address, phone number, card number or account number of a person stands in a Markdown file of "
        "content/threads. The site does not show it, so builds only warn; but the file would be committed, and git "
        "keeps it for ever, so it is an error in `faq check`, which the commit hook runs. Write the words of the help "
        "line in its place. What is the company's own is kept when it stands under `ours:` in the `faq` block; a "
        "string that is no personal data is kept by a `public` decision.",
    ),
    "FAQ505": Code(
        "warning",
        "a key or a password stands in the file of a thread",
        "A key, a token or a password stands in a Markdown file of content/threads. The site shows [secret removed], "
        "so builds only warn; but the file would be committed, and whoever reads the repository could use it, so it is "
        "an error in `faq check`, which the commit hook runs. Make a new key, and take the old one out of the file "
        "and of the original message. If it is no secret, such as the key of an example, write a `public` decision "
        "with the string and a reason.",
    ),
    "FAQ540": Code(
        "error",
        "a decision names a reply without a text",
        "An `answer` decision names a message whose text is empty, such as one that was only an image or an emoji. "
        "Name another reply, or delete the decision; until then the answer is chosen as if there were none.",
    ),
    # 6xx decisions, grouping, ledger -------------------------------------------------------------------------------
    "FAQ601": Code(
        "error",
        "a file of decisions cannot be read",
        "The file is not UTF-8, is not YAML, or holds something twice or a YAML tag such as `!ENV`, which is for "
        "mkdocs.yml only. No decision of a broken file is obeyed.",
    ),
    "FAQ602": Code(
        "error",
        "a decision is not understood",
        "A file in content/decisions begins with `version: 1` and holds a list `decisions:`. Each entry has one kind "
        "(same, apart, answer, title, hide, confirm, outdated, note, public) with an address or a list of them, and a "
        "`reason:`. An entry with a mistake is left out.",
    ),
    "FAQ603": Code(
        "error",
        "decisions contradict each other",
        "Two decisions cannot both be obeyed: the same threads are declared same and apart, a thread gets two answers, "
        "or a topic two titles. Neither is obeyed; delete one of them.",
    ),
    "FAQ604": Code(
        "warning",
        "an address in a decision leads nowhere",
        "The address is no thread, message or page that this FAQ knows, so the decision has no effect there. Give the "
        "address of the original discussion or message, of a page of this FAQ (`/q/.../`), a topic's id, or a thread "
        "key as `source:id`. A page that was never locked has no address yet.",
    ),
    "FAQ605": Code(
        "warning",
        "an address in a decision leads to something of another kind",
        "`answer` needs the address of a reply, not of a thread, a topic or the question, and the reply must be there: "
        "one that was deleted, or whose author opted out, cannot be the answer. `apart` needs threads that are not the "
        "same.",
    ),
    "FAQ620": Code(
        "info",
        "a source declares a thread a duplicate of one that is not here",
        "The original was not exported, is hidden, or is on another site. The thread was grouped by its own words.",
    ),
    "FAQ621": Code(
        "warning",
        "threads lead to each other in a circle",
        "Each is marked as a duplicate of the next, or is answered by a link to it, so none is the original. They are "
        "grouped, and the one that was asked first leads.",
    ),
    "FAQ622": Code(
        "info",
        "two published topics look like one",
        "A source declares a thread of one topic a duplicate of a thread of another, or a reply leads there. Both have "
        "a permanent address, so a person decides: write a `same` or an `apart` decision.",
    ),
    "FAQ623": Code(
        "warning",
        "a reply leads to a page of this FAQ that never was",
        "Somebody planted a guidepost to an address that this FAQ never published: a typing mistake, or the address of "
        "a preview. Whoever follows it finds nothing. Mend the link where it was posted.",
    ),
    "FAQ624": Code(
        "warning",
        "a newer reply contradicts a published answer",
        "A reply that is newer than the answer on a page says that it no longer holds, such as `no longer works since "
        "4.2`. Decide whether it is the better `answer`, whether the page is `outdated`, or `confirm` that the answer "
        "still holds, with today's date.",
    ),
    "FAQ625": Code(
        "warning",
        "an answer in content/topics belongs to no topic",
        "A file in content/topics is named after a topic's id, as `faq topics` and `faq why` print it. No topic that "
        "is shown has this one, or its topic was merged into another that has a file of its own.",
    ),
    "FAQ626": Code(
        "error",
        "an answer in content/topics cannot be read",
        "The file is not UTF-8, holds no text below its front matter, or its front matter has a mistake. It may say "
        "`by:` and `date:`, and everything below it is the answer.",
    ),
    "FAQ640": Code(
        "error",
        "a line of the ledger is not understood",
        "A line is not JSON or lacks something that every line has. Addresses that were published would be lost, so "
        "nothing is locked until the line is restored from an earlier commit.",
    ),
    "FAQ641": Code(
        "error",
        "the ledger cannot be read",
        "content/ledger.jsonl cannot be opened or is not UTF-8. Restore it from the last commit.",
    ),
    "FAQ642": Code(
        "error",
        "a topic is not in the ledger",
        "With `--locked` only topics with a permanent address are published. Run `faq lock` and commit the ledger.",
    ),
    "FAQ643": Code(
        "warning",
        "the ledger was repaired while it was read",
        "A merge left conflict markers, doubled lines, or two lines that claim the same thread or address. Both sides "
        "were united and no address was lost; `faq lock` writes the repaired ledger.",
    ),
    "FAQ644": Code(
        "warning",
        "the fit of the search cannot be read",
        "content/search.fit is broken, or another version of faq_builder made it. The site is built with a search that "
        "knows words but not what they mean. Restore a broken file from the last commit, or run `faq lock`, which "
        "makes it anew where the extra `meaning` is installed.",
    ),
    "FAQ701": Code(
        "error",
        "two files of the site have one path",
        "Two files would be written to the same place, or to places that file systems which ignore upper and lower "
        "case take for the same. The first was written. Rename the page or file in content/pages.",
    ),
    "FAQ702": Code(
        "error",
        "the site folder is not ours to write to",
        "faq deletes what an earlier build of it wrote and this one did not, so it refuses a folder that already holds "
        "other files, and one from which a link leads out. Empty the folder, or set another `site_dir:` in mkdocs.yml.",
    ),
    "FAQ703": Code(
        "error",
        "the theme changes the title, the description or the body of a page in a way that cannot be filled in",
        "Answer pages are filled into a page that MkDocs rendered once. A template or a plugin printed one of the "
        "slots unescaped, inside a script, cut or not at all. Print `page.meta.title` and `page.content` as Material "
        "does; in scripts use the filter `tojson`.",
    ),
    "FAQ704": Code(
        "error",
        "a change to the theme's pages no longer finds its place",
        "faq mends a few faults in the pages of Material. A template in `custom_dir`, or another version of Material, "
        "no longer holds the place that the named change looks for.",
    ),
    "FAQ705": Code(
        "error",
        "a link to a topic leads nowhere",
        "`faq:ID` in content/pages names a topic by its id. No published topic has this one; `faq topics --json` lists "
        "the ids.",
    ),
    "FAQ706": Code(
        "error",
        "a page asks for a part that does not exist",
        "`<!-- faq:NAME -->` in content/pages stands for a part that faq fills in. The help line lists the names.",
    ),
    "FAQ707": Code(
        "error",
        "the theme is not Material",
        "The pages of faq are made for Material for MkDocs. Write `theme: {name: material}` in mkdocs.yml.",
    ),
    "FAQ708": Code(
        "error",
        "the pages of MkDocs could not be built",
        "MkDocs or another plugin stopped the build: a setting of mkdocs.yml that it does not know, a page in "
        "content/pages or a template with a mistake. What it said stands above this finding.",
    ),
    "FAQ730": Code(
        "info",
        "the words of faq's own pages are not available in the site's language",
        "Questions and answers stay in their own language, but the words around them, such as `Related questions`, are "
        "English until somebody adds a table of them beside `faq_builder/render/labels_en.py`.",
    ),
    "FAQ770": Code(
        "error",
        "there is no published manifest to compare with",
        "Each build writes faq-manifest.json into the site: every address and what stands there. `faq gate` compares "
        "that of the published site with the new one. Fetch it from the site, or use `--first` if nothing was ever "
        "published.",
    ),
    "FAQ771": Code(
        "error",
        "a manifest cannot be read",
        "faq-manifest.json is not whole: a download was cut off, a host answered with an error page, or somebody "
        "edited it. Without it nobody knows which addresses must live on, so nothing may be published.",
    ),
    "FAQ772": Code(
        "error",
        "a manifest is of a newer version",
        "A newer release of faq_builder published the site. This one cannot tell what it promised.",
    ),
    "FAQ773": Code(
        "error",
        "the site folder holds no manifest",
        "`faq gate` looks at the site that was built. Run `faq build` first, or name its folder with `--site-dir`.",
    ),
    "FAQ774": Code(
        "error",
        "an address of the published site is gone",
        "An address that was published never disappears: search engines and people's bookmarks lead to it. A topic "
        "keeps it by its line in content/ledger.jsonl, also when it is merged or withdrawn; a page of your own is "
        "replaced by one that leads on.",
    ),
    "FAQ775": Code(
        "error",
        "a source lost answered topics",
        "Answers that are on the published site are missing in the new one, and nobody took them out by a decision or "
        "an opt-out: an export vanished or was cut, or a file is broken. Restore it. If the loss is meant, say so "
        "with `--accept-loss SOURCE`.",
    ),
    "FAQ776": Code(
        "warning",
        "the site moved",
        "`site_url` is not that of the published site. Every address changes, and only the old host can lead to the "
        "new ones.",
    ),
    "FAQ777": Code(
        "warning",
        "a list of the published site is gone",
        "The page of a tag or place that nothing stands in any more, or a page with a number of a list that got "
        "shorter. Lists follow from topics, so this does not stop publishing.",
    ),
    "FAQ778": Code(
        "error",
        "a redirect leads nowhere",
        "A former address leads to a page that the site does not have. No build writes such a manifest, so it was "
        "edited, or it is a bug.",
    ),
    "FAQ779": Code(
        "error",
        "a page of the manifest is not in the site folder",
        "Something deleted files after the build, or two builds wrote into one folder. Build again.",
    ),
    "FAQ780": Code(
        "warning",
        "a loss was accepted that did not happen",
        "`--accept-loss` names a source that lost nothing. Left in a pipeline it would hide a loss to come.",
    ),
    "FAQ781": Code(
        "error",
        "a site is published already",
        "`--first` says that nothing was ever published, but there is a manifest to compare with. Leave `--first` out.",
    ),
    "FAQ790": Code(
        "warning",
        "a line of a log of searches cannot be read",
        'Each line of a log that `faq misses` reads is a JSON object such as `{"query": "is it waterproof?", '
        '"results": 0}`, as the pages of the site send it (`misses` in mkdocs.yml); more keys do no harm. The line was '
        "cut off, was written in another form, or came from somebody who tried what the endpoint takes. It is left "
        "out, and the others are read.",
    ),
}
