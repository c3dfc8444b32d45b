"""How letters word the turns between request and answer: patterns over one sentence in small letters.

The delimiters are those that forces' logs print ("You asked:", "In Response:", "Extent and Result of Searches …");
beside them stand the turns of phrase that carry letters which print none.
"""

from __future__ import annotations

from indexer.reading.phrases import Openings, Words, compiled, phrases

_END = r"(?: ?\([^)]{1,30}\)|:? (?:dated )?\d[\d/. -]{5,9})?[\s:.;-]*$"  # "Response (15 June 2023):"

REQUEST_HEADING = compiled(
    r"(?:(?:the|your|our|my|original|initial|first|second|new|further|additional|full|foi|f\.o\.i\.|"
    r"freedom of information|information|applicant|applicant's|requester's|customer|details of|summary of|"
    r"description of|nature of|subject of|text of|re)\s)*"
    r"(?:requests?|requested|request details|request description|request summary|questions?|query|queries|enquiry|"
    r"enquiries|information (?:requested|sought|required)|requested information|"
    r"(?:i|you) (?:asked|wrote|requested|said)|you (?:have )?(?:asked|requested)(?: for)?|"
    r"request (?:for|of) information|question\(s\)|request\(s\))"
    r"(?: (?:as )?(?:received|submitted|made|asked|part))?"
    r"(?: (?:no\.? ?)?(?:\d{1,2}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten))?" + _END
)
ANSWER_HEADING = compiled(
    r"(?:(?:(?:the|our|my|in|full|final|official|foi|this|and|of|trust|council|constabulary|force|police|department|"
    r"board|[a-z&]{2,20}(?:'s|s'))\s){0,4}"
    r"(?:response|responses|answer|answers|reply|decision|outcome|findings|determination|disclosure|decision notice)"
    r"(?: (?:of|by) (?:the )?[a-z &]{2,40}?)?"
    r"(?: (?:to|of) (?:your|the|each|this) (?:foi |freedom of information |information )?"
    r"(?:requests?|questions?|enquiry|query|review|information requested))?"
    r"(?: (?:no\.? ?)?\(?\d{1,2}[a-z]?\)?(?:(?:,|,? and| ?&| to| ?-|/) ?\d{1,2}[a-z]?)*)?|"
    r"(?:what )?we (?:respond|answer|reply|say)|"
    r"(?:extent (?:and result )?of )?searches to locate (?:the )?information|results? of (?:the )?search(?:es)?|"
    r"search results|reasons? for (?:the |our |this )?decision|basis for (?:the |our )?decision|refusal notice|"
    r"exemptions? applied|"
    r"information (?:held|released|disclosed|supplied)|"
    r"response to the information requested|(?!if |should |.*\bsatisfied)[a-z ]{3,40} response)" + _END
)
BOTH_HEADING = compiled(
    r"(?:your |the |foi )?(?:requests?|questions?|quer(?:y|ies)) (?:and|&) (?:our |the )?"
    r"(?:responses?|answers?|request)" + _END
)
REQUEST_LABEL = phrases(
    r"(?:request|question|query|q|you asked|you wrote|applicant question|your "
    r"request)(?: (?:number|no\.?))?\s?\d{0,2}[a-z]?\s?[:.)-]\s?(?=\S)",
)
ANSWER_LABEL = phrases(
    r"(?:(?:(?:our |the |in |npcc |opcc |force |final )?(?:response|answer|reply|decision)|"
    r"ans)(?: to (?:question|q))?(?:\s?\d{1,2}[a-z]?(?:(?:,|,? and| &|-| to) ?\d{1,2}[a-z]?)*)?\s?(?:[:)]|\. |- )|"
    r"a\d{0,2}\s?:|"
    r"a\d{1,2}[.)])\s?(?=[^\s-])",
)

REQUEST_INTRO = Words(
    r"(?:you (?:have )?(?:requested|asked|sought|seek|wrote|stated|submitted|specifically (?:asked|requested)|"
    r"wanted|required|were seeking|wish)|you (?:are )?(?:seeking|asking|requesting)|your (?:recent |latest |original |"
    r"e-?mail )?(?:request|email|e-mail|letter|enquiry|application|questions?)|(?:requester|applicant) (?:wrote|asked|"
    r"requested)|the following (?:request|questions?|information|terms|enquiry)|"
    r"(?:following|below) request|(?:email|e-mail|letter|request|correspondence|message) (?:requesting|asking|"
    r"seeking|stating|which reads)|reads? as follows|request (?:was|is|reads?)|requested (?:the following|details|"
    r"information)|asked (?:for|the following)|in which you|request for (?:the following|information))\b",
)
NOT_A_REQUEST_INTRO = Words(
    r"(?:respon\w+|outstanding|information (?:that )?you (?:have )?requested is|answers?|reply|provide|provided|"
    r"disclose|confirm|advise|able to|attached|find|exempt|exemptions?|following reasons?|considered|contact|"
    r"decided|vexatious|which states|advice|states that)\b",
)
QUOTED_INTRO = phrases(  # the words of a request asked for in the same sentence: no colon follows
    r"(?:specifically,? )?you (?:have )?(?:specifically )?(?:asked|requested)(?! (?:me|us) to (?:find|review|"
    r"reconsider|look|carry|conduct))(?: us)?(?: for|\b)",
    r"in your request,? you asked",
    r"you wrote",
)

QUESTION = phrases(
    r"(?:please |kindly )?(?:can|could|would|may|will) (?:you|i|the (?:force|council|trust))\b",
    r"please (?:provide|supply|send|give|include|state|list|specify|break|use|detail|disclose|let me|tell|indicate|"
    r"share|forward|format|split|limit|exclude|answer|confirm (?:if|whether|how|what|the|that)|also (?:provide|"
    r"include|state|confirm)|describe|outline|respond|treat|inform me|identify|explain)",
    r"(?:i|we) (?:would like|wish|want|request\b|require|am (?:writing|making|requesting|interested|seeking|looking|"
    r"asking)|are (?:requesting|interested|submitting|not requesting|seeking|writing)|understand (?:that|from)|look "
    r"forward|submit|hereby|should be grateful|would be (?:grateful|interested))",
    r"how (?:many|much|often|long|frequently|is|are|do|does|did|has|have|was|were|would|can)\b",
    r"(?:on|in|for|from|of|to|at|by|over) (?:how (?:many|much|long)|what)\b",
    r"of (?:the|these|those)\b[^.]{0,60},? how (?:many|much)\b",
    r"what(?:'s)?\b",
    r"which\b",
    r"when (?:was|did|were|is|are|do|does|will)\b",
    r"where (?:was|did|were|is|are|do|does)",
    r"who (?:is|are|was|were|has|does)",
    r"whether\b",
    r"why\b",
    r"(?:do|does|did|has|have|had|is|are|was|were) (?:you|your|the|there|any|this|it|these|they|all|each|a|an)\b",
    r"if (?:so|yes|not|no\b|possible|you (?:do|hold|need|have|are able|can|use)|this (?:is|information|request)|the "
    r"(?:information|answer|cost|request)|any|there)\b",
    r"copies of",
    r"copy of",
    r"a (?:list|copy|breakdown|description|summary) of",
    r"list of",
    r"details (?:of|on|about)",
    r"information (?:on|about|regarding|relating)",
    r"under the (?:freedom|foi|provisions|terms)",
    r"pursuant to",
    r"for (?:each|the (?:year|years|period|last|past)|every)\b",
    r"broken down",
    r"(?:by|per) (?:year|month|age|gender|type)",
    r"any\b",
    r"all (?:of )?(?:the |your |such )?(?:information|correspondence|communications?|documents?|documentation|"
    r"e-?mails?|records|data|polic(?:y|ies)|minutes|reports?|contracts?)\b(?! (?:is|are|has|have)\b)",
    r"documents?,",
    r"(?:the )?(?:total |annual |average )?(?:number|names?|amount|value|cost|dates?) (?:of|and)\b",
    r"my (?:request|question|name is)",
    r"to be clear",
    r"in particular",
    r"specifically",
    r"is there",
    r"yours faithfully",
)
NOUN_QUESTION = phrases(
    r"(?:the )?(?:total |annual |average )?(?:number|names?|amount|value|cost|dates?|protocol|policy|list|copy|"
    r"breakdown|details)s? (?:of|for|on|and)\b",
    r"any ",
    r"all ",
    r"copies",
    r"details",
)

ANSWER_STRONG = Openings(
    r"(?:your|this|the) request (?:for information )?(?:has|have|was|is being) (?:now )?(?:been )?(?:considered|"
    r"processed|dealt|handled|reviewed)",
    r"(?:i|we) have (?:now |today |carefully |also |conducted |completed )*(?:considered|decided|reviewed|carried|"
    r"concluded|determined|completed|conducted|undertaken|looked|upheld|searched|contacted|consulted|made enquiries|"
    r"supplied|sent|disclosed|answered|redacted|withheld|provided|attached|located|established|handled|processed|"
    r"dealt|been informed|received)",
    r"(?:i am|we are) (?:pleased|sorry|writing to (?:advise|confirm|inform)|able to (?:provide|confirm|disclose|"
    r"answer)|unable|not (?:able|obliged|required)|required by (?:the |statute)|withholding|refusing|releasing|"
    r"responding)",
    r"my (?:decision|response|findings|review)",
    r"(?:i|we) confirm (?:that|under|we|the)\b",
    r"in (?:accordance|line|compliance) with (?:the|section|our|your)",
    r"(?:in|with) (?:response|answer|reply|respect|relation|regards?) (?:to|of) (?:your|the|question|q|point|part|"
    r"request|item)",
    r"please find",
    r"(?:please )?see (?:attached|below|the attached|table|spreadsheet|appendix|response|above|previous|our)",
    r"please (?:see|refer|be (?:advised|aware))",
    r"following (?:receipt|consideration|a search|enquiries|clarification)",
    r"having (?:now )?(?:completed|considered|carried|conducted|reviewed|searched|consulted)",
    r"(?:a |all |relevant |our )?search(?:es)? (?:was|were|has|have|of)",
    r"(?:to|in order to) (?:locate|answer|comply|provide|retrieve|establish)",
    r"this (?:letter|email|response|information|data) (?:provides|is (?:to|our|not|held|attached|exempt|available|"
    r"provided)|confirms|has|was)",
    r"(?:the )?(?:information|data) (?:you (?:have )?(?:requested|asked|seek|are)|requested|sought|provided|is |"
    r"below|attached|relating|in )",
    r"unfortunately",
    r"no information (?:is |was )?held",
    r"information not held",
    r"not held",
    r"under (?:section|the act|s\.? ?\d|regulation)",
    r"section \d",
    r"pursuant to (?:section|regulation)",
    r"it (?:is|has been) (?:estimated|determined|decided|established|our)",
    r"your request relates",
    r"as (?:you|per|stated|at|of|above|explained|your request|mentioned|in the|part)\b",
    r"enquiries (?:were|have)",
    r"our (?:records|response|answer|systems?|force)",
    r"for (?:the response|question)",
    r"after (?:careful|carefully|conducting|consulting)",
    r"on this occasion",
    r"you (?:noted|mentioned|argued|suggested|observed|contended)\b",
    r"the (?:first|original|initial|earlier|previous) (?:response|decision|answer|refusal)\b",
    r"(?:i|we) (?:regret|acknowledge|accept|appreciate)\b",
    r"(?:i am|we are) afraid\b",
    r"i (?:would|should) (?:advise|point out|inform)",
    r"whilst",
    r"details below",
    r"answers? (?:to|below)",
    later=(
        ("can ", r".{0,90}\bcan (?:confirm|neither|advise)\b"),
        ("neither ", r".{0,90}\bneither (?:confirm|confirms|to confirm)\b"),
    ),
)
ANSWER_WEAK = phrases(
    r"we",
    r"our",
    r"there (?:are|is|was|were|has|have)",
    r"no\b",
    r"yes\b",
    r"none",
    r"nil",
    r"n/a",
    r"not ",
    r"zero",
    r"[£\d<]",
    r"please note",
    r"currently",
    r"approximately",
    r"between",
    r"during",
    r"these (?:are|figures|records)",
    r"this (?:is|does|figure)",
    r"they",
    r"it (?:is|should|does)",
    r"see ",
    r"all (?:staff|officers|records|our|data|information|inpatient)",
    r"some ",
    r"following",
    r"data ",
    r"figures",
    r"table",
    r"attached",
    r"answer",
    r"response",
    r"information ",
    r"however",
    r"in (?:addition|total|order)",
    r"the (?:trust|council|constabulary|force|department|service|board|authority|college|university|health|system|"
    r"above|below|following|table|figures?|answer|process|policy|current|only|majority|information)\b",
)
ANSWER_FAIR = phrases(
    r"we (?:do|have|are|can|hold|estimate|consider)",
    r"our\b",
    r"there (?:are|is|was|were|has|have)",
    r"no\b",
    r"none",
    r"nil",
    r"n/a",
    r"please note",
    r"the (?:trust|council|constabulary|force)\b",
)
BODY_SUBJECT = phrases(  # "Ambershire Police does not use …": an organisation that does something
    r"(?:[Tt]he )?(?:[\w&'().-]+ ){0,8}?(?:(?i:trust|council|police|constabulary|force|authority|department|service|"
    r"board|commissioner|university|team|unit|office|college|agency)|[A-Z&]{3,})(?: \([^)]{2,40}\))?(?:,? [\w]+ly)? "
    r"(?:has|have|does|do|did|is|are|was|were|holds?|employs?|provides?|uses?|can|cannot|will|would|recognises|"
    r"records?|operates?|considers?|neither|only|may|currently|no longer|contracts?|believes?)\b",
)

THANKS = phrases(
    r"thank you for (?:your|the|contacting|submitting)",
    r"i (?:write|am writing) (?:in|further|with|to|regarding|about)",
    r"(?:i|we) (?:refer|write) (?:to|in|further)",
    r"further to (?:your|my|our)",
    r"with reference to your",
    r"i am responding",
    r"in response to your",
    r"on \d{1,2}(?:st|nd|rd|th)?(?: (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[/.-]\d)",
    r"(?:we|i) (?:acknowledge|have received|received)",
    r"your (?:request|email|e-mail) (?:was|of|dated)",
    r"re:? ",
    r"request received",
)

COMPLAINT = Openings(
    r"(?:is|was|did|do) (?:this|there|you) .{0,40}\b(?:page|useful|helpful)\b.{0,20}\?",
    r"(?:still )?(?:not|un)(?: ?happy| ?satisfied)(?: with (?:this|our|the|your) \w+)?[?.:]",
    r"(?:internal )?reviews?: ",
    r"(?:the )?information commissioner(?:'s office)?(?: \(ico\))?:",
    r"how to (?:complain|appeal|request a review)",
    r"(?:if|should) (?:you|the applicant|an applicant) (?:are|be|remain|feel|believe|have been|wish to (?:complain|"
    r"appeal|request (?:a|an) (?:internal )?review)|were|not be|require (?:a|an|such a) (?:internal )?review|"
    r"disagree|would like (?:a|us to|to (?:request|complain|appeal))|do not agree|still)\b.{0,60}?(?:unhappy|"
    r"dissatisfied|not (?:satisfied|happy|content|been|properly)|unsatisfied|aggrieved|complain|appeal|review|"
    r"disagree|agree)",
    r"(?:your |our |the |foi )?(?:right(?:s)? (?:of|to) (?:appeal|complain|review|request a review|an internal "
    r"review)|complaints?(?: rights?| procedure| process)?|appeals?(?: procedure| process| rights?)?|review "
    r"(?:procedure|process|rights?)|internal review(?: procedure| process| rights?)?|complaint rights|your rights?|"
    r"next steps|what (?:to do )?if you are (?:not )?(?:un)?happy.{0,30})[\s:.?-]*$",
    r"(?:you|every applicant|applicants) (?:also )?(?:have|has|are entitled to) (?:the |a )?right (?:to|of) "
    r"(?:appeal|complain|request (?:a|an)|ask for|seek|an? (?:internal )?review|review)",
    r"you (?:can|may|are entitled to) (?:ask|request|appeal|complain|have this reviewed)",
    r"your attention is drawn to",
    r"(?:the |this |any )?(?:request for (?:an )?internal review|complaint) (?:should|must|can)",
    r"we hope (?:this|that)",
    r"i (?:hope|trust) (?:this|that|the|you (?:find|will find|are|have|understand)\b)",
    r"if (?:we|it is) (?:decline|then felt|felt)",
    later=(
        ("right", r".{0,80}right(?: for you)? to (?:request|seek) an? (?:independent |internal )?review"),
        (
            "procedure",
            r".{0,90}freedom of information (?:act )?(?:complaints?|appeals?) (?:review )?procedure",
        ),
        (
            "the information commissioner",
            r".{0,70}\bthe information commissioner(?:'s|s|s')? ?(?:office)?(?: \(ico\))? (?:can|may|at|is|will) ",
        ),
    ),
)
_SUPPLIED = r"(?:the |any )?(?:information|material|data)?(?: that)? ?(?:is |we |supplied|provided).{0,60}"
CONTACT = Openings(  # neutral boilerplate: says nothing, ends nothing
    r"(?:if|should) you (?:have|need|require|wish|would like).{0,50}(?:quer|question|enquir|concern|further|contact|"
    r"assistance|discuss|re-?use)",
    r"please (?:do not hesitate|quote|remember to quote|contact|take|complete|bookmark)",
    r"re-?use",
    r"copyright",
    r"(?:most|some) of the information that we provide",
    r"we (?:would (?:welcome|appreciate|be grateful|like)|value|are committed|apologise)",
    r"in the (?:meantime|event)",
    r"once again",
    r"i apologise",
    r"(?:please accept )?(?:our|my) (?:sincere )?apolog",
    r"when (?:re-?)?using",
    r"you are free to",
    r"for information where",
    r"(?:any|however, any) other (?:type of )?(?:re-?)?use",
    r"for any named",
    r"it should be noted that for these reasons",
    r"none of the above",
    r"no inference",
    r"this should not be taken",
    r"any (?:information|disclosure) (?:released|disclosed|under)",
    r"as part of (?:our|the) (?:monitoring|publication|freedom)",
    r"in (?:accordance|line) with .{0,60}(?:disclosure log|published)",
    r"your (?:request|response) (?:will|may) (?:be published|form part)",
    later=(
        ("use", rf"{_SUPPLIED}re-?use"),
        ("copyright", rf"{_SUPPLIED}copyright"),
        ("government licen", r".{0,80}open government licen[cs]e"),
        ("in the united kingdom", r".{0,60}(?:police forces|police services?) in the united kingdom are routinely"),
        ("comparison", r".{0,90}should not be used for (?:the )?comparison|.{0,60}\bis unique\b.{0,60}comparison"),
        (" to the world", r".{0,90}disclosure to the world"),
        ("blind", r".{0,90}(?:applicant blind|motive blind|blind to the identity)"),
        ("regarded as", r".{0,90}regarded as (?:being )?published"),
        ("without caveat", r".{0,90}in the public domain without caveat"),
    ),
)
REOPENS = phrases(  # what follows a signature or the complaints paragraph and is the answer again
    r"appendix",
    r"annex",
    r"annexe",
    r"schedule",
    r"exemptions?\b",
    r"exemption (?:explanation|applied)s?",
    r"explanation of",
    r"refusal notice",
    r"(?:overall |evidence of )?harm",
    r"(?:prejudice )?(?:\(harm\) )?test",
    r"public interest",
    r"justification",
    r"factors",
    r"considerations",
    r"balanc",
    r"sections? \d",
    r"reasons? for",
    r"table \d",
    r"attachment \d",
)
STATUTE = Openings(
    later=(
        ("does not oblige", r".*\bdoes not oblige an? (?:public )?authority"),
        (
            "exempt information",
            (
                r".*\b(?:is exempt information(?:\.?$| (?:if|for the|under|by virtue))|"
                r"not exempt information by virtue of|exempt information by virtue of this)"
            ),
        ),
        (
            "duty to confirm or deny",
            r".*\bduty to confirm or deny does not (?:arise|apply) (?:if|in relation|to the extent|where|in respect)",
        ),
        ("in this ", r".*\bin this (?:section|act)\b"),
        ("for the purposes of ", r".*\bfor the purposes of (?:this |sub)?section"),
        ("request for information", r".*\bto which a request for information relates is"),
        ("request for information", r".*\bany person making a request for information to a public authority"),
        ("is entitled -", r".*\bis entitled - ?\(?a"),
        ("to be informed in writing", r".*\bto be informed in writing"),
        ("information communicated", r".*\bto have (?:that|the) information communicated"),
        ("relating to a person other than", r".*\brelating to a person other than"),
        (
            "a public authority",
            r".*\b(?:states? that a public authority|a public authority (?:is not obliged|may refuse|must|which))",
        ),
    ),
)

REQUESTER = phrases(  # a whole message in a thread that the requester wrote
    r"please use this email address for all replies",
    r"(?:this is|i am making|i would like to make|please accept this as) (?:a|an|my) (?:request|freedom|foi)",
    r"under the (?:freedom of information|foi) act.{0,40}(?:i|please|can you|could you|request)",
    r"i would like to (?:request|know|see|receive|obtain)",
    r"i am (?:writing|requesting)",
    r"please (?:could|can) you (?:provide|supply|send|tell|confirm|identify)",
    r"please (?:provide|supply|send)",
    r"i (?:understand|request|wish)",
    r"yours,",
    r"is .{0,60} the wrong address for",
    r"(?:could|can) you (?:please )?(?:provide|tell|send|let me)",
)
AUTHORITY = phrases(
    r"thank you for (?:your|the) (?:\w+ ){0,3}(?:request|enquiry|e-?mail|letter|correspondence|application)",
    r"has been logged",
    r"will be dealt with",
    r"we (?:received|must respond|have (?:considered|now))",
    r"your request (?:has|was|is)",
    r"our (?:response|reference|ref)",
    r"information commissioner",
    r"i can confirm",
    r"further to your",
    r"please find attached",
    r"(?:in connection with|regarding|concerning) your (?:application|request|enquiry|e-?mail)",
    r"i note (?:that )?you (?:seek|have asked|wish)",
    r"20 working days",
    r"statutory time ?scale",
    r"provide this office",
)
ACKNOWLEDGES = phrases(
    r"has been logged",
    r"will be (?:dealt with|processed|considered) (?:under|in)",
    r"respond to you (?:within|by)",
    r"(?:you )?(?:should|will) (?:receive|expect) (?:a|our) (?:response|reply)",
    r"acknowledge (?:receipt|your)",
    r"within (?:the )?(?:20|twenty) working days,? by",
    r"your request is being (?:dealt|processed|considered|handled)",
)
