"""What people write when a reply helped, did not help, or answers nothing; matched against a message's own words."""

import re

MIN_ANSWER = 12  # characters; a shorter reply without code or link is a greeting

SAYS_RIGHT = re.compile(
    r"(?:(?:yes|yep|yeah|correct|exactly|right|indeed|confirmed|👍|✅|ja|genau|richtig|oui|exact|sí)[\s,.!:;-]{0,3})*"
    r"(?:(?:this|that|it|what @?[\w.-]+ (?:said|says|wrote|suggested)|@?[\w.-]+)(?:'s| is| answer is|’s) "
    r"(?:exactly )?(?:correct|right|spot on"
    r"|the (?:correct|right|recommended|best|official) (?:answer|way|solution|approach|fix))"
    r"|(?:i |we )?can confirm|confirmed\b|(?:as|what) @?[\w.-]+ (?:said|says|wrote|suggested|mentioned|explained)"
    r"|(?:correct|exactly|yes, exactly|that's it|stimmt)[.!]?$)",
    re.IGNORECASE,
)
SAYS_WORKED = re.compile(
    r"\b(?:(?:that|this|it|which|solution|fix)(?:['’]s| has| all)? (?:worked|works|solved|fixed|helped"
    r"|did (?:it|the trick))"
    r"|works? (?:now|perfectly|great|fine|like a charm|for me)|work(?:ed|s)[!.]"
    r"|(?:problem|issue) (?:is |was )?(?:solved|fixed|gone)|solved|(?:fixed|resolved) (?:it|the (?:problem|issue)|my)"
    r"|got it (?:working|to work)|it(?:['’]s| is) working|(?:exactly|just) what i (?:needed|was looking for|wanted)"
    r"|(?:that|this) (?:makes sense|explains|clears|was it|is it)|did (?:the trick|it)\b|you(?:['’]re| are| were) right"
    r"|(?:hat|das) (?:funktioniert|geklappt|geholfen)|funktioniert jetzt|ça marche|funcionó)",
    re.IGNORECASE,
)
SAYS_THANKS = re.compile(
    r"\b(?:thanks?|thx|thank you|cheers|much appreciated|danke|merci|gracias)\b"
    r"(?!.{0,40}(?:in advance|im voraus|d'avance))",
    re.IGNORECASE,
)
DOUBTS = re.compile(
    r"\b(?:but|however|still|unfortunately|although|not|no luck|(?:does|did|do|is|wo|ca)n['’]t"
    r"|(?:will|'ll|gonna|going to) (?:try|check|look|test|give)|let you know|aber|leider|nicht|mais)\b|\?",
    re.IGNORECASE,
)
SAYS_FAILED = re.compile(
    r"\b(?:still (?:does|doesn|did|not|no|get|have|see|the same|fail|crash|happen|can)"
    r"|(?:does|did|do|is|was|has|have)(?:n['’]t| not) (?:work|help|solve|fix|seem|change)"
    r"|no (?:luck|success|effect|difference|change)|same (?:problem|error|issue|result)"
    r"|(?:geht|funktioniert|hilft) (?:leider |immer noch |noch )?nicht|ne marche pas|no funciona)",
    re.IGNORECASE,
)
SAYS_FOUND = re.compile(
    r"\b(?:(?:i|we)(?:['’]ve| have)?(?: \w+){0,3} (?:found|figured|solved|fixed|resolved|managed|got it|sorted"
    r"|discovered|narrowed|ended up|worked around)\b|solved|fixed (?:it|the)"
    r"|(?:the|my) (?:problem|issue|error|mistake|solution|fix|cause|culprit|answer) (?:was|is)\b"
    r"|answer(?:ing)? my own|turn(?:s|ed) out|never ?mind|my bad|for anyone|in case (?:any|some)one"
    r"|had to |i was (?:missing|using)|gelöst|lösung|résolu|solucion)",
    re.IGNORECASE,
)
NAMES_FIX = re.compile(r"\b(?:found|figured|solved|fixed|fix|solution|resolved)\b", re.IGNORECASE)
SAYS_DONE = re.compile(
    r"\b(?:(?:is|are|was|were|been|now|should be|just|have|has|got) (?:now |just |already )?"
    r"(?:fixed|added|released|implemented|merged|shipped|pushed|supported|available)|fixed (?:in|now|by|on)"
    r"|released (?:in|with)|in (?:version )?v?\d+\.\d+)\b",
    re.IGNORECASE,
)
SUGGESTS = re.compile(  # a question that proposes a solution: "Have you tried the blue one?"
    r"\b(?:(?:have|did) you (?:tried?|add|set|check|enabl|turn)|(?:are|is) (?:you sure|that|it)|could (?:it|you)"
    r"|maybe|perhaps|what about|how about|would(?:n['’]t)? (?:that|this)|why not|can['’]t you|might)\b|`|\(",
    re.IGNORECASE,
)
POLITE_CLOSING = re.compile(  # a question that asks for nothing: "Does that help?"
    r"(?:^|[.!?\n/]\s{0,3})(?:does|do|did|would|will|how|what|know|whad|is|make)\b[^.!?\n]{0,40}"
    r"(?:help|sense|answer|work|think|mean|benefit|need|out)[^.!?\n]{0,25}\?|\bhow['’]s that\?",
    re.IGNORECASE,
)
SMALL_TALK = re.compile(  # matches the whole text of a reply that answers nothing
    r"[\W_]*(?:"
    r"(?:i )?(?:have |having |got |get )?(?:the )?(?:exact(?:ly)? )?same (?:problem|issue|question|error|thing|here)"
    r"(?: here| for me| too)?"
    r"|me too|\+1|bump|up|following"
    r"|any (?:news|updates?|progress|luck|ideas?|solution|one)(?: (?:on|about|for) this| yet)?"
    r"|(?:thanks?|thank you|thx|ok|okay|nice|great|cool|welcome|you'?re welcome|no problem"
    r"|glad (?:it|that|to)[\w ,]{0,40})[\w ,]{0,20}"
    r")[\W_]*",
    re.IGNORECASE,
)
