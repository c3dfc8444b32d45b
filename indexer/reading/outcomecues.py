"""How letters word what becomes of a question: patterns over one sentence in small letters.

Each pattern stands behind a plain word that is looked for first, so that a sentence without it costs nothing.
"""

from __future__ import annotations

import re

# ---- cost

LIMIT = re.compile(
    r"appropriate (?:\w+ )?(?:limit|level|threshold)|costs? (?:limit|threshold|ceiling|exemption|bracket)|(?:18|eighteen)(?: \(18\))? ?-?(?:hours?|hrs?)|£ ?450|£ ?600|fees? (?:limit|threshold|regulations)|"
    r"time (?:limit|threshold)|limit (?:of|set|for|specified|prescribed)|excess(?:ive)? costs?|costs? of compl|cost of providing|24 hours|24-hour|12\.5 hours|upper limit|set limit|limit\b"
)
EXCEEDS = re.compile(
    r"exceed|longer than|\bin excess\b|\bover (?:the|18|450|£)|\bbeyond\b|\bmore than\b|\babove the\b|\bgreater than\b|excess(?:ive)? cost|well over|far (?:more|over)|"
    r"(?:not|un)(?:able| be able|possible| possible)\w* .{0,80}\bwithin\b|cannot .{0,80}\bwithin\b|\bbreach\w* the\b|surpass|outside (?:the|of the) (?:cost|appropriate|18)"
)
NOT_EXCEEDED = re.compile(
    r"(?:not|without|avoid) (?:to )?exceed|not (?:be )?in excess|(?:now |would )?(?:falls?|fell|come|comes|bring\w*|remain) (?:\w+ )*within|unlikely to exceed|not more than|no more than"
)
SUPPOSED = re.compile(
    r"^(?:if|should|where|when|unless|in cases? where)\b|\b(?:may|might|can) (?:\w+ )?(?:be )?(?:refuse|exceed|decline)|\bif (?:you|your|we|the|a|an|it|any|compl\w+|this)\b|\ban? (?:public )?authority\b|\bwhere (?:the|a|an|it|we)\b|"
    r"\bpublic authorit(?:y|ies)\b|\bcould (?:still )?exceed\b|\bwhen (?:calculating|estimating)\b|refined request|revised request|new request|future request"
)
RETRIEVABLE = re.compile(
    r"(?:not|no|n't) (?:[\w,']+ ){0,8}?(?:in|by|as) (?:a|an|any|the|such a)? ?(?:[\w/-]+ ){0,3}?(?:retriev|search|report|extract|access|interrogat|collat)\w*|not (?:\w+ ){0,4}(?:easily|readily|electronically|automatically|centrally) (?:\w+ )?(?:retriev|search|report|extract|access|available|identif|recorded|held)\w*|"
    r"not (?:held|hold|recorded|stored|kept|collated|collected|logged) (?:centrally|electronically|in (?:a|one) central)|not (?:\w+ )?(?:retrievable|searchable|reportable)|not (?:recorded|logged|coded|classified|categorised|flagged) (?:under|as|with|by|against) (?:a|an|any|its|their|one) (?:\w+ ){0,3}(?:code|category|type|classification|flag|marker|heading|own)|in a format that (?:allows|would allow|enables)|format which (?:allows|would allow|enables)"
)
BY_HAND = re.compile(
    r"\bmanual\w*\b|individual(?:ly)? (?:review|check|search|examin|read|open)|each (?:individual )?(?:record|file|case|report|incident|crime|log)|trawl|read through"
)

# ---- neither confirm nor deny

NCND = re.compile(
    r"\bneither (?:to )?confirm(?:s|ed|ing)? (?:n?or|and) (?:to )?den(?:y|ies|ied|ying)|\bcan(?:not)? (?:neither )?confirm nor deny|\bncnd\b(?! (?:test|principle))|"
    r"(?:refus\w+|not (?:obliged|required|able|in a position)|exempt(?:s|ed)?|exclud\w+|cannot|unable|absolve\w*|remov\w+|decline\w*|wish) (?:[\w']+ ){0,7}?(?:to )?confirm(?:ing)? (?:n?or|and|/) den(?:y|ying)|"
    r"confirm or deny (?:\([^)]{1,60}\) )?(?:[\w,()]+ ){0,14}?(?:does|do|did) not (?:therefore )?(?:apply|arise)|duty (?:in|under|at|imposed by|contained in) section 1 ?\(1\) ?\(a\)(?: [\w(),]+){0,12} (?:does|do) not (?:apply|arise)|"
    r"(?:refus\w+|not|unable|contrary to the public interest) (?:[\w']+ ){0,8}to (?:reveal|confirm|say|disclose|state) whether (?:or not )?(?:[\w']+ ){0,6}(?:is|are|exists?|holds?|held|has|have|it)\b|"
    r"without confirming or denying|confirmation (?:n?or|and) denial"
)
NCND_TALK = re.compile(
    r"\bif (?:the|a|an|we|any) |unless|\bmay (?:also )?neither\b|right (?:of access|to be told)|two (?:duties|rights|limbs)|duty to confirm or deny (?:is|whether)|a public authority|whether (?:or not )?(?:it|that|information) (?:would|should)|"
    r"do not (?:wish|need|seek)|factors|considered whether|\bin (?:\d+|most|some|many|none|all|each|one|two|three|four|five|several|both) (?:of|cases?|letters?|instances?)\b|\"neither confirm\w* n?or den\w+\"|not used in this"
)

# ---- not held

NOT_HELD = re.compile(
    r"\b(?:do|does|did)(?:n't| not) (?:\w+ly )?(?:\w+ly )?(?:hold|possess|retain)\b|\b(?:do|does|did)(?:n't| not) (?:\w+ly )?(?:record|keep|collect|capture|collate|log|maintain|store|monitor|have) "
    r"(?:\w+ )?(?:any |this |the |that |such |these |a |all |of |specific |separate |relevant |recorded |requested |further |exact |accurate )*(?:\w+ )?(?:information|data|details?|figures?|records?|level of|breakdown|statistics)\b|"
    r"\b(?:is|are|was|were|been|be)(?:n't| not) (?:\w+ly |information )?(?:\w+ly )?(?:held|recorded|retained|collected|captured|logged|kept|stored|collated|something (?:that )?(?:we|the \w+) (?:hold|record|collect))\b|"
    r"\bno (?:\w+ ){0,3}?(?:information|records?|data|numbers?|figures|statistics|documents?|documentation|correspondence|recorded|emails?|material|trace|evidence of)(?: [\w()'/-]+){0,6}? (?:is |are |was |were |has been |have been |could be |can be )?(?:held|found|located|identified|retrieved|traced|exists?)\b|"
    r"\b(?:information|data|records?|documents?)(?:\(s\))? (?:is |are |was |were )?not (?:held|in our possession|recorded|collected|captured)\b|^(?:\W*)(?:information )?not held\b|^no information(?: is| was)? held|\bhold(?:s|ing)? no\b|\bheld no\b|\bnothing (?:is |was )?held\b|\bnone (?:is |are )?held\b|"
    r"\bno (?:such )?(?:information|records?|data) (?:is |are |was |were )?(?:held|exist|recorded|available)|\b(?:unable|failed|not able) to (?:locate|find|trace|identify) (?:any|the|this|such|relevant)\b|"
    r"\b(?:did|have|has) not (?:locate|find|identif|trace|located|found|identified)\w* (?:any|the|relevant)|\bnot in (?:our |the )?possession|\bno (?:recorded )?information (?:held|recorded)|\bhave no (?:\w+ )?(?:records?|information|data|figures?) (?:of|on|for|about|relating|held|regarding|relevant)|"
    r"\bno record (?:of|is|was)|\b(?:the )?information (?:you (?:have )?requested |requested )?is not available as (?:we|it|the|this|they)\b|\bunaware of any\b|\bnil (?:information|return|held)|\bwe are not the holders?\b|\bunable to quantify\b|"
    r"\bno longer (?:held|hold|holds|retained|retains?|exists?|available to us)\b|\bno such (?!(?:person|people|event|meeting|individual))[\w ]{3,40}? (?:is|are|was|were) held\b"
)
NOT_HELD_TALK = re.compile(
    r"^(?:if|where|should|unless)\b|\bwhether (?:or not )?(?:\w+ ){0,6}(?:held|hold)|\bif (?:the |this |any |we |it |such |you |that )?(?:\w+ ){0,4}(?:not held|not hold|n't hold)|\bis or is not\b|\bdoes or does not\b|\bare or are not\b|inference|should not be taken|"
    r"\bmay not (?:be )?(?:hold|held|record)|\bmight not\b|as (?:an )?indication|not hold (?:itself|themselves)|\bno obligation\b|does not (?:mean|imply|necessarily)|not (?:held|hold) (?:to account|liable|responsible)|duty to (?:confirm|create)|not required to (?:create|obtain)|"
    r"\bin (?:\d+|most|some|many|one|two|three|a few|several) (?:of|cases|letters|instances)\b|\bdo or do not\b|\bshould be (?:taken|read|understood)\b|\bcould not (?:be )?hold|\bwould not (?:be )?(?:held|hold|record)"
)

# ---- refused, with no section printed

WITHHELD = re.compile(
    r"(?:has|have|had|been|is|are|being|was|were|therefore|we|i) (?:\w+ )?(?:been )?(?:withheld|withholding|redacted|redacting|exempted|exempting|exempt from|refusing|refused)\b|(?:is|are) (?:\w+ ){0,3}exempt\b|"
    r"(?:decided|decision|chosen|determined) (?:\w+ )?(?:not to (?:disclose|release|provide|supply)|to (?:withhold|refuse|redact|exempt))|(?:will|would|can|could|may) not (?:therefore )?be (?:disclosed|released|shared|supplied)\b|"
    r"\bcannot (?:\w+ )?(?:be )?(?:disclosed?|released?|shared?)\b|not (?:obliged|required|willing|prepared|able) (?:by statute )?to (?:disclose|release|supply|share)|(?:redacted|redactions?) (?:version|format|copy|have|has|under|to|for)|"
    r"^(?:this (?:information )?is |these are |information |the information is )?(?:therefore )?(?:exempt|withheld|refused|redacted)(?:[.,;]|$| (?:see|as above))|(?:commercially|operationally) sensitive|commercial(?:ly)? (?:in )?confiden\w+|in a redacted (?:format|form)|names? (?:\w+ ){0,6}(?:removed|redacted)|unable to (?:disclose|release|share)\b|not for (?:public )?(?:disclosure|release)"
)
WITHHELD_TALK = re.compile(
    r"^(?:if|where|should)\b|\bif (?:we|the|any|information|it|you)\b|\bmay (?:also )?(?:withhold|refuse|be (?:withheld|exempt|refused))|\bwhether\b|\bexempt(?:ion)?s? (?:may|can|could)\b|\bunless\b|not (?:exempt|withheld|been withheld)|"
    r"can be (?:withheld|exempt)|\bexempt(?: information)?,? (?:if|where)\b|factors|fees? (?:and|or)|would (?:\w+ )?be exempt|nothing (?:has been|is) (?:withheld|redacted)|(?:no|not) (?:redact|exempt)|might|under the data protection act"
)
SMALL = re.compile(
    r"(?:less|fewer|lower) than (?:or equal to )?(?:5|6|10|11|3|4|five|six|ten|three|four)\b|under (?:5|five|10|ten)\b|< ?=? ?(?:5|6|10|11)\b|(?:low|small) (?:numbers?|figures?|counts?|volumes?)|\bsuppress"
)
PROTECTS = re.compile(
    r"identif|protect|confidential|anonym|privacy|personal (?:data|information)|disclosure control|suppress|re-identification|data protection"
)

# ---- elsewhere

PUBLISHED = re.compile(
    r"(?:already|publicly|freely|readily|reasonably|openly) (?:\w+ )?(?:available|accessible|published|in the public domain)|(?:already|previously|been) (?:been )?published|in the public domain|available (?:on|via|from|through|at|in) (?:the |our |its |a )?(?:[\w']+ ){0,5}(?:website|web ?page|internet|link|publication scheme|disclosure log)|"
    r"(?:published|accessed|found|viewed|obtained|downloaded|located|available|accessible) (?:on|at|via|from|through|here|online|by|using|in) ?(?:the |our |its |this |a |following |visiting )*(?:[\w']+ ){0,4}(?:website|web ?page|link|address|https?:|www\.|online|here|below|site|page)|"
    r"(?:available|published|accessible) (?:online|here|below)|(?:following|below|this) (?:web ?)?links?\b|link below|\[link\]|https?://|www\."
)
UNPUBLISHED = re.compile(r"\bnot (?:\w+ ){0,3}(?:available|accessible|published|in the public domain)|\bonce\b|\bif\b|will be|going to be|future|either already|whether|intended|would be")
PUBLISHED_FIRM = re.compile(
    r"(?:is|are|being|has been|have been|as|was|were|which|information|data) (?:\w+ ){0,2}(?:(?:publicly|reasonably|readily|freely) (?:available|accessible)|already (?:\w+ )?(?:available|accessible|published|in the public domain)|(?:previously |been )?published(?! in accordance)|accessible to (?:you|the applicant)|accessible (?:by|via) other)|"
    r"(?:is|are) (?:now |currently )?in the public domain|^(?:publicly|already) available"
)

# ---- other endings

VEXATIOUS = re.compile(
    r"(?:is|are|as|be|was|deemed|considered|consider(?:ed)?|regarded?) (?:[\w']+ ){0,5}vexatious|vexatious request"
)
VEXATIOUS_TALK = re.compile(r"not (?:\w+ ){0,3}vexatious|whether|\bif\b|guidance|may be|which would not")
REPEATED = re.compile(
    r"(?:is|are|as|be|was|deemed|considered) (?:[\w']+ ){0,5}(?:repeat(?:ed)? request|(?:substantially similar|identical) (?:to|or))|repeated requests? under|(?:deemed|considered) (?:to be )?(?:a )?repeat(?:ed)?\b"
)
CLARIFY = re.compile(
    r"please (?:(?:can|could|would|will) you )?(?:also )?(?:clarify|specify|confirm (?:which|what|whether you|exactly|your)|let us know (?:your|which|what|exactly|whether|the)|provide (?:us with )?(?:further|more|additional|clarif|your full)|identify (?:the|which)|exactly which)|"
    r"(?:could|can|would) you (?:please )?(?:clarify|specify|let us know|provide (?:us with )?(?:further|more|clarif)|confirm (?:which|what|whether you|exactly|your))|(?:we|i) (?:do |will |would |am |are )?(?:need|require|requiring|needing|seek|seeking|asking for|requesting|must ask for) (?:you to )?(?:[\w']+ ){0,3}(?:clarif|further (?:information|detail)|more (?:information|detail)|specif)|"
    r"(?:until|unless) (?:we receive|you provide|you have provided|clarification)|(?:unclear|not clear) (?:to us )?(?:what|which|from|exactly)|clarification (?:is |are )?(?:required|needed)|section 1 ?\(3\)|(?:ask|asking|grateful if|helpful if) (?:that )?you (?:to |could |would )?(?:clarify|specify|provide (?:further|more|clarif))"
)
CLARIFIED = re.compile(
    r"(?:sought|requested|asked (?:you )?for|received|provided|following|your|further to|subsequent|gave|after|dated) (?:\w+ ){0,4}clarif(?!y)|clarif\w+ (?:was|were|on \d|received|provided|dated|of \d)|you (?:have |had |then |subsequently )?clarified|if you (?:require|need|would like|have)|do not hesitate|for clarif|^to clarify|narrow|refin"
)
TRANSFERRED = re.compile(
    r"to (?:which|whom) (?:we|i) (?:have )?(?:also )?(?:passed|transferred|forwarded|referred)(?: on)? (?:your|this|the|it)\b|(?:your|this|the) (?:request|enquiry|correspondence|email|letter) (?:has|have|was|is|will)(?: now| also| therefore| been| being| be)* (?:transferred|forwarded|passed|referred|re-?directed)(?: on)? to\b|(?:i|we) (?:have|will|am|are)(?: now| also| therefore)* (?:transferr\w+|forward\w+|pass\w+|referr\w+) (?:your|this|the|these|those|both|that) (?:\w+ ){0,2}(?:request|enquiry|correspondence|email|questions?|parts?|points?)(?: on)? to\b"
)
OWN_OFFICE = re.compile(
    r"\b(?:our|the|relevant|appropriate|this) (?:\w+ ){0,5}(?:team|department|unit|office|officer|section|directorate|service|colleagues?)\b(?! of (?:the )?(?:police|mayor|national|independent|information))"
)
SUBJECT_ACCESS = re.compile(
    r"subject access|right of access|subject (?:information )?rights request|access to (?:your|the) (?:own )?personal (?:data|information)|requests? for (?:your own|own) personal"
)
SUBJECT_ACCESS_DONE = re.compile(
    r"(?:passed|treated|dealt with|process\w*|handled?|redirect\w*|rout\w+|log\w*|consider\w*|transferr\w*|forward\w*|regard\w*) (?:[\w']+ ){0,6}(?:as a |to (?:the|our) |under |via |through )|(?:should|need to|must|will need to|can|may|require you to|advised? (?:you )?to|wish to) (?:\w+ )?(?:be )?(?:submit|make|apply|complete|use|made|request|submitted|asked for|sought)|"
    r"^subject access request\b|before we can accept"
)
INVALID = re.compile(
    r"(?:not|is not|isn't|does not constitute|cannot be considered|not considered(?: to be)?|not (?:a )?) ?(?:a |as a )?(?:valid|properly made)(?: (?:foi|freedom of information|information|request))?|invalid (?:request|under|foi)|for (?:a|your|the) request to be valid|(?:request|requests?) (?:is |are )?(?:therefore )?invalid|"
    r"(?:declin\w+|cannot (?:process|accept|deal)|unable to (?:process|accept)|not (?:able|obliged) to (?:process|accept)).{0,160}(?:section 8|valid (?:name|address)|real name|full name|your name)|section 8.{0,120}(?:requires?|states? that)"
)
EXTENSION = re.compile(
    r"(?:extend\w*|extension|further|additional|more|extra) (?:[\w']+ ){0,8}(?:working days|time|deadline|period|limit)|section (?:10 ?\(3\)|17 ?\(2\))|not yet (?:been )?(?:reached|completed|concluded|made|determined)|regulation 7 ?\(1\)"
)
EXTENSION_PAST = re.compile(r"(?:not|without|by not|failed to|failing to|mistake|overlooked|were due|was due|apologi[sz]e for not) (?:\w+ ){0,4}(?:extend|meeting|answer|respond|reply)|previously extended|had (?:\w+ ){0,3}(?:extend|made)")
EXTENSION_WHY = re.compile(
    r"public interest|section (?:10 ?\(3\)|17 ?\(2\))|regulation 7|complexity and volume|balance"
)

# ---- disclosed

DISCLOSED = re.compile(
    r"(?:please (?:also )?(?:find|see)|find|see|refer to|as per|per) (?:(?!please\b|not\b|if\b)[\w'-]+ ){0,5}?(?:attached|enclosed|embedded|accompanying|table|spread ?sheet|appendix|annex|document|file|pdf|csv|excel)\w*|"
    r"(?:please (?:also )?(?:find|see)|set out|provided|listed|detailed|shown|outlined|given|contained|as) (?:\w+ )?(?:in the )?(?:below|attached|enclosed|following table|table|overleaf|spreadsheet|appendix)|"
    r"\b(?:is|are|has been|have been|was|were|being) (?:\w+ )?(?:attached|enclosed|provided|supplied|disclosed|released|included|tabulated|appended|embedded)\b(?! (?:under|by (?:the|virtue)|only))|\battached (?:is|are|to|separately|document|spreadsheet|file|copy|excel|csv|pdf|table|you|in|herewith|for)|\bi attach|\bwe attach|\benclose\b|\b(?:am|are) (?:also |now )*(?:attaching|enclosing|providing|disclosing|releasing|supplying)\b|"
    r"(?:able|pleased|happy|possible|position) to (?:\w+ )?(?:provide|disclose|release|supply|attach|share|offer|answer|advise)|decided to (?:\w+ )?(?:disclose|release|provide)|(?:i|we|force|constabulary|council|trust|police) (?:\w+ )?(?:can|have) (?:\w+ )?(?:also )?(?:provide|provided|disclose|disclosed|release|released|attach|attached|supply|supplied|enclosed|enclose)\b|"
    r"table (?:below|above|\d)|(?:figures?|data|information|statistics|table|response|breakdown) (?:\w+ ){0,6}(?:below|above|attached)|(?:goodwill|helpful|assist you)|copy (?:of .{2,60} )?(?:is )?attached|\(attached\)|\(copy attached\)|(?:see|please see)\.? attached|^attached\b|^see below|^please see below"
)
NOT_A_DISCLOSURE = re.compile(
    r"response (?:was|is|has been|were) provided|response to internal|not (?:\w+ ){0,4}(?:been )?(?:provided?|disclosed?|attached|enclosed|released?|supplied|included|able|possible|position)|un(?:able|fortunately)|reasons?|explanation|rationale|refusal|(?:ico|commissioner's?|our|further|following) guidance|guidance (?:on how|can be|is available)|complain|review|whether|leaflet|survey|why\b|exempt\w* (?:\w+ )*(?:below|attached)|"
    r"(?:decision|response|reply|answer)s? (?:to your (?:\w+ )*(?:request|questions?|queries|enquiry) )?(?:is |are )?(?:set out |provided |detailed |outlined )?(?:below|as follows)|find (?:below|our|the) .{0,60}(?:response|reply|answer)\b|would (?:\w+ ){0,4}(?:be )?(?:able|happy|provide|possible|disclose)|may be able|might be able|"
    r"to provide (?:advice|a (?:response|copy of your)|assistance)|provided (?:to you )?(?:by|under|for (?:in|by)|that|in accordance with section 1)|provided in this response is|provided below (?:is|are) (?:the )?(?:reason|explan)|(?:harm|exemption|public interest)|if\b|able to (?:provide|answer).{0,30}if|where (?:it is |this is )?(?:appropriate|possible to)|advise you|"
    r"details (?:of|on) how|to be (?:provided|disclosed|released)|requested|request for information|being able|statutory obligation|legal obligation|accordance with (?:the|our) disclosure log|duty|disclosed (?:under|to the world)|disclosure (?:under|log)|would not be|could (?:\w+ )?be (?:able|provided)|right to"
)
PART_ONLY = re.compile(
    r"\b(?:some|part|partial\w*) (?:of )?(?:the )?(?:requested )?(?:information|response|disclosure|data)|(?:held|disclosed?|provided|released) in part|partially|(?:some|part) (?:of the )?information"
)
CAN_CONFIRM = re.compile(r"\b(?:can|to) confirm (?:that )?(?:[\w'()&-]+ ){0,12}?(?:holds?|held|do hold|does hold)\b")
SHORT = re.compile(r"(?!\d{1,2}\.\d{1,2} [a-z])(?:yes|no|none|nil|zero|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty)(?=[.]?$)|n/?a|not applicable|unknown|not known|[£<>~]? ?\d[\d,.]*%?m?k?)\b")


_UNTIL = re.compile(r"section 17 ?\(2\).{0,80}\bestimate|section 10 ?\(3\).{0,200}\buntil such time|\bnot yet (?:been )?(?:reached|come to|made|taken) (?:(?:a|an|any|the|my|our) (?:final )?(?:decision|conclusion|view)|one\b)")


def extends(low: str) -> bool:
    """Whether a sentence takes more time to weigh the public interest."""
    if not ("exten" in low or "until such" in low or "estimate" in low or "further" in low or "additional" in low or "yet" in low or "more time" in low):
        return False
    if _UNTIL.search(low):
        return True
    return EXTENSION.search(low) is not None and EXTENSION_WHY.search(low) is not None and not EXTENSION_PAST.search(low)
