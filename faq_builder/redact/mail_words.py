"""Word lists that tell an e-mail address from a sentence, a file, a service or an example."""

_FILE_ENDINGS = """
apk arpa bmp cfg cjs class conf corp cpp cs css csv deb dll dmg doc docx exe gif gz home hpp htm html ico ini
internal intranet iso jar java jpeg jpg js json jsx kt lan local localdomain localhost lock log lua mjs pdf php png
rpm scss svg swift tar tgz toml ts tsx txt vb webp xls xlsx xml yaml yml
"""
_COMMON_TOPS = """
app at au biz br ca ch cn com de dev edu es eu fr gov in info io it jp me mil name net nl org pl ru se uk us
"""
_SERVICE_NAMES = """
anoncvs anonymous bzr do-not-reply donotreply e-mail-removed git hg no-reply noreply secret-removed svn
"""
_STAND_IN_NAMES = """
a abc admin b bar baz contact demo e-mail email example first.last firstname firstname.lastname foo foobar info
lastname mail me my my-email myemail myname name nobody postmaster root sales sample some.one somebody someone
someuser support test tester testing user username users webmaster x xxx you your your-email your-name your.email
your.name your_email your_name youremail yourname
"""
_SENTENCE_WORDS = """
a about above account accounts address all also am an and another anyone api app apps archive archived archives are
article articles as ask asked at available away back based be been being below best blog blogs both bug bugs but by can
chat check class classes code comment comments community contact content contributing control course day deployed
detail details discussed discussion do doc docs documentation documented domain done download downloads each either
else email emails endpoint endpoints error errors even everyone example examples exists explained file filed files
find first forum forums found free from get github good guide had has have he help her here him his home homepage
host hosted how idea if in info information instance instructions is issue issues it its job jobs joined just keep
landing last latest lib library linked links list listed lists live lives located login look looked looking looks
mail mailing maintained me meet more myself name new news no not now of off on one ones online only open opened or
other others our out over page pages paper people person point pointed points post posted posting posts pr
presentation problem project projects published question questions read readme register registered release released
releases repo report reported repository resolves right run running runs said saw search see seen server servers
service services shop show shown shows sign signed site sites so something source sources spec stands start started
starts stay still store stored stuff subscribe support talk team that the their them there these they thing things
this those thread ticket time times to together tool tools topic tutorial up update updates us used user users
version via video visit was we webpage website well were what when where which who why wiki will with work worked
working works write written you your
"""

FILE_ENDINGS = frozenset(_FILE_ENDINGS.split())
"""Endings after an @ that are not top-level domains: of files, packages and private networks."""

COMMON_TOPS = frozenset(_COMMON_TOPS.split())
"""Top-level domains that are common enough to count even before a bracket, where code calls a function."""

SERVICE_NAMES = frozenset(_SERVICE_NAMES.split())
"""Mailboxes of services, and the words that replace a removed login."""

STAND_IN_NAMES = frozenset(_STAND_IN_NAMES.split())
"""Names before an @ in examples, where the reader should put in their own."""

SENTENCE_WORDS = frozenset(_SENTENCE_WORDS.split())
"""Words before " at " in sentences such as "look at widgets.example"; none of them is a mailbox."""
