"""How letters word that something is given, lies elsewhere, or ends otherwise: patterns over one sentence.

Each pattern stands behind a plain word that is looked for first, so that a sentence without it costs nothing.
"""

from __future__ import annotations

from indexer.reading.phrases import Words, compiled, phrases

# ---- elsewhere

PUBLISHED = Words(
    r"(?:already|publicly|freely|readily|reasonably|openly) (?:\w+ )?(?:available|accessible|published|in the "
    r"public domain)",
    r"(?:already|previously|been) (?:been )?published",
    r"(?:is|are) (?:\w+ )?published (?:by|on|in|at|as|every|each|annually|quarterly|monthly|weekly|regularly)\b",
    r"in the public domain",
    r"available (?:on|via|from|through|at|in) (?:the |our |its |a )?(?:[\w']+ ){0,5}(?:website|web ?page|internet|"
    r"link|publication scheme|disclosure log)",
    r"(?:published|accessed|found|viewed|obtained|downloaded|located|available|accessible) (?:on|at|via|from|"
    r"through|here|online|by|using|in) ?(?:the |our |its |this |a |following |visiting )*(?:[\w']+ ){0,4}(?:website|"
    r"web ?page|link|address|https?:|www\.|online|here|below|site|page)",
    r"(?:available|published|accessible) (?:online|here|below)",
    r"(?:following|below|this) (?:web ?)?links?\b",
    r"link below",
    r"available (?:on|in|from|via) our \w+",
    r"(?:is|are|be found|found|find .{2,80}|see .{2,60}|held) (?:\w+ )?(?:on|in|at) (?:the|our|its) (?:[\w']+ ){0,4}"
    r"(?:website|web ?site|web ?pages?|publication scheme|public register|register of \w+|disclosure log)\b",
    r"https?://",
    r"www\.",
    signs=(r"\[link\]",),
)
UNPUBLISHED = Words(
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
PUBLISHED_FIRM = Words(
    r"(?:is|are|being|has been|have been|as|was|were|which|information|data) (?:\w+ ){0,2}(?:(?:publicly|reasonably|"
    r"readily|freely) (?:available|accessible)|already (?:\w+ )?(?:available|accessible|published|in the public "
    r"domain)|(?:previously |been )?published(?! in accordance)|accessible to (?:you|the applicant)|accessible "
    r"(?:by|via) other)",
    r"(?:is|are) (?:now |currently )?in the public domain",
    r"you (?:can|will|may|should be able to) (?:\w+ )?(?:find|access|view|obtain|download|see) "
    r"(?:the|this|that|it|all|these|them|our)\b.{0,60}?(?:website|web ?site|web ?page|link\b|online|https?:|www\.|"
    r"publication scheme|disclosure log)",
    opens=(r"(?:publicly|already) available",),
)

# ---- other endings

VEXATIOUS = Words(
    r"(?:is|are|as|be|was|deemed|considered|consider(?:ed)?|regarded?) (?:[\w']+ ){0,5}vexatious",
    r"(?:make|makes|made|deem|consider|render)\w* (?:[\w']+ ){0,5}vexatious",
    r"vexatious request",
)
VEXATIOUS_TALK = Words(
    r"(?:can)?not (?:\w+ ){0,3}vexatious",
    r"whether",
    r"if\b",
    r"guidance",
    r"may be",
    r"which would not",
)
REPEATED = Words(
    r"(?:is|are|as|be|was|deemed|considered) (?:[\w']+ ){0,5}(?:repeat(?:ed)? request|(?:substantially similar|"
    r"identical) (?:to|or))",
    r"repeated requests? under",
    r"too soon after (?:your|the|an?) (?:last|previous|earlier) request",
    r"(?:have|has) (?:already |previously )+(?:responded|replied|answered|complied|dealt with) (?:\w+ ){0,3}(?:an? )?"
    r"(?:identical|the same) request",
    r"(?:deemed|considered) (?:to be )?(?:a )?repeat(?:ed)?\b",
)
CLARIFY = Words(
    r"please (?:(?:can|could|would|will) you )?(?:also )?(?:clarify|specify|tell us|confirm (?:which|what|whether you|"
    r"exactly|your)|let us know (?:your|which|what(?! you think)|exactly|whether|the)|provide (?:us with )?"
    r"(?:further|more|additional|clarif|your full)|identify (?:the|which)|exactly which)",
    r"(?:could|can|would) you (?:please )?(?:clarify|specify|let us know|tell us|provide (?:(?:us|me|this office) )?"
    r"(?:with )?(?:further|more|clarif|a (?:start|time|date))|confirm (?:which|what|whether you|exactly|your))",
    r"(?:we|i) (?:do |will |would |am |are )?(?:need|require|requiring|needing|seek|seeking|asking for|requesting|"
    r"must ask for) (?:you to )?(?:[\w']+ ){0,3}(?:clarif|further (?:information|detail)|more (?:information|"
    r"detail)|specif)",
    r"(?:until|unless) (?:we receive|you provide|you have provided|clarification)",
    r"(?:unclear|not clear) (?:to us )?(?:what|which|from|exactly)",
    r"clarification (?:is |are )?(?:required|needed)",
    r"(?:we|i) would like to (?:ask you for|check (?:if|whether) you|clarify (?:if|whether|which|what))",
    r"without this (?:extra|further|additional) information from you",
    r"section 1 ?\(3\)",
    r"(?:write|writing) to ask (?:that |for )?(?:you )?(?:to )?clarif",
    r"(?:ask|asking|grateful if|helpful if) (?:that )?you (?:to |could |would )?(?:clarify|specify|provide "
    r"(?:further|more|clarif))",
)
CLARIFIED = Words(
    r"(?:sought|requested|asked (?:you )?for|received|provided|following|your|further to|subsequent|gave|after|"
    r"dated) (?:\w+ ){0,4}clarif(?!y)",
    r"clarif\w+ (?:was|were|on \d|received|provided|dated|of \d)",
    r"you (?:have |had |then |subsequently )?clarified",
    r"if you (?:require|need|would like|have)",
    r"do not hesitate",
    r"for clarif",
    r"narrow",
    r"refin",
    opens=(r"to clarify",),
)
TRANSFERRED = Words(
    r"(?:should|must|needs? to) be (?:sent|made|addressed|directed) to\b.{0,90}\bwhich (?:we|i) (?:are|am|can|will|"
    r"have)\b",
    r"to (?:which|whom) (?:we|i) (?:have )?(?:also )?(?:passed|transferred|forwarded|referred)(?: on)? (?:your|this|"
    r"the|it)\b",
    r"(?:your|this|the) (?:request|enquiry|correspondence|email|letter) (?:has|have|was|is|will)(?: now| also| "
    r"therefore| been| being| be)* (?:transferred|forwarded|passed|referred|re-?directed)(?: on)? to\b",
    r"(?:i|we) (?:have|will|am|are)(?: now| also| therefore)* (?:transferr\w+|forward\w+|pass\w+|referr\w+|sent) "
    r"(?:your|"
    r"this|the|these|those|both|that) (?:\w+ ){0,2}(?:request|enquiry|correspondence|email|questions?|parts?|"
    r"points?)(?: on)? to\b",
)
OWN_OFFICE = phrases(
    r"\b(?:our|the|relevant|appropriate|this) (?:\w+ ){0,5}(?:team|department|unit|office|officer|section|"
    r"directorate|service|colleagues?)\b(?! of (?:the )?(?:police|mayor|national|independent|information))",
)
SUBJECT_ACCESS = Words(
    r"subject access",
    r"right of access",
    r"subject (?:information )?rights request",
    r"access to (?:your|the) (?:own )?personal (?:data|information)",
    r"requests? for (?:your own|own) personal",
)
SUBJECT_ACCESS_DONE = Words(
    r"please (?:make|submit|complete|use|apply)",
    r"(?:passed|treated|dealt with|process\w*|handled?|redirect\w*|rout\w+|log\w*|consider\w*|transferr\w*|"
    r"forward\w*|regard\w*) (?:[\w']+ ){0,6}(?:as a |to (?:the|our) |under |via |through )",
    r"(?:should|need to|must|will need to|can|may|require you to|advised? (?:you )?to|wish to) (?:\w+ )?(?:be "
    r")?(?:submit|make|apply|complete|use|made|request|submitted|asked for|sought)",
    r"before we can accept",
    r"(?:what )?you need (?:to make )?(?:is )?a subject access",
    r"(?:passed|moved|sent) (?:\w+ ){1,4}(?:across|over|on) to",
    opens=(r"subject access request\b",),
)
INVALID = Words(
    r"(?:not|cannot|is not|isn't|does not constitute|cannot be considered|not considered(?: to be)?|not (?:a )?) "
    r"?(?:a |as a )?(?:valid|properly made)(?: (?:foi|freedom of information|information|request))?",
    r"invalid (?:request|under|foi)",
    r"for (?:a|your|the) request to be valid",
    r"(?:request|requests?) (?:is |are )?(?:therefore )?invalid",
    r"(?:declin\w+|cannot (?:process|accept|deal)|unable to (?:process|accept)|not (?:able|obliged) to (?:process|"
    r"accept)).{0,160}(?:section 8|valid (?:name|address)|real name|full name|your name)",
    r"section 8.{0,120}(?:requires?|states? that).{0,120}\b(?:real|full|valid|your|you)\b",
)
EXTENSION = Words(
    r"(?:extend\w*|extension|further|additional|more|extra) (?:[\w']+ ){0,8}(?:working days|time|deadline|period|"
    r"limit)",
    r"section (?:10 ?\(3\)|17 ?\(2\))",
    r"(?:can)?not yet (?:been )?(?:reached|completed|concluded|made|determined)",
    r"regulation 7 ?\(1\)",
)
EXTENSION_PAST = Words(
    r"(?:not|cannot|without|by not|failed to|failing to|mistake|overlooked|were due|was due|apologi[sz]e for not) "
    r"(?:\w+ ){0,4}(?:extend|meeting|answer|respond|reply)",
    r"previously extended",
    r"(?:wrote|written) to you\b",
    r"(?:was|were) extended",
    r"had (?:\w+ ){0,3}(?:extend|made)",
)
EXTENSION_WHY = Words(
    r"public interest",
    r"section (?:10 ?\(3\)|17 ?\(2\))",
    r"regulation 7",
    r"complexity and volume",
    r"balance",
)

# ---- disclosed

DISCLOSED = Words(
    r"attached (?:\w+ ){1,3}(?:lists?|shows?|gives?|contains?|sets?|has|have|includes?|covers?)\b",
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
    r"(?:figures?|data|information|statistics|table|response|breakdown) (?:\w+ ){0,6}(?:below|above|attached)\b"
    r"(?! (?:the (?:amount|cost|limit|threshold|appropriate)|£))",
    r"(?:goodwill|helpful|assist you)",
    r"copy (?:of .{2,60} )?(?:is )?attached",
    r"cop(?:y|ies) (?:of .{2,60} )?(?:comes?|goes|go|accompan(?:y|ies)|is sent|are sent) with this",
    r"(?:is|are) (?:\w+ )?in the (?:attached|enclosed)\b",
    r"(?:see|please see)\.? attached",
)
_DISCLOSES = compiled(r"(?:attached|enclosed)\b|(?:please )?see below")  # at the beginning
DISCLOSED_FIRM = Words(  # a decision, whatever else the sentence says
    r"decided to (?:\w+ )?(?:disclose|release|provide|supply)",
    r"(?:i am|we are) (?:\w+ )?(?:disclosing|releasing)\b",
    r"(?:i|we) (?:am |are )?(?:able|pleased|happy) to (?:\w+ )?(?:disclose|release)\b",
    r"(?:information|data|document|figures|documents) (?:\w+ ){0,4}(?:is|are) (?:now |hereby |therefore )?"
    r"(?:disclosed|released|attached|enclosed)\b",
)
DISCLOSED_UNSURE = Words(
    r"(?:can)?not\b",
    r"if\b",
    r"whether",
    r"would",
    r"unless",
    r"why\b",
    r"complain",
    r"once\b",
    r"review",
    r"un(?:able|less)",
    r"reasons?",
    r"guidance",
    r"nothing",
    r"exempt",
    r"to be (?:disclosed|released)",
    r"(?:disclosed|released) (?:under|by (?:the|virtue)|only|to the world)",
)
NOT_A_DISCLOSURE = Words(
    r"neither confirm",
    r"(?:can)?not (?:\w+ )?(?:be )?(?:searched|extracted|retrieved|separated)",
    r"response (?:was|is|has been|were) provided",
    r"response to internal",
    r"see (?:the )?notes?\b",
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
    r"review(?!ed and)",
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
    r"you (?:have )?(?:also )?requested",
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
PROMISED = Words(  # the answer is still to come
    r"(?:is|are|will) (?:also )?(?:to )?follow\b(?! (?:the|this|that|a|an|our|all)\b)",
    r"to follow(?: (?:shortly|soon|separately|later|on \d|in due|by \d))?\.?$",
    r"will (?:\w+ )?(?:be (?:sent|provided|supplied|forwarded|e-?mailed|issued|with you|in touch|responding|disclosed|"
    r"released)|send|forward|provide you with (?:a|our|the) (?:response|reply|answer)|respond|reply|let you know|"
    r"contact you|get back|write to you)\b(?!.{0,60}\b(?:if|unless|once you|when you|should you)\b)",
    r"(?:am|are|is|still|currently) (?:still |currently |being )?(?:looking (?:in)?to (?:it|this|your)|"
    r"awaiting|waiting (?:for|on)|chasing|working on|in the process of|"
    r"considering your|processing your|dealing with your|collating|gathering|"
    r"processed|collated|gathered|prepared|compiled|looked into)\b",
    r"(?:hope|aim|expect|endeavour|intend) to (?:respond|reply|send|provide|have|be able)\b",
)
CAN_CONFIRM = compiled(r"\b(?:can|to) confirm (?:that )?(?:[\w'()&-]+ ){0,12}?(?:holds?|held|do hold|does hold)\b")
SHORT = phrases(
    r"(?!\d{1,2}\.\d{1,2} [a-z])(?:yes|no|none|nil|zero|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty)(?=[.]?$)|n/?a|not applicable|"
    r"unknown|not known|[£<>~]? ?\d[\d,.]*%?m?k?)\b",
)


_UNTIL = Words(
    r"section 17 ?\(2\).{0,80}\bestimate",
    r"section 10 ?\(3\).{0,200}\buntil such time",
    r"(?:can)?not yet (?:been )?(?:reached|come to|made|taken) (?:(?:a|an|any|the|my|our) (?:final )?(?:decision|"
    r"conclusion|view)|one\b)",
)


def discloses(low: str) -> bool:
    """Whether a sentence speaks of what is given, perhaps of what is not."""
    if DISCLOSED.search(low) or _DISCLOSES.match(low):
        return True
    return "attached)" in low and ("(attached)" in low or "(copy attached)" in low)


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
    if not (
        "public interest" in low
        or "section 1" in low
        or "not yet" in low
        or "regulation 7" in low
        or "balance" in low
        or "complexity" in low
    ):
        return False
    if _UNTIL.search(low):
        return True
    return (
        EXTENSION.search(low) is not None and EXTENSION_WHY.search(low) is not None and not EXTENSION_PAST.search(low)
    )
