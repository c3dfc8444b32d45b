"""How letters word what becomes of a question: patterns over one sentence in small letters.

Each pattern stands behind a plain word that is looked for first, so that a sentence without it costs nothing.
"""

from __future__ import annotations

import re

from indexer.reading.phrases import phrases, words

# ---- cost

LIMIT = words(
    r"appropriate (?:\w+ )?(?:limit|level|threshold)",
    r"costs? (?:limit|threshold|ceiling|exemption|bracket)",
    r"(?:18|eighteen)(?: \(18\))? ?-?(?:hours?|hrs?)",
    r"fees? (?:limit|threshold|regulations)",
    r"time (?:limit|threshold)",
    r"limit (?:of|set|for|specified|prescribed)",
    r"excess(?:ive)? costs?",
    r"costs? of compl",
    r"cost of providing",
    r"24 hours",
    r"24-hour",
    r"12\.5 hours",
    r"upper limit",
    r"set limit",
    r"limit\b",
    signs=(
        r"£ ?450",
        r"£ ?600",
    ),
)
EXCEEDS = words(
    r"exceed",
    r"longer than",
    r"in excess\b",
    r"over (?:the|18|450|£)",
    r"beyond\b",
    r"more than\b",
    r"above the\b",
    r"greater than\b",
    r"excess(?:ive)? cost",
    r"well over",
    r"far (?:more|over)",
    r"(?:not|cannot|un)(?:able| be able|possible| possible)\w* .{0,80}\bwithin\b",
    r"cannot .{0,80}\bwithin\b",
    r"breach\w* the\b",
    r"surpass",
    r"outside (?:the|of the) (?:cost|appropriate|18)",
)
NOT_EXCEEDED = words(
    r"(?:not|cannot|without|avoid) (?:to )?exceed",
    r"(?:can)?not (?:be )?in excess",
    r"(?:now |would )?(?:falls?|fell|come|comes|bring\w*|remain) (?:\w+ )*within",
    r"unlikely to exceed",
    r"(?:can)?not more than",
    r"no more than",
)
SUPPOSED = words(
    r"(?:may|might|can) (?:\w+ )?(?:be )?(?:refuse|exceed|decline)",
    r"if (?:you|your|we|the|a|an|it|any|compl\w+|this)\b",
    r"an? (?:public )?authority\b",
    r"where (?:the|a|an|it|we)\b",
    r"public authorit(?:y|ies)\b",
    r"could (?:still )?exceed\b",
    r"when (?:calculating|estimating)\b",
    r"refined request",
    r"revised request",
    r"new request",
    r"future request",
    signs=(r"^(?:if|should|where|when|unless|in cases? where)\b",),
)
RETRIEVABLE = phrases(
    r"(?:not|cannot|no|n't) (?:[\w,']+ ){0,8}?(?:in|by|as) (?:a|an|any|the|such a)? ?(?:[\w/-]+ ){0,3}?(?:retriev|"
    r"search|report|extract|access|interrogat|collat)\w*",
    r"(?:can)?not (?:\w+ ){0,4}(?:easily|readily|electronically|automatically|centrally) (?:\w+ )?(?:retriev|search|"
    r"report|extract|access|available|identif|recorded|held)\w*",
    r"(?:can)?not (?:held|hold|recorded|stored|kept|collated|collected|logged) (?:centrally|electronically|in (?:a|"
    r"one) central)",
    r"(?:can)?not (?:\w+ )?(?:retrievable|searchable|reportable)",
    r"(?:can)?not (?:recorded|logged|coded|classified|categorised|flagged) (?:under|as|with|by|against) (?:a|an|any|"
    r"its|their|one) (?:\w+ ){0,3}(?:code|category|type|classification|flag|marker|heading|own)",
    r"in a format that (?:allows|would allow|enables)",
    r"format which (?:allows|would allow|enables)",
)
BY_HAND = words(
    r"manual\w*\b",
    r"individual(?:ly)? (?:review|check|search|examin|read|open)",
    r"each (?:individual )?(?:record|file|case|report|incident|crime|log)",
    r"trawl",
    r"read through",
)

# ---- neither confirm nor deny

NCND = words(
    r"neither (?:to )?confirm(?:s|ed|ing)? (?:n?or|and) (?:to )?den(?:y|ies|ied|ying)",
    r"can(?:not)? (?:neither )?confirm nor deny",
    r"ncnd\b(?! (?:test|principle))",
    r"(?:refus\w+|not (?:obliged|required|able|in a position)|exempt(?:s|ed)?|exclud\w+|cannot|unable|absolve\w*|"
    r"remov\w+|decline\w*|wish) (?:[\w']+ ){0,7}?(?:to )?confirm(?:ing)? (?:n?or|and|/) den(?:y|ying)",
    r"confirm or deny (?:\([^)]{1,60}\) )?(?:[\w,()]+ ){0,14}?(?:does|do|did) not (?:therefore )?(?:apply|arise)",
    r"duty (?:in|under|at|imposed by|contained in) section 1 ?\(1\) ?\(a\)(?: [\w(),]+){0,12} (?:does|do) not "
    r"(?:apply|arise)",
    r"(?:refus\w+|not|unable|contrary to the public interest) (?:[\w']+ ){0,8}to (?:reveal|confirm|say|disclose|"
    r"state) whether (?:or not )?(?:[\w']+ ){0,6}(?:is|are|exists?|holds?|held|has|have|it)\b",
    r"without confirming or denying",
    r"confirmation (?:n?or|and) denial",
)
NCND_TALK = words(
    r"if (?:the|a|an|we|any) ",
    r"unless",
    r"may (?:also )?neither\b",
    r"right (?:of access|to be told)",
    r"two (?:duties|rights|limbs)",
    r"duty to confirm or deny (?:is|whether)",
    r"a public authority",
    r"whether (?:or not )?(?:it|that|information) (?:would|should)",
    r"do not (?:wish|need|seek)",
    r"factors",
    r"considered whether",
    r"in (?:\d+|most|some|many|none|all|each|one|two|three|four|five|several|both) (?:of|cases?|letters?|instances?)\b",
    r"(?:can)?not used in this",
    signs=(r"\"neither confirm\w* n?or den\w+\"",),
)

# ---- not held

NOT_HELD = words(
    r"(?:do|does|did)(?:n't| not) (?:\w+ly )?(?:\w+ly )?(?:hold|possess|retain)\b",
    r"(?:do|does|did)(?:n't| not) (?:\w+ly )?(?:record|keep|collect|capture|collate|log|maintain|store|monitor|"
    r"have) (?:\w+ )?(?:any |this |the |that |such |these |a |all |of |specific |separate |relevant |recorded |"
    r"requested |further |exact |accurate )*(?:\w+ )?(?:information|data|details?|figures?|records?|level of|"
    r"breakdown|statistics)\b",
    r"(?:is|are|was|were|been|be)(?:n't| not) (?:\w+ly |information )?(?:\w+ly )?(?:held|recorded|retained|"
    r"collected|captured|logged|kept|stored|collated|something (?:that )?(?:we|the \w+) (?:hold|record|collect))\b",
    r"no (?:\w+ ){0,3}?(?:information|records?|data|numbers?|figures|statistics|documents?|documentation|"
    r"correspondence|recorded|emails?|material|trace|evidence of)(?: [\w()'/-]+){0,6}? (?:is |are |was |were |has "
    r"been |have been |could be |can be )?(?:held|found|located|identified|retrieved|traced|exists?)\b",
    r"(?:information|data|records?|documents?)(?:\(s\))? (?:is |are |was |were )?not (?:held|in our possession|"
    r"recorded|collected|captured)\b",
    r"hold(?:s|ing)? no\b",
    r"held no\b",
    r"nothing (?:is |was )?held\b",
    r"none (?:is |are )?held\b",
    r"no (?:such )?(?:information|records?|data) (?:is |are |was |were )?(?:held|exist|recorded|available)",
    r"(?:unable|failed|not able) to (?:locate|find|trace|identify) (?:any|the|this|such|relevant)\b",
    r"(?:did|have|has) not (?:locate|find|identif|trace|located|found|identified)\w* (?:any|the|relevant)",
    r"(?:can)?not in (?:our |the )?possession",
    r"no (?:recorded )?information (?:held|recorded)",
    r"have no (?:\w+ )?(?:records?|information|data|figures?) (?:of|on|for|about|relating|held|regarding|relevant)",
    r"no record (?:of|is|was)",
    r"(?:the )?information (?:you (?:have )?requested |requested )?is not available as (?:we|it|the|this|they)\b",
    r"unaware of any\b",
    r"nil (?:information|return|held)",
    r"we are not the holders?\b",
    r"unable to quantify\b",
    r"no longer (?:held|hold|holds|retained|retains?|exists?|available to us)\b",
    r"no such (?!(?:person|people|event|meeting|individual))[\w ]{3,40}? (?:is|are|was|were) held\b",
    signs=(
        r"^(?:\W*)(?:information )?not held\b",
        r"^no information(?: is| was)? held",
    ),
)
NOT_HELD_TALK = words(
    r"whether (?:or not )?(?:\w+ ){0,6}(?:held|hold)",
    r"if (?:the |this |any |we |it |such |you |that )?(?:\w+ ){0,4}(?:not held|not hold|n't hold)",
    r"is or is not\b",
    r"does or does not\b",
    r"are or are not\b",
    r"inference",
    r"should not be taken",
    r"may not (?:be )?(?:hold|held|record)",
    r"might not\b",
    r"as (?:an )?indication",
    r"(?:can)?not hold (?:itself|themselves)",
    r"no obligation\b",
    r"does not (?:mean|imply|necessarily)",
    r"(?:can)?not (?:held|hold) (?:to account|liable|responsible)",
    r"duty to (?:confirm|create)",
    r"(?:can)?not required to (?:create|obtain)",
    r"in (?:\d+|most|some|many|one|two|three|a few|several) (?:of|cases|letters|instances)\b",
    r"do or do not\b",
    r"should be (?:taken|read|understood)\b",
    r"could not (?:be )?hold",
    r"would not (?:be )?(?:held|hold|record)",
    signs=(r"^(?:if|where|should|unless)\b",),
)

# ---- refused, with no section printed

WITHHELD = words(
    r"(?:has|have|had|been|is|are|being|was|were|therefore|we|i) (?:\w+ )?(?:been )?(?:withheld|withholding|"
    r"redacted|redacting|exempted|exempting|exempt from|refusing|refused)\b",
    r"(?:is|are|to be) (?:\w+ ){0,3}exempt\b",
    r"(?:decided|decision|chosen|determined) (?:\w+ )?(?:not to (?:disclose|release|provide|supply)|to (?:withhold|"
    r"refuse|redact|exempt))",
    r"(?:will|would|can|could|may) not (?:therefore )?be (?:disclosed|released|shared|supplied)\b",
    r"cannot (?:\w+ )?(?:be )?(?:disclosed?|released?|shared?)\b",
    r"(?:can)?not (?:obliged|required|willing|prepared|able) (?:by statute )?to (?:disclose|release|supply|share)",
    r"(?:redacted|redactions?) (?:version|format|copy|have|has|under|to|for)",
    r"(?:commercially|operationally) sensitive",
    r"commercial(?:ly)? (?:in )?confiden\w+",
    r"in a redacted (?:format|form)",
    r"names? (?:\w+ ){0,6}(?:removed|redacted)",
    r"unable to (?:disclose|release|share)\b",
    r"(?:can)?not for (?:public )?(?:disclosure|release)",
    signs=(
        r"^(?:this (?:information )?is |these are |information |the information is )?(?:therefore )?(?:exempt|"
        r"withheld|refused|redacted)(?:[.,;]|$| (?:see|as above))",
    ),
)
WITHHELD_TALK = words(
    r"if (?:we|the|any|information|it|you)\b",
    r"may (?:also )?(?:withhold|refuse|be (?:withheld|exempt|refused))",
    r"whether\b",
    r"exempt(?:ion)?s? (?:may|can|could)\b",
    r"unless\b",
    r"(?:can)?not (?:exempt|withheld|been withheld)",
    r"can be (?:withheld|exempt)",
    r"exempt(?: information)?,? (?:if|where)\b",
    r"factors",
    r"fees? (?:and|or)",
    r"would (?:\w+ )?be exempt",
    r"nothing (?:has been|is) (?:withheld|redacted)",
    r"(?:no|not) (?:redact|exempt)",
    r"might",
    r"under the data protection act",
    signs=(r"^(?:if|where|should)\b",),
)
SMALL = words(
    r"(?:less|fewer|lower) than (?:or equal to )?(?:5|6|10|11|3|4|five|six|ten|three|four)\b",
    r"under (?:5|five|10|ten)\b",
    r"(?:low|small) (?:numbers?|figures?|counts?|volumes?)",
    r"suppress",
    signs=(r"< ?=? ?(?:5|6|10|11)\b",),
)
PROTECTS = words(
    r"identif",
    r"protect",
    r"confidential",
    r"anonym",
    r"privacy",
    r"personal (?:data|information)",
    r"disclosure control",
    r"suppress",
    r"re-identification",
    r"data protection",
)

# ---- elsewhere

PUBLISHED = words(
    r"(?:already|publicly|freely|readily|reasonably|openly) (?:\w+ )?(?:available|accessible|published|in the "
    r"public domain)",
    r"(?:already|previously|been) (?:been )?published",
    r"in the public domain",
    r"available (?:on|via|from|through|at|in) (?:the |our |its |a )?(?:[\w']+ ){0,5}(?:website|web ?page|internet|"
    r"link|publication scheme|disclosure log)",
    r"(?:published|accessed|found|viewed|obtained|downloaded|located|available|accessible) (?:on|at|via|from|"
    r"through|here|online|by|using|in) ?(?:the |our |its |this |a |following |visiting )*(?:[\w']+ ){0,4}(?:website|"
    r"web ?page|link|address|https?:|www\.|online|here|below|site|page)",
    r"(?:available|published|accessible) (?:online|here|below)",
    r"(?:following|below|this) (?:web ?)?links?\b",
    r"link below",
    r"https?://",
    r"www\.",
    signs=(r"\[link\]",),
)
UNPUBLISHED = words(
    r"(?:can)?not (?:\w+ ){0,3}(?:available|accessible|published|in the public domain)",
    r"once\b",
    r"if\b",
    r"will be",
    r"going to be",
    r"future",
    r"either already",
    r"whether",
    r"intended",
    r"would be",
)
PUBLISHED_FIRM = words(
    r"(?:is|are|being|has been|have been|as|was|were|which|information|data) (?:\w+ ){0,2}(?:(?:publicly|reasonably|"
    r"readily|freely) (?:available|accessible)|already (?:\w+ )?(?:available|accessible|published|in the public "
    r"domain)|(?:previously |been )?published(?! in accordance)|accessible to (?:you|the applicant)|accessible "
    r"(?:by|via) other)",
    r"(?:is|are) (?:now |currently )?in the public domain",
    signs=(r"^(?:publicly|already) available",),
)

# ---- other endings

VEXATIOUS = words(
    r"(?:is|are|as|be|was|deemed|considered|consider(?:ed)?|regarded?) (?:[\w']+ ){0,5}vexatious",
    r"(?:make|makes|made|deem|consider|render)\w* (?:[\w']+ ){0,5}vexatious",
    r"vexatious request",
)
VEXATIOUS_TALK = words(
    r"(?:can)?not (?:\w+ ){0,3}vexatious",
    r"whether",
    r"if\b",
    r"guidance",
    r"may be",
    r"which would not",
)
REPEATED = words(
    r"(?:is|are|as|be|was|deemed|considered) (?:[\w']+ ){0,5}(?:repeat(?:ed)? request|(?:substantially similar|"
    r"identical) (?:to|or))",
    r"repeated requests? under",
    r"(?:deemed|considered) (?:to be )?(?:a )?repeat(?:ed)?\b",
)
CLARIFY = words(
    r"please (?:(?:can|could|would|will) you )?(?:also )?(?:clarify|specify|confirm (?:which|what|whether you|"
    r"exactly|your)|let us know (?:your|which|what|exactly|whether|the)|provide (?:us with )?(?:further|more|"
    r"additional|clarif|your full)|identify (?:the|which)|exactly which)",
    r"(?:could|can|would) you (?:please )?(?:clarify|specify|let us know|provide (?:us with )?(?:further|more|"
    r"clarif)|confirm (?:which|what|whether you|exactly|your))",
    r"(?:we|i) (?:do |will |would |am |are )?(?:need|require|requiring|needing|seek|seeking|asking for|requesting|"
    r"must ask for) (?:you to )?(?:[\w']+ ){0,3}(?:clarif|further (?:information|detail)|more (?:information|"
    r"detail)|specif)",
    r"(?:until|unless) (?:we receive|you provide|you have provided|clarification)",
    r"(?:unclear|not clear) (?:to us )?(?:what|which|from|exactly)",
    r"clarification (?:is |are )?(?:required|needed)",
    r"section 1 ?\(3\)",
    r"(?:ask|asking|grateful if|helpful if) (?:that )?you (?:to |could |would )?(?:clarify|specify|provide "
    r"(?:further|more|clarif))",
)
CLARIFIED = words(
    r"(?:sought|requested|asked (?:you )?for|received|provided|following|your|further to|subsequent|gave|after|"
    r"dated) (?:\w+ ){0,4}clarif(?!y)",
    r"clarif\w+ (?:was|were|on \d|received|provided|dated|of \d)",
    r"you (?:have |had |then |subsequently )?clarified",
    r"if you (?:require|need|would like|have)",
    r"do not hesitate",
    r"for clarif",
    r"narrow",
    r"refin",
    signs=(r"^to clarify",),
)
TRANSFERRED = words(
    r"to (?:which|whom) (?:we|i) (?:have )?(?:also )?(?:passed|transferred|forwarded|referred)(?: on)? (?:your|this|"
    r"the|it)\b",
    r"(?:your|this|the) (?:request|enquiry|correspondence|email|letter) (?:has|have|was|is|will)(?: now| also| "
    r"therefore| been| being| be)* (?:transferred|forwarded|passed|referred|re-?directed)(?: on)? to\b",
    r"(?:i|we) (?:have|will|am|are)(?: now| also| therefore)* (?:transferr\w+|forward\w+|pass\w+|referr\w+) (?:your|"
    r"this|the|these|those|both|that) (?:\w+ ){0,2}(?:request|enquiry|correspondence|email|questions?|parts?|"
    r"points?)(?: on)? to\b",
)
OWN_OFFICE = phrases(
    r"\b(?:our|the|relevant|appropriate|this) (?:\w+ ){0,5}(?:team|department|unit|office|officer|section|"
    r"directorate|service|colleagues?)\b(?! of (?:the )?(?:police|mayor|national|independent|information))",
)
SUBJECT_ACCESS = words(
    r"subject access",
    r"right of access",
    r"subject (?:information )?rights request",
    r"access to (?:your|the) (?:own )?personal (?:data|information)",
    r"requests? for (?:your own|own) personal",
)
SUBJECT_ACCESS_DONE = words(
    r"(?:passed|treated|dealt with|process\w*|handled?|redirect\w*|rout\w+|log\w*|consider\w*|transferr\w*|"
    r"forward\w*|regard\w*) (?:[\w']+ ){0,6}(?:as a |to (?:the|our) |under |via |through )",
    r"(?:should|need to|must|will need to|can|may|require you to|advised? (?:you )?to|wish to) (?:\w+ )?(?:be "
    r")?(?:submit|make|apply|complete|use|made|request|submitted|asked for|sought)",
    r"before we can accept",
    signs=(r"^subject access request\b",),
)
INVALID = words(
    r"(?:not|cannot|is not|isn't|does not constitute|cannot be considered|not considered(?: to be)?|not (?:a )?) "
    r"?(?:a |as a )?(?:valid|properly made)(?: (?:foi|freedom of information|information|request))?",
    r"invalid (?:request|under|foi)",
    r"for (?:a|your|the) request to be valid",
    r"(?:request|requests?) (?:is |are )?(?:therefore )?invalid",
    r"(?:declin\w+|cannot (?:process|accept|deal)|unable to (?:process|accept)|not (?:able|obliged) to (?:process|"
    r"accept)).{0,160}(?:section 8|valid (?:name|address)|real name|full name|your name)",
    r"section 8.{0,120}(?:requires?|states? that)",
)
EXTENSION = words(
    r"(?:extend\w*|extension|further|additional|more|extra) (?:[\w']+ ){0,8}(?:working days|time|deadline|period|"
    r"limit)",
    r"section (?:10 ?\(3\)|17 ?\(2\))",
    r"(?:can)?not yet (?:been )?(?:reached|completed|concluded|made|determined)",
    r"regulation 7 ?\(1\)",
)
EXTENSION_PAST = words(
    r"(?:not|cannot|without|by not|failed to|failing to|mistake|overlooked|were due|was due|apologi[sz]e for not) "
    r"(?:\w+ ){0,4}(?:extend|meeting|answer|respond|reply)",
    r"previously extended",
    r"had (?:\w+ ){0,3}(?:extend|made)",
)
EXTENSION_WHY = words(
    r"public interest",
    r"section (?:10 ?\(3\)|17 ?\(2\))",
    r"regulation 7",
    r"complexity and volume",
    r"balance",
)

# ---- disclosed

DISCLOSED = words(
    r"(?:please (?:also )?(?:find|see)|find|see|refer to|as per|per) (?:(?!please\b|not\b|if\b)[\w'-]+ "
    r"){0,5}?(?:attached|enclosed|embedded|accompanying|table|spread ?sheet|appendix|annex|document|file|pdf|csv|"
    r"excel)\w*",
    r"(?:please (?:also )?(?:find|see)|set out|provided|listed|detailed|shown|outlined|given|contained|as) (?:\w+ "
    r")?(?:in the )?(?:below|attached|enclosed|following table|table|overleaf|spreadsheet|appendix)",
    r"(?:is|are|has been|have been|was|were|being) (?:\w+ )?(?:attached|enclosed|provided|supplied|disclosed|"
    r"released|included|tabulated|appended|embedded)\b(?! (?:under|by (?:the|virtue)|only))",
    r"attached (?:is|are|to|separately|document|spreadsheet|file|copy|excel|csv|pdf|table|you|in|herewith|for)",
    r"i attach",
    r"we attach",
    r"enclose\b",
    r"(?:am|are) (?:also |now )*(?:attaching|enclosing|providing|disclosing|releasing|supplying)\b",
    r"(?:able|pleased|happy|possible|position) to (?:\w+ )?(?:provide|disclose|release|supply|attach|share|offer|"
    r"answer|advise)",
    r"decided to (?:\w+ )?(?:disclose|release|provide)",
    r"(?:i|we|force|constabulary|council|trust|police) (?:\w+ )?(?:can|have) (?:\w+ )?(?:also )?(?:provide|provided|"
    r"disclose|disclosed|release|released|attach|attached|supply|supplied|enclosed|enclose)\b",
    r"table (?:below|above|\d)",
    r"(?:figures?|data|information|statistics|table|response|breakdown) (?:\w+ ){0,6}(?:below|above|attached)",
    r"(?:goodwill|helpful|assist you)",
    r"copy (?:of .{2,60} )?(?:is )?attached",
    r"(?:see|please see)\.? attached",
    signs=(
        r"\(attached\)",
        r"\(copy attached\)",
        r"^attached\b",
        r"^see below",
        r"^please see below",
    ),
)
NOT_A_DISCLOSURE = words(
    r"response (?:was|is|has been|were) provided",
    r"response to internal",
    r"(?:can)?not (?:\w+ ){0,4}(?:been )?(?:provided?|disclosed?|attached|enclosed|released?|supplied|included|able|"
    r"possible|position)",
    r"un(?:able|fortunately)",
    r"reasons?",
    r"explanation",
    r"rationale",
    r"refusal",
    r"(?:ico|commissioner's?|our|further|following) guidance",
    r"guidance (?:on how|can be|is available)",
    r"complain",
    r"review",
    r"whether",
    r"leaflet",
    r"survey",
    r"why\b",
    r"exempt\w* (?:\w+ )*(?:below|attached)",
    r"(?:decision|response|reply|answer)s? (?:to your (?:\w+ )*(?:request|questions?|queries|enquiry) )?(?:is |are "
    r")?(?:set out |provided |detailed |outlined )?(?:below|as follows)",
    r"find (?:below|our|the) .{0,60}(?:response|reply|answer)\b",
    r"would (?:\w+ ){0,4}(?:be )?(?:able|happy|provide|possible|disclose)",
    r"may be able",
    r"might be able",
    r"to provide (?:advice|a (?:response|copy of your)|assistance)",
    r"provided (?:to you )?(?:by|under|for (?:in|by)|that|in accordance with section 1)",
    r"provided in this response is",
    r"provided below (?:is|are) (?:the )?(?:reason|explan)",
    r"(?:harm|exemption|public interest)",
    r"if\b",
    r"able to (?:provide|answer).{0,30}if",
    r"where (?:it is |this is )?(?:appropriate|possible to)",
    r"advise you",
    r"details (?:of|on) how",
    r"to be (?:provided|disclosed|released)",
    r"requested",
    r"request for information",
    r"being able",
    r"statutory obligation",
    r"legal obligation",
    r"accordance with (?:the|our) disclosure log",
    r"duty",
    r"disclosed (?:under|to the world)",
    r"disclosure (?:under|log)",
    r"would not be",
    r"could (?:\w+ )?be (?:able|provided)",
    r"right to",
)
CAN_CONFIRM = re.compile(r"\b(?:can|to) confirm (?:that )?(?:[\w'()&-]+ ){0,12}?(?:holds?|held|do hold|does hold)\b")
SHORT = phrases(
    r"(?!\d{1,2}\.\d{1,2} [a-z])(?:yes|no|none|nil|zero|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty)(?=[.]?$)|n/?a|not applicable|"
    r"unknown|not known|[£<>~]? ?\d[\d,.]*%?m?k?)\b",
)


_UNTIL = words(
    r"section 17 ?\(2\).{0,80}\bestimate",
    r"section 10 ?\(3\).{0,200}\buntil such time",
    r"(?:can)?not yet (?:been )?(?:reached|come to|made|taken) (?:(?:a|an|any|the|my|our) (?:final )?(?:decision|"
    r"conclusion|view)|one\b)",
)


def extends(low: str) -> bool:
    """Whether a sentence takes more time to weigh the public interest."""
    if not (
        "exten" in low
        or "until such" in low
        or "estimate" in low
        or "further" in low
        or "additional" in low
        or "yet" in low
        or "more time" in low
    ):
        return False
    if _UNTIL.search(low):
        return True
    return (
        EXTENSION.search(low) is not None and EXTENSION_WHY.search(low) is not None and not EXTENSION_PAST.search(low)
    )
