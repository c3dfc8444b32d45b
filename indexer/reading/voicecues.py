"""How letters word the turns between request and answer: patterns over one sentence in small letters.

The delimiters are those that forces' logs print ("You asked:", "In Response:", "Extent and Result of Searches …"); beside
them stand the turns of phrase that carry letters which print none.
"""

from __future__ import annotations

import re

_END = r"[\s:.;-]*$"

REQUEST_HEADING = re.compile(
    r"(?:(?:the|your|our|my|original|initial|first|second|new|further|additional|full|foi|f\.o\.i\.|freedom of information|information|"
    r"applicant|applicant's|requester's|customer|details of|summary of|description of|nature of|subject of|text of|re)\s)*"
    r"(?:requests?|requested|request details|request description|request summary|questions?|query|queries|enquiry|enquiries|"
    r"information (?:requested|sought|required)|requested information|(?:i|you) (?:asked|wrote|requested|said)|"
    r"you (?:have )?(?:asked|requested)(?: for)?|request (?:for|of) information|question\(s\)|request\(s\))"
    r"(?: (?:as )?(?:received|submitted|made|asked|part))?(?: (?:no\.? ?)?\d{1,2}[a-z]?)?" + _END
)
ANSWER_HEADING = re.compile(
    r"(?:(?:(?:the|our|my|in|full|final|official|foi|this|and|of|trust|council|constabulary|force|police|department|board|"
    r"[a-z&]{2,20}(?:'s|s'))\s){0,4}"
    r"(?:response|responses|answer|answers|reply|decision|outcome|findings|determination|disclosure|decision notice)"
    r"(?: (?:of|by) (?:the )?[a-z &]{2,40}?)?"
    r"(?: (?:to|of) (?:your|the|each|this) (?:foi |freedom of information |information )?(?:requests?|questions?|enquiry|query|review|information requested))?"
    r"(?: (?:no\.? ?)?\d{1,2}[a-z]?)?"
    r"|(?:what )?we (?:respond|answer|reply|say)|(?:extent (?:and result )?of )?searches to locate (?:the )?information|results? of (?:the )?search(?:es)?|search results|"
    r"reasons? for (?:the |our |this )?decision|basis for (?:the |our )?decision|refusal notice|information held|response to the information requested|"
    r"(?!if |should |.*\bsatisfied)[a-z ]{3,40} response)" + _END
)
BOTH_HEADING = re.compile(
    r"(?:your |the |foi )?(?:requests?|questions?|quer(?:y|ies)) (?:and|&) (?:our |the )?(?:responses?|answers?|request)"
    + _END
)
REQUEST_LABEL = re.compile(
    r"(?:request|question|query|q|you asked|you wrote|applicant question|your request)\s?\d{0,2}[a-z]?\s?[:.)-]\s?(?=\S)"
)
ANSWER_LABEL = re.compile(
    r"(?:(?:(?:our |the |in |npcc |opcc |force |final )?(?:response|answer|reply|decision)|ans)\s?\d{0,2}[a-z]?\s?(?:[:)]|\. |- )|a\d{0,2}\s?:|a\d{1,2}[.)])\s?(?=\S)"
)

REQUEST_INTRO = re.compile(
    r".*\b(?:you (?:have )?(?:requested|asked|sought|seek|wrote|stated|submitted|specifically (?:asked|requested)|wanted|required|were seeking|wish)|"
    r"you (?:are )?(?:seeking|asking|requesting)|your (?:request|email|e-mail|letter|enquiry|application|questions?)|"
    r"the following (?:request|questions?|information|terms|enquiry)|(?:following|below) request|"
    r"(?:email|e-mail|letter|request|correspondence|message) (?:requesting|asking|seeking|stating|which reads)|reads? as follows|request (?:was|is|reads?)|"
    r"requested (?:the following|details|information)|asked (?:for|the following)|in which you|request for (?:the following|information)"
    r")\b"
)
NOT_A_REQUEST_INTRO = re.compile(
    r".*\b(?:respon\w+|outstanding|information (?:that )?you (?:have )?requested is|answers?|reply|provide|provided|disclose|confirm|advise|able to|attached|find|"
    r"exempt|exemptions?|following reasons?|considered|contact)\b"
)
QUOTED_INTRO = re.compile(  # the words of a request asked for in the same sentence: no colon follows
    r"(?:specifically,? )?you (?:have )?(?:specifically )?(?:asked|requested)(?! (?:me|us) to (?:find|review|reconsider|look|carry|conduct))(?: us)?(?: for|\b)|in your request,? you asked|you wrote"
)

QUESTION = re.compile(
    r"(?:please |kindly )?(?:can|could|would|may|will) (?:you|i|the (?:force|council|trust))\b|please (?:provide|supply|send|give|include|state|list|"
    r"specify|break|use|detail|disclose|let me|tell|indicate|share|forward|format|split|limit|exclude|answer|confirm (?:if|whether|how|what|the|that)|"
    r"also (?:provide|include|state|confirm)|describe|outline|respond|treat|inform me|identify|explain)|(?:i|we) (?:would like|wish|want|request\b|require|am (?:writing|making|requesting|interested|"
    r"seeking|looking|asking)|are (?:requesting|interested|submitting|not requesting|seeking|writing)|understand (?:that|from)|look forward|submit|hereby|"
    r"should be grateful|would be (?:grateful|interested))|how (?:many|much|often|long|frequently|is|are|do|does|did|has|have|was|were|"
    r"would|can)\b|what(?:'s)?\b|which\b|when (?:was|did|were|is|are|do|does|will)\b|where (?:was|did|were|is|are|do|does)|who (?:is|are|was|were|"
    r"has|does)|whether\b|why\b|(?:do|does|did|has|have|had|is|are|was|were) (?:you|your|the|there|any|this|it|these|they|all|each|a|an)\b|"
    r"if (?:so|yes|not|no\b|possible|you (?:do|hold|need|have|are able|can|use)|this (?:is|information|request)|the (?:information|answer|cost|request)|"
    r"any|there)\b|copies of|copy of|a (?:list|copy|breakdown|description|summary) of|list of|details (?:of|on|about)|information (?:on|about|regarding|relating)|"
    r"under the (?:freedom|foi|provisions|terms)|pursuant to|for (?:each|the (?:year|years|period|last|past)|every)\b|broken down|(?:by|per) (?:year|month|"
    r"age|gender|type)|any\b|all (?:of )?(?:the |your |such )?(?:information|correspondence|communications?|documents?|documentation|e-?mails?|records|data|polic(?:y|ies)|minutes|reports?|contracts?)\b(?! (?:is|are|has|have)\b)|documents?,|(?:the )?(?:total |annual |average )?(?:number|names?|amount|value|cost|dates?) (?:of|and)\b|my (?:request|"
    r"question|name is)|to be clear|in particular|specifically|is there|yours faithfully"
)
NOUN_QUESTION = re.compile(
    r"(?:the )?(?:total |annual |average )?(?:number|names?|amount|value|cost|dates?|protocol|policy|list|copy|breakdown|details)s? (?:of|for|on|and)\b"
    r"|any |all |copies|details"
)

ANSWER_STRONG = re.compile(
    r"(?:.{0,90}\bcan (?:confirm|neither|advise)\b|.{0,90}\bneither (?:confirm|confirms|to confirm)\b|(?:your|this|the) request (?:for information )?"
    r"(?:has|have|was|is being) (?:now )?(?:been )?(?:considered|processed|dealt|handled|reviewed)|(?:i|we) have (?:now |today |carefully |"
    r"also |conducted |completed )*(?:considered|decided|reviewed|carried|concluded|determined|completed|conducted|undertaken|looked|upheld|"
    r"searched|contacted|consulted|made enquiries|supplied|sent|disclosed|answered|redacted|withheld|provided|attached|located|established|handled|processed|dealt|been informed|received)|(?:i am|we are) (?:pleased|sorry|writing to (?:advise|confirm|inform)|"
    r"able to (?:provide|confirm|disclose|answer)|unable|not (?:able|obliged|required)|required by (?:the |statute)|withholding|refusing|releasing|responding)|my (?:decision|response|findings|review)|"
    r"in (?:accordance|line|compliance) with (?:the|section|our|your)|(?:in|with) (?:response|answer|reply|respect|relation|regards?) (?:to|of) (?:your|the|question|q|point|part|request|item)|please find|"
    r"(?:please )?see (?:attached|below|the attached|table|spreadsheet|appendix|response|above|previous|our)|please (?:see|refer|be (?:advised|aware))|following (?:receipt|consideration|a search|enquiries|clarification)|having (?:now )?"
    r"(?:completed|considered|carried|conducted|reviewed|searched|consulted)|(?:a |all |relevant |our )?search(?:es)? (?:was|were|has|have|of)|(?:to|in order to) (?:locate|answer|comply|provide|retrieve|establish)|"
    r"this (?:letter|email|response|information|data) (?:provides|is (?:to|our|not|held|attached|exempt|available|provided)|confirms|has|was)|(?:the )?(?:information|data) (?:you (?:have )?"
    r"(?:requested|asked|seek|are)|requested|sought|provided|is |below|attached|relating|in )|unfortunately|no information (?:is |was )?held|information not held|not held|"
    r"under (?:section|the act|s\.? ?\d|regulation)|section \d|pursuant to (?:section|regulation)|it (?:is|has been) (?:estimated|determined|decided|established|our)|"
    r"your request relates|as (?:you|per|stated|at|of|above|explained|your request|mentioned|in the|part)\b|enquiries (?:were|have)|our (?:records|response|answer|systems?|force)|for (?:the response|question)|"
    r"after (?:careful|carefully|conducting|consulting)|on this occasion|you (?:noted|mentioned|argued|suggested|observed|contended)\b|the (?:first|original|initial|earlier|previous) (?:response|decision|answer|refusal)\b|(?:i|we) (?:regret|acknowledge|accept|appreciate)\b|(?:i am|we are) afraid\b|i (?:would|should) (?:advise|point out|inform)|whilst|details below|answers? (?:to|below))"
)
ANSWER_WEAK = re.compile(
    r"(?:we|our|there (?:are|is|was|were|has|have)|no\b|yes\b|none|nil|n/a|not |zero|[£\d<]|please note|currently|approximately|between|during|"
    r"these (?:are|figures|records)|this (?:is|does|figure)|they|it (?:is|should|does)|see |all (?:staff|officers|records|our|data|information|inpatient)|some |"
    r"following|data |figures|table|attached|answer|response|information |however|in (?:addition|total|order)|the (?:trust|council|constabulary|force|"
    r"department|service|board|authority|college|university|health|system|above|below|following|table|figures?|answer|process|policy|current|only|majority|"
    r"information)\b)"
)
ANSWER_FAIR = re.compile(r"(?:we (?:do|have|are|can|hold|estimate|consider)|our\b|there (?:are|is|was|were|has|have)|no\b|none|nil|n/a|please note|the (?:trust|council|constabulary|force)\b)")
BODY_SUBJECT = re.compile(  # "Ambershire Police does not use …": an organisation that does something
    r"(?:[Tt]he )?(?:[\w&'().-]+ ){0,8}?(?:(?i:trust|council|police|constabulary|force|authority|department|service|board|commissioner|university|"
    r"team|unit|office|college|agency)|[A-Z&]{3,})(?: \([^)]{2,40}\))?(?:,? [\w]+ly)? (?:has|have|does|do|did|is|are|was|were|holds?|employs?|provides?|uses?|can|cannot|"
    r"will|would|recognises|records?|operates?|considers?|neither|only|may|currently|no longer|contracts?|believes?)\b"
)

THANKS = re.compile(
    r"(?:thank you for (?:your|the|contacting|submitting)|i (?:write|am writing) (?:in|further|with|to|regarding|about)|(?:i|we) (?:refer|write) (?:to|in|further)|"
    r"further to (?:your|my|our)|with reference to your|i am responding|in response to your|on \d|(?:we|i) (?:acknowledge|have received|received)|your (?:request|email|e-mail) (?:was|of|dated)|"
    r"re:? |request received)"
)

COMPLAINT = re.compile(
    r"(?:(?:if|should) (?:you|the applicant|an applicant) (?:are|be|remain|feel|believe|have been|wish to (?:complain|appeal|request (?:a|an) (?:internal )?review)|were|not be|require "
    r"(?:a|an|such a) (?:internal )?review|disagree|would like (?:a|us to|to (?:request|complain|appeal))|do not agree|still)\b.{0,60}?"
    r"(?:unhappy|dissatisfied|not (?:satisfied|happy|content|been|properly)|unsatisfied|aggrieved|complain|appeal|review|disagree|agree)|"
    r"(?:your |our |the |foi )?(?:right(?:s)? (?:of|to) (?:appeal|complain|review|request a review|an internal review)|complaints?(?: rights?| procedure| process)?|appeals?(?: procedure| process| rights?)?|review (?:procedure|process|rights?)|"
    r"internal review(?: procedure| process| rights?)?|complaint rights|your rights?|next steps|what (?:to do )?if you are (?:not )?(?:un)?happy.{0,30})[\s:.?-]*$|"
    r"(?:you|every applicant|applicants) (?:also )?(?:have|has|are entitled to) (?:the |a )?right (?:to|of) (?:appeal|complain|request (?:a|an)|ask for|seek|an? (?:internal )?review|review)|you (?:can|may|are entitled to) (?:ask|request|appeal|complain|have this reviewed)|"
    r"your attention is drawn to|(?:the |this |any )?(?:request for (?:an )?internal review|complaint) (?:should|must|can)|.{0,80}right(?: for you)? to (?:request|seek) an? (?:independent |internal )?review|"
    r"we hope (?:this|that)|i (?:hope|trust) (?:this|that|the|you)|.{0,90}freedom of information (?:act )?(?:complaints?|appeals?) (?:review )?procedure|"
    r"if (?:we|it is) (?:decline|then felt|felt)|.{0,70}\bthe information commissioner(?:'s|s|s')? ?(?:office)?(?: \(ico\))? (?:can|may|at|is|will) )"
)
CONTACT = re.compile(  # neutral boilerplate: says nothing, ends nothing
    r"(?:(?:if|should) you (?:have|need|require|wish|would like).{0,50}(?:quer|question|enquir|concern|further|contact|assistance|discuss|re-?use)|please (?:do not hesitate|quote|remember to quote|contact|take|complete|bookmark)|"
    r"(?:the |any )?(?:information|material|data)?(?: that)? ?(?:is |we |supplied|provided).{0,60}(?:re-?use|copyright|open government licence)|re-?use|copyright|(?:most|some) of the information that we provide|"
    r"we (?:would|value|are committed)|in the (?:meantime|event)|once again|i apologise|(?:please accept )?(?:our|my) (?:sincere )?apolog|we apologise|when (?:re-?)?using|you are free to|for information where|(?:any|however, any) other (?:type of )?(?:re-?)?use|"
    r"for any named|.{0,80}open government licen[cs]e|.{0,60}(?:police forces|police services?) in the united kingdom are routinely|it should be noted that for these reasons|.{0,90}should not be used for (?:the )?comparison|"
    r"none of the above|no inference|this should not be taken|.{0,90}(?:disclosure to the world|applicant blind|motive blind|blind to the identity|regarded as (?:being )?published|in the public domain without caveat)|any (?:information|disclosure) (?:released|disclosed|under)|"
    r".{0,60}\bis unique\b.{0,60}comparison|as part of (?:our|the) (?:monitoring|publication|freedom)|in (?:accordance|line) with .{0,60}(?:disclosure log|published)|your (?:request|response) (?:will|may) (?:be published|form part))"
)
REOPENS = re.compile(  # what follows a signature or the complaints paragraph and is the answer again
    r"(?:appendix|annex|annexe|schedule|exemptions?\b|exemption (?:explanation|applied)s?|explanation of|refusal notice|"
    r"(?:overall |evidence of )?harm|(?:prejudice )?(?:\(harm\) )?test|public interest|factors|considerations|balanc|sections? \d|reasons? for|table \d|attachment \d)"
)
STATUTE = re.compile(
    r"(?:.*\b(?:is exempt information(?:\.?$| (?:if|for the|under|by virtue))|not exempt information by virtue of|exempt information by virtue of this|duty to confirm or deny does not (?:arise|apply) "
    r"(?:if|in relation|to the extent|where|in respect)|in this (?:section|act)\b|for the purposes of (?:this |sub)?section|to which a request for information relates is|"
    r"any person making a request for information to a public authority|is entitled - ?\(?a|to be informed in writing|to have (?:that|the) information communicated|"
    r"relating to a person other than|states? that a public authority|a public authority (?:is not obliged|may refuse|must|which)))"
)

REQUESTER = re.compile(  # a whole message in a thread that the requester wrote
    r"please use this email address for all replies|(?:this is|i am making|i would like to make|please accept this as) (?:a|an|my) "
    r"(?:request|freedom|foi)|under the (?:freedom of information|foi) act.{0,40}(?:i|please|can you|could you|request)|i would like to (?:request|know|see|receive|obtain)|i am (?:writing|requesting)|"
    r"please (?:could|can) you (?:provide|supply|send|tell|confirm|identify)|please (?:provide|supply|send)|i (?:understand|request|wish)|yours,|"
    r"is .{0,60} the wrong address for|(?:could|can) you (?:please )?(?:provide|tell|send|let me)"
)
AUTHORITY = re.compile(
    r"thank you for (?:your|the) (?:\w+ ){0,3}(?:request|enquiry|e-?mail|letter|correspondence|application)|has been logged|will be dealt with|we (?:received|must respond|have (?:considered|now))|your request (?:has|was|is)|"
    r"our (?:response|reference|ref)|information commissioner|i can confirm|further to your|please find attached"
)
ACKNOWLEDGES = re.compile(
    r"has been logged|will be (?:dealt with|processed|considered) (?:under|in)|respond to you (?:within|by)|(?:you )?(?:should|will) (?:receive|expect) (?:a|our) (?:response|reply)|"
    r"acknowledge (?:receipt|your)|within (?:the )?(?:20|twenty) working days,? by|your request is being (?:dealt|processed|considered|handled)"
)
