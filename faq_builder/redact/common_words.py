"""Common words of English and of computing: in a text they are words, even if somebody has the same name."""

# Words that at least eight of 48 public archives (forums, mailing lists, bug trackers, chats) mostly write in lower
# case, and words that are popular as user names
_COMMON_WORDS = """
ability able about above absolute absolutely abstract accept acceptable access accessed accessible accomplish
according accordingly account accounts accurate achieve across act action actions active actively activity actual
actually adapt add added adding addition additional address addresses adds adjust admin administrator admit advance
advanced advantage advice affect affected affects afraid after again against ago agree agreed ahead air aka algorithm
align all allow allowed allowing allows almost alone along alongside already also alter alternate alternative
alternatives although always amazing among amount analysis and android angel annoying anonymous another answer
answered answers ant any anybody anymore anyone anything anyway anywhere apart api app apparently appear appears
append apple applicable application applications applied applies apply applying appreciate appreciated approach
approaches appropriate apps april architecture archive archived arduino are area areas aren args argument arguments
around array art article articles artist aside ask asked asking aspect aspects assign assigned associated assume
assumed assuming attach attached attachment attempt attempted attempting attempts attention attribute attributes audio
august author authors auto automated automatic automatically automation autumn available average avoid aware away
awesome aws azure back backend background bad baker balance ball banana bank bar base based bash basic basically basis
batch battery bear became because become becomes becoming bee been before begin beginning behave behavior behaviour
behind being believe belong below benefit benefits besides best bet beta better between beyond big bigger bill binary
bind bird bit bits black blame block blocked blocks blog blue bluetooth board body bold book books boost boot border
boss bot both bother bottom bought box brain branch branches bread break breaking breaks bring bringing brings broke
broken brown browse browser browsers bsd bug bugs build builder building builds built bulk bull bump bunch business
busy but butter button buttons buy buyer bytes cable cache cached caching calculate call called calling calls came
camera can candidate candy cannot capabilities capable captain capture card care carefully carry carter case cases cat
catch categories category caught cause caused causes causing cdn cell center certain certainly chain challenge chance
change changed changes changing channel channels char character characters charger chase chat check checked checking
checks cheese cherry chief child children chocolate choice choices choose choosing chose chosen chrome claim claimed
claims clarify class classes classic clean cleanup clear cleared clearly cli click clicked clicking clicks client
clients clone close closed closely closer closing cloud clue cms coach code codebase codes coding coffee collect
collection collections color column columns combination combine combined come comes comfortable coming command
commands comment commented comments commercial commit commits common commonly communicate communication community
companies company compare compared comparing comparison compatibility compatible compile compiled complete completed
completely completion complex complexity complicated component components computation computer concept concerned
concerns concrete condition conditions config configurable configuration configurations configure configured confirm
confused confusing confusion connect connected connecting connection connections consider consideration considered
considering consistency consistent consistently console const constant construct consumer contact contain contained
container containers containing contains content contents context continue continues continuous continuously contrast
contribute contributing contribution control controlled controls convenient conversation convert converting cookie
cool cooper copied copies copy copyright core corner correct correctly corresponding cost costs could couldn count
country couple course cover covered covers cpu crash create created creates creating creation creative creator
credentials credit critical crow crucial css csv curious current currently cursor custom customer customers cut daily
daisy dark darkness dashboard data database databases dawn day days dead deal dealer dealing dean debian debug
debugging decent decide decided decision declare dedicated deep deeper def default defaults define defined definitely
definition degree delay delete deleted deleting delta demand demo demon depend dependencies dependency depending
depends deploy deployed deployment deprecated depth describe described describes describing description descriptions
design designed designer desired desktop despite destroy detail detailed details detect detected determine determined
dev develop developed developer developers developing development device devices devil dialog diamond dick did didn
diff difference differences different differently difficult dig dir direct direction directly directories directory
disable disabled discord discover discovered discuss discussed discussion discussions disk display displayed displays
distributed distribution dns doable doc docker docs doctor document documentation documented documents does doesn dog
doing domain domains don done dont dot double doubt down download downloaded draft dragon draw drew drive driver drop
duck due duke dumb dump duplicate during dusk dynamic dynamically each eagle earl earlier early earth ease easier
easiest easily easy echo edge edit edited editing editor effect effective effectively effects efficient effort either
elaborate element elements eliminate else elsewhere emacs email embedded empty enable enabled enables enabling
encountered encourage end ended endpoint endpoints ends engine engineer engineering enjoy enough ensure enter entered
entire entirely entries entry env environment environments equal equally equivalent error errors especially essential
essentially established etc ethernet even event events eventually ever every everybody everything everywhere evidence
exact exactly example examples excel excellent except exception exceptions excited exclude exe execute execution exist
existing exists exit expand expect expected expecting expects expensive experience experienced experiment experimental
experimenting expert experts explain explained explains explanation explicit explicitly exploring export expose
exposed exposing express extend extended extends extension extensions external extra extract extracted extremely eye
eyes face facebook faced fact factor fail failed failing fails failure fair fairly faith fall fallback false familiar
family fan fancy far fast faster favor favorite feature features fedora feed feedback feel feeling feels fellow felt
fetch few field fields figure figured file filename files fill filled filter filtering filters final finally find
finding finds fine finish finished fire firefox first fish fit fits five fix fixed fixes fixing flag flags flat
flexible floating flow flower focus focused folder folks follow followed following follows foo for force forced ford
forest forever forget forgot fork form format formatting former forms forum forward found four fox framework frank
free freely frequently fresh friend friendly friends frog from front ftp full fully fun function functional
functionality functions further future gadget gain game gamer games garbage gave gcc gear geek gene general generally
generate generated generates generating generation generator generic get gets getting ghost git github gitlab give
given gives giving glad global goal goals goes going gold gone gonna good google got gotten gpu grace grant graph
graphics grass gray great greater greatly green grep grey ground group groups grow growing gtk guess guessing guest
gui guidance guide guidelines guy guys hack had half hall hand handle handled handler handling hands happen happened
happening happens happily happy hard harder hardware has hash hasn have haven having hawk head header headers health
hear heard heater heavy height held help helped helpful helping helps hence her here hero hidden hide hiding high
higher highest highlight highly hill him hint his history hit hits hold holds hole home honest honestly hope hopefully
hoping horse host hosted hosting hot hour hours house hover how html http https huge human hundreds hunter ice icon
icons ide idea ideal ideas identical identify identity ignore ignored image images imagine immediately impact
implement implementation implemented implementing implements import important importantly importing impossible improve
improved improvement improvements improving include included includes including incorrect incorrectly increase
increased indeed independent index indicate indicates individual influence info information inherit initial initially
inline input inputs insert inside insight install installation installed installing instance instances instead
instructions int integer integrate integrated integrating integration intel intended intention interact interaction
interactive interest interested interesting interface interfaces internal internally internet into introduce
introduced introducing invalid invite involved involves ios iron isn issue issues item items its itself jack java
javascript job jobs join joy jquery json june just kde keep keeping keeps kept kernel key keyboard keys kill kind
kinda kinds king knew knight know knowing knowledge known knows kotlin kubernetes label labels lack lacks lake lambda
lamp lan land lane language languages laptop large largely larger last late lately later latest latter launch layer
layout lead leading leads leaf learn learned learning least leave leaves leaving lee left legal legend lemon length
lens less let lets letting level levels libraries library licence license life light like likely likes lily limit
limitation limitations limited limits line linear lines link linked links linux lion list listed listen listening
lists literally little live living load loaded loading local locally located location lock locked log logged logging
logic login logs lol long longer look looked looking looks loop lord lose loss lost lot lots love low lower lua luck
mac machine machines macos made magic main mainly maintain maintaining maintenance major majority make makes making
man manage managed management managing manual manually many map mapping maps margin mark marked mason massive master
mastodon match matches matching material math matter matters maven max maximum may maybe mean meaning means meant
meantime measure mechanism media medium meet meeting member members memory mental mention mentioned mentioning
mentions menu merge merged merging mess message messages met meta metadata meter method methods microphone microsoft
middle might migration miles million min mind mine minimal minimize minimum minor minute minutes miss missed missing
mistake mix mixing mobile mod mode model models moderator modern modified modify module modules moment money monitor
monkey month months moon more morning most mostly motor mountain mouse move moved moving mozilla much multiple music
must myself mysql name named names namespace naming narrow native natural naturally nature near nearly necessarily
necessary need needed needing needs negative neither nerd net network networks never new newbie newer newest newly
news next nginx nice nicely nick night ninja nobody node nodes noise none nonsense noob nor normal normally not note
noted notes nothing notice noticed now npm null number numbers nurse object objective objects observed obtain obvious
obviously occur occurred occurring occurs ocean odbc odd off offer offering offers official officially offline offset
often old older once one ones online only onto open opened opengl opening operating operation operations operator
opinion opportunity opposed opposite optimal optimization option optional options oracle orange order organization
origin originally other others otherwise our ourselves out outlook output outside over overall override overview owl
own owner package packages page pages paid pain panda panel paper paragraph parallel parameter parameters parent parse
part partial participants participate particular particularly parts party pass passed passing password past paste pat
patch path paths pattern patterns pay payment pdf peach pending penguin people pepper per perfect perfectly perform
performance performed performing perhaps period perl permission person personal personally perspective phase phone php
pick picked picture pictures piece pieces pilot pin ping pink pip pirate place placed places plain plan planet planned
planning plans platform platforms play played player playing please plenty plugin plugins plus point pointed pointer
pointers pointing points policy poor pop popular populate port position positive posix possibility possible possibly
post posted postgres postgresql posting posts potential potentially power powered powerful practice precise prefer
preferred prefix prepared present presentation presented press pretty prevent prevents preview previous previously
price primarily primary prince princess principles print prior priority privacy private probably problem problematic
problems proceed process processes processing produce produced produces product production products profile program
programmer programming programs progress project projects promising proper properly properties property proposal
propose proposed protect protected prove provide provided provides providing proxy public publicly publish published
pull pulling pump pure purple purpose purposes push pushed put puts putting puzzle python quality queen queries query
question questions queue quick quicker quickly quite quote rabbit race rails rain raise raised ran random range ranger
rare raspberry rate rather ratio raven raw ray reach reached react reactions read readable reader reading reads ready
real reality realize realized really reason reasonable reasons receive receiving recently recognize recommend
recommended record recorded records red reddit redis reduce ref refer reference referenced referred referring reflect
refresh regarding regardless regards regex region register regression regular regularly related relation relationship
relative relatively release released releases relevant reliable relies rely remain remaining remains remember remote
remove removed removes removing rename renamed render rendered rendering repeat repeating replace replaced replacement
replacing replicate replies reply repo report reported reporting reports repository represent represents reproduce
request requested requesting requests require required requirement requirements requires requiring res research reset
resolution resolve resolved resource resources respect respective respond response responses responsible rest restart
restarted restricted result resulting results return returned returning returns reuse reverse review reviews rewrite
rich rid right risk river roadmap rob robot rock rogue role roles room root rose rough roughly round route row ruby
rule rules run running runs runtime rust sad safari safe said sake salt same sample samsung samurai save saved saving
saw say saying says scala scale scenario schedule schema school science scope score scratch screen screenshot script
scripts sdk sea search searched searching second seconds secret section sections secure security see seeing seem
seemed seemingly seems seen select selected selecting selection self seller send sending sends sense sensitive sensor
sent sentence separate separately sequence series serious serve server service services session set sets setting
settings setup several shadow shape share shared sharing shark shell ship short shot should shouldn show showed
showing shown shows side sides sign signal signature signed significant significantly silver similar similarly simple
simpler simply since single sit site sites situation situations six size sizes skills skip sky skype slack sleep
slightly slow slower slowly small smaller snake snippet snow social software solid solution solutions solve solved
solves solving some somebody somehow someone something sometime sometimes somewhat somewhere sony soon sorry sort
sorted sorting sorts sound sounds source sources space spam span speaker speaking special specific specifically
specified specify specifying speed spend spending spent spider spirit split spot spotify spread spring sql sqlite src
ssh ssl stable staff stage stand standard stands star stars start started starting starts startup state stated
statement statements states static statistics stats status stay stays steam steel step steps stick still stone stop
stopped storage store stored stores storm story straight strange stranger strategy stream strict strictly string
strings strong strongly structure structures struggling stuck student students study stuff stupid style submit
submitted subscribe succeed success successful successfully such suddenly sudo sue sufficient sugar suggest suggested
suggesting suggestion suggestions suggests suitable suited sum summary summer sun super support supported supporting
supports suppose supposed sure surface surprised suspect svg swift switch switched switching sync syntax system
systems tab table tables tabs tag tagged tags take taken takes taking talk talking target task tasks taylor tcp tea
teacher team teams tech technical technically technologies technology telegram tell telling tells template templates
temporary tend tends term terminal terms test tested tester testing tests text than that the their them theme
themselves then theoretical theory there therefore these they thing things think thinking third this those though
thought thoughts thousands thread threads three through throughout throw throwing thumbnail thus tiger time times tiny
tips title tls today together toggle token told tomorrow ton too took tool tools top topic topics total totally touch
towards trace track traditional traffic transfer transform transition translate translation transparent treat tree
trick tricky tried tries trigger triggered trivial trouble true truly trust try trying turn turned turns tutorial
twice twitter two type typed types typescript typical typically typing ubuntu udp unable undefined under underlying
understand understanding understood unexpected unfortunately unique unit unix unknown unless unlikely unnecessary
unrelated unsure until upcoming update updated updates updating upgrade upgraded upload uploaded upon upstream url
usable usage usb use used useful useless user username users uses using usual usually utility vague valid validate
valuable value values valve var variable variables variety various vendor verification verified verify version
versions versus very via video videos view views vim virtual visible visit visitor voice void volume vote vpn vue wait
waiting walk walker wall want wanted wanting wants warning warnings warrior was wasn waste watch watching water way
ways web website websites week weekend weeks weight weird welcome well wells went were weren what whatever whatsapp
wheel when whenever where whereas whether which while white who whole whose why wide widget widgets width wifi wiki
wikipedia will willing wind window windows winter wire wish witch with within without wizard wolf won wonder wonderful
wondering wood woods word wordpress words work workaround worked worker workflow working works world worried worry
worse worst worth would wouldn wrap wrapper write writer writing written wrong wrote xbox xml yaml year years yellow
yesterday yet you young your yours yourself youtube zero zip zoom
"""

COMMON_WORDS = frozenset(_COMMON_WORDS.split())
"""A name that is one of these is replaced only if the text clearly means a person: @rain, "rain wrote"."""
