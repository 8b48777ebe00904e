"""Word lists that tell look-alike questions apart: opposites, platforms, number words, synonyms, function words."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


# pairs of opposites; more follow from the prefixes in REVERSING: lock and unlock, connect and disconnect
_OPPOSITES = (
    "enable/disable activate/deactivate allow/block allow/forbid allow/prevent allow/deny permit/forbid keep/drop "
    "keep/remove keep/lose keep/leave preserve/discard show/hide display/hide add/remove add/delete create/delete "
    "insert/remove insert/delete on/off open/close opening/closing start/stop begin/end start/end increase/decrease "
    "increase/reduce raise/lower grow/shrink enlarge/shrink expand/collapse upload/download import/export send/receive "
    "encrypt/decrypt encode/decode compress/extract compress/decompress zip/unzip pack/unpack attach/detach "
    "include/exclude accept/reject accept/decline accept/refuse approve/reject buy/sell merge/split join/split "
    "join/leave minimum/maximum minimize/maximize min/max smallest/largest shortest/longest lowest/highest least/most "
    "first/last before/after above/below over/under up/down in/out inside/outside left/right upgrade/downgrade "
    "faster/slower fast/slow speed/slow early/late earlier/later heat/cool heating/cooling hot/cold warm/cold "
    "old/new public/private internal/external incoming/outgoing ascending/descending horizontal/vertical "
    "horizontally/vertically row/column rows/columns portrait/landscape light/dark daily/monthly daily/weekly "
    "weekly/monthly monthly/yearly monthly/annual push/pull lend/borrow win/lose pass/fail success/failure "
    "forward/backward forwards/backwards next/previous parent/child client/server sender/recipient caller/callee "
    "input/output read/write load/save save/discard lock/open asleep/awake manual/automatic manually/automatically "
    "always/never everybody/nobody everyone/nobody all/none both/neither valid/invalid possible/impossible "
    "more/less more/fewer long/short longer/shorter higher/lower bigger/smaller larger/smaller wide/narrow thick/thin "
    "wider/narrower full/empty fill/empty mute/unmute wake/sleep plug/unplug login/logout signin/signout "
    "arrive/depart arrival/departure deposit/withdraw credit/debit hire/fire gain/lose strengthen/weaken soft/hard "
    "wet/dry tighten/loosen freeze/thaw inhale/exhale uppercase/lowercase upper/lower online/offline male/female "
    "plus/minus positive/negative front/back rear/front top/bottom local/remote single/multiple static/dynamic"
)
OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _OPPOSITES.split())
PARTICLES = word_set("on off in out up down over under above below to into")
REVERSING = ("un", "dis", "de", "in", "im", "ir", "non", "mis")

# one family of platforms on each line; names of one family do not contradict each other
_PLATFORMS = (
    "windows win10 win11",
    "mac macos osx macbook imac",
    "ios iphone ipad",
    "android galaxy pixel",
    "linux ubuntu debian fedora mint arch redhat centos suse",
    "chromebook chromeos",
    "raspberry",
    "freebsd openbsd",
    "chrome chromium",
    "firefox",
    "safari",
    "edge",
    "opera",
    "playstation ps4 ps5",
    "xbox",
    "switch nintendo",
    "aws",
    "azure",
    "gcp",
    "x11 xorg",
    "wayland",
    "arm arm64 aarch64",
    "x86 x64 amd64 intel",
    "desktop pc laptop computer",
    "mobile phone smartphone",
    "tablet",
    "watch smartwatch",
    "web website browser",
)
PLATFORMS = {name: number for number, names in enumerate(_PLATFORMS) for name in names.split()}
DISTRIBUTIONS = word_set("ubuntu debian fedora mint arch redhat centos suse")

# without "one" and "first", which mean too many other things
_NUMBER_WORDS = (
    "zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_MORE_NUMBER_WORDS = (
    "second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 thirty=30 forty=40 fifty=50 "
    "sixty=60 hundred=100 thousand=1000"
)
NUMBERS = {
    **{word: str(n) for n, word in enumerate(_NUMBER_WORDS.split()) if word != "-"},
    **dict(pair.split("=", 1) for pair in _MORE_NUMBER_WORDS.split()),
}

NEGATIONS = word_set(
    "not no never without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt "
    "hasnt havent nobody none nothing nowhere neither unable"
)

# words that carry the grammar of a question, not its subject
FUNCTION_WORDS = word_set(
    "a an the i you we my your our it its is are was be been am do does did can could may might shall should will "
    "would how what why when where which who whom whose there here this that these those of for and or so if then "
    "than as by me us he she they them his her their have has had get got let please possible way want need to in "
    "on at with from into onto any some just"
)
# "A and B" means "B and A": words around which two things may be swapped
SYMMETRIC = word_set("and or vs versus with between nor")
# verbs after which "with" is symmetric too: "pair A with B"
SYMMETRIC_WITH = word_set(
    "use work compatible connect pair sync synchronize combine merge compare integrate mix match share together"
)
# words that mean nearly the same, so that one in place of another makes no difference
_SYNONYMS = (
    "photo picture image pic photograph",
    "delete remove erase",
    "change modify edit alter",
    "error problem issue fault bug",
    "make create build produce generate",
    "fix repair solve resolve",
    "find locate search",
    "show display view see",
    "send mail email e-mail",
    "folder directory",
    "app application program software tool",
    "password passcode",
    "big large huge",
    "begin start",
    "stop end quit prevent",
    "clear empty",
    "allow let permit",
    "use utilize utilise apply",
    "site website page webpage",
    "picture photo",
    "film movie video",
    "put insert add place include",
    "text letter character font",
    "buy purchase",
    "cancel end terminate",
    "move transfer",
    "join merge combine",
    "link url address",
    "turn switch",
    "shop store",
    "parcel package",
    "bill invoice",
    "user account",
    "method way",
    "several multiple many",
    "someone somebody anyone anybody person people user member other another",
    "split divide separate",
    "contact communicate reach",
    "know tell detect",
    "schedule arrange plan",
)
SYNONYMS = [frozenset(words.split()) for words in _SYNONYMS]
