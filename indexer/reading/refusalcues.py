"""How letters word that nothing is given: cost, neither confirming nor denying, not held, withheld.

Patterns over one sentence in small letters; each has a companion for talk about the same thing that refuses nothing.
"""

from __future__ import annotations

from indexer.reading.phrases import Words

# ---- cost

LIMIT = Words(
    r"appropriate (?:\w+ )?(?:limit|level|threshold)",
    r"costs? (?:limit|threshold|ceiling|exemption|bracket)",
    r"(?:18|eighteen)(?: \(18\))? ?-?(?:hours?|hrs?)",
    r"fees? (?:limit|threshold|regulations)",
    r"time (?:limit|threshold)",
    r"limit (?:of|set|for|specified|prescribed)",
    r"excess(?:ive)? costs?",
    r"costs? of (?:compl|providing|determining|locating|retrieving|answering|responding|supplying)",
    r"amount (?:to|for|that|at|up to|beyond) which",
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
EXCEEDS = Words(
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
NOT_EXCEEDED = Words(
    r"(?:not|cannot|without|avoid) (?:to )?exceed",
    r"(?:can)?not (?:be )?in excess",
    r"(?:now |would )?(?:falls?|fell|come|comes|bring\w*|remain) (?:\w+ )*within",
    r"unlikely to exceed",
    r"(?:can)?not more than",
    r"no more than",
    r"working[- ]days?\b",
)
SUPPOSED = Words(
    r"(?:may|might|can) (?:\w+ )?(?:be )?(?:refuse|exceed|decline)",
    r"if (?:you|your|we|the|a|an|it|any|compl\w+|this)\b",
    r"an? (?:public )?authority\b",
    r"where (?:the|a|an|it|we)\b",
    r"public authorit(?:y|ies)\b",
    r"could (?:still )?exceed\b",
    r"when (?:calculating|estimating)\b",
    r"every chance",
    r"(?:may|might) (?:also )?(?:want|wish|like|need) to",
    r"refined request",
    r"revised request",
    r"new request",
    r"future request",
    opens=(r"(?:if|should|where|when|unless|in cases? where)\b",),
)
RETRIEVABLE = Words(
    r"(?:not|cannot|no) (?:[\w,']+ ){0,8}?(?:in|by|as) (?:a|an|any|the|such a)? ?(?:[\w/-]+ ){0,3}?(?:retriev|"
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
BY_HAND = Words(
    r"manual\w*\b",
    r"individual(?:ly)? (?:review|check|search|examin|read|open)",
    r"each (?:individual )?(?:record|file|case|report|incident|crime|log)",
    r"trawl",
    r"read through",
)

# ---- neither confirm nor deny

NCND = Words(
    r"neither (?:to )?confirm(?:s|ed|ing)? (?:n?or|and) (?:to )?den(?:y|ies|ied|ying)",
    r"can(?:not)? (?:neither )?confirm nor deny",
    r"ncnd\b(?! (?:test|principle))",
    r"(?:refus\w+|not (?:obliged|required|able|in a position)|exempt(?:s|ed)?|exclud\w+|cannot|unable|absolve\w*|"
    r"remov\w+|decline\w*|wish) (?:[\w']+ ){0,7}?(?:to )?confirm(?:ing)? (?:n?or|and|/) den(?:y|ying)",
    r"confirm or deny (?:\([^)]{1,60}\) )?(?:[\w,()]+ ){0,14}?(?:does|do|did) not (?:therefore )?(?:apply|arise)",
    r"duty (?:in|under|at|imposed by|contained in) s(?:ection|\.)? ?1 ?\(1\) ?\(a\)(?: [\w(),]+){0,12} (?:does|do) not "
    r"(?:apply|arise)",
    r"(?:refus\w+|not|unable|contrary to the public interest) (?:[\w']+ ){0,8}to (?:reveal|confirm|say|disclose|"
    r"state) whether (?:or not )?(?:[\w']+ ){0,6}(?:is|are|exists?|holds?|held|has|have|it)\b",
    r"without confirming or denying",
    r"confirmation (?:n?or|and) denial",
)
REMAINDER = Words(r"any (?:\w+ )?(?:other|further|additional|more) (?:\w+ ){0,2}information")
NCND_TALK = Words(
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

NOT_HELD = Words(
    r"(?:do|does|did)(?:n't| not),? (?:(?:\w+ly|however|therefore|also|now|in fact|at present|ourselves),? ){0,2}"
    r"(?:hold(?! back)|possess|retain)\b",
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
    r"nothing (?:is |was )?(?:held|recorded|on record)\b",
    r"(?:because|as|since|but) (?:we|i|the \w+|it|they) (?:do|does|did) not have (?:it|this|that|these|them|any)\b",
    r"not information (?:that|which) (?:\w+ ){1,6}holds?\b",
    r"(?:there (?:is|are|was|were)|and so|so|therefore) no (?:such )?(?:reports?|minutes|correspondence|e-?mails?|"
    r"documents?|"
    r"records?|cop(?:y|ies)|notes?|letters?)\b(?! (?:of|to) (?:complaint|concern))",
    r"(?:do|does|did) not have (?:this|that|the|such|any such) (?:information|data|record|document)",
    r"none (?:is |are )?held\b",
    r"no (?:such )?(?:information|records?|data) (?:is |are |was |were )?(?:held|exist|recorded|available)",
    r"(?:unable|failed|not able) to (?:locate|find|trace|identify) (?:any|the|this|such|relevant)\b",
    r"(?:did|have|has) not (?:locate|find|identif|trace|located|found|identified)\w* (?:any|the|relevant)\b",
    r"(?:records?|files?|information|data|documents?|footage|papers|they|it|these) (?:\w+ ){0,4}?(?:has|have|had|"
    r"was|were) "
    r"(?:since |now |already )?(?:been )?(?:destroyed|deleted|disposed of|weeded)\b",
    r"(?:can)?not in (?:our |the )?possession",
    r"no (?:recorded )?information (?:held|recorded)",
    r"have no (?:\w+ )?(?:records?|information|data|figures?) (?:of|on|for|about|relating|held|regarding|relevant)",
    r"no record (?:of|is|was)",
    r"no (?:central|single|separate) (?:record|list|register|database)\b",
    r"(?:do|does|did) not (?:\w+ly )?(?:record|collect|capture|keep|hold|log|monitor) .{0,120}?\b(?:unable|not be able|"
    r"cannot|not possible)\b",
    r"there (?:is|are|was|were) no (?:recorded|relevant|such)? ?(?:information|data|records)\b(?! (?:to suggest|that))",
    r"(?:the )?information (?:you (?:have )?requested |requested )?is not available as (?:we|it|the|this|they)\b",
    r"unaware of any\b",
    r"nil (?:information|return|held)",
    r"(?:we|they) are not the (?:holders?|(?:body|authority|organisation|department) that (?:would )?(?:holds?|"
    r"keeps?))\b",
    r"unable to quantify\b",
    r"neither (?:of (?:these|them|those) )?(?:is|are|was|were) held\b",
    r"no longer (?:held|hold|holds|retained|retains?|exists?|available to us)\b",
    r"no such (?!(?:person|people|event|meeting|individual))[\w ]{3,40}? (?:is|are|was|were) held\b",
    opens=(
        r"(?:\W*)(?:information )?not held\b",
        r"no information(?: is| was)? held",
        r"not (?:currently |routinely |centrally )?(?:held|recorded|collected|captured|kept|logged)\b",
    ),
)
HELD_ELSEWHERE = Words(
    r"held by (?:the|another|each|individual|your|our|a different) (?:\w+ ){0,3}?(?:providers?|suppliers?|"
    r"contractors?|schools?|"
    r"gps?|practices?|registrars?|landlords?|company|operators?|college|regulator|home office|courts?)\b",
)
NOT_RECORDED = Words(  # it may be held, and is not counted so
    r"(?:do|does|did) not (?:\w+ly )?(?:record|collect|capture|collate|log|monitor|keep)\b",
    r"(?:is|are|was|were|been|be) not (?:\w+ly )?(?:recorded|collected|captured|logged|collated|kept)\b",
    r"no (?:central|single|separate) (?:record|list|register|database)\b",
)
LABORIOUS = Words(
    r"(?:would|will) (?:then )?(?:need|have|require us|be necessary|be required) to (?:be )?(?:\w+ ){0,3}?(?:check|"
    r"review|search|read|examin|analys|go through|look|download|retriev|extract|open|access|interrogat|trawl)\w*",
    r"(?:would|will) (?:\w+ )?(?:require|involve|entail|need|mean|necessitate) (?:\w+ ){0,4}?(?:manual|review|search|"
    r"check|examin|trawl|interrogat|key ?word)\w*",
    r"(?:would|will) (?:\w+ )?take (?:\w+ ){0,6}(?:hours?|minutes?|mins?|days?|weeks?)\b",
)
NOT_HELD_TALK = Words(
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
    r"systematically\b",
    r"do or do not\b",
    r"should be (?:taken|read|understood)\b",
    r"could not (?:be )?hold",
    r"would not (?:be )?(?:held|hold|record)",
    opens=(r"(?:if|where|should|unless)\b",),
)

# ---- refused, with no section printed

DENIED = Words(  # nothing is given, and the sentence gives no reason
    r"(?:unable|not able|cannot|not possible|not in a position) (?:\w+ )?(?:to )?(?:be )?(?:provide|supply|answer|give|"
    r"respond to|comply with|provided|supplied|answered|given)\b",
)

WITHHELD = Words(
    r"(?:has|have|had|been|is|are|being|was|were|therefore|we|i) (?:\w+ )?(?:been )?(?:withheld|withholding|"
    r"redacted|redacting|exempted|exempting|exempt from|refusing|refused)\b",
    r"(?:is|are|to be),? (?:\w+,? ){0,3}exempt\b",
    r"(?:decided|decision|chosen|determined) (?:\w+ )?(?:not to (?:disclose|release|provide|supply)|to (?:withhold|"
    r"refuse|redact|exempt))",
    r"(?:will|would|can|could|may) not (?:therefore )?be (?:disclosed|released|shared|supplied)\b",
    r"cannot (?:\w+ )?(?:be )?(?:disclosed?|released?|shared?)\b",
    r"(?:can)?not (?:obliged|required|willing|prepared|able) (?:by statute )?to (?:disclose|release|supply|share)",
    r"(?:redacted|redactions?) (?:version|format|copy|have|has|under|to|for|in (?:part|places?))",
    r"(?:passages?|parts?|words?|sections?|paragraphs?) (?:\w+ )?(?:blacked|blanked) out",
    r"(?:commercially|operationally) sensitive",
    r"commercial(?:ly)? (?:in )?confiden\w+",
    r"in a redacted (?:format|form)",
    r"names? (?:\w+ ){0,6}(?:removed|redacted)",
    r"unable to (?:disclose|release|share)\b",
    r"(?:can)?not for (?:public )?(?:disclosure|release)",
    r"(?:will|would|shall|are|am) not (?:\w+ )?(?:be )?(?:giving|providing|disclosing|releasing|supplying|sharing|"
    r"provide|disclose|release) (?:you with )?(?:this|these|the|those|any|such|it|them|their|names?|details?)\b",
    r"(?:names?|details?|identit\w+|figures?|numbers?) (?:\w+ ){0,3}(?:left out|not given|blanked out|blacked out|"
    r"suppressed)\b",
    opens=(
        (
            r"(?:this (?:information )?is |these are |information |the information is )?(?:therefore )?"
            r"(?:exempt|withheld|refused|redacted)(?:[.,;]|$| (?:see|as above))"
        ),
    ),
)
WITHHELD_TALK = Words(
    r"may (?:also )?have been (?:redacted|withheld)",
    r"(?:applications?|licences?|permits?|bail|orders?|leave|entry|consent) (?:was|were|is|are|has been|have been) "
    r"refused",
    r"if (?:we|the|any|information|it|you)\b",
    r"may (?:also )?(?:withhold|refuse|be (?:withheld|exempt|refused))",
    r"whether\b",
    r"exempt(?:ion)?s? (?:may|can|could)\b",
    r"unless\b",
    r"(?:can)?not (?:\w+ ){0,4}(?:exempt|withheld)",
    r"can be (?:withheld|exempt)",
    r"exempt(?: information)?,? (?:if|where)\b",
    r"factors",
    r"fees? (?:and|or)",
    r"would (?:\w+ )?be exempt",
    r"nothing (?:has been|is) (?:withheld|redacted)",
    r"(?:no|not) (?:redact|exempt)",
    r"might",
    r"under the data protection act",
    r"exempt under section 17\b",
    opens=(r"(?:if|where|should)\b",),
)
SMALL = Words(
    r"(?:less|fewer|lower) than (?:or equal to )?(?:5|6|10|11|3|4|five|six|ten|three|four)\b",
    r"under (?:5|five|10|ten)\b",
    r"(?:low|small) (?:numbers?|figures?|counts?|volumes?)",
    r"(?:numbers?|figures?|counts?|values?) (?:of )?(?:\w+ ){0,2}(?:or|and) (?:under|fewer|less|below)\b",
    r"suppress",
    signs=(r"< ?=? ?(?:5|6|10|11)\b",),
)
PROTECTS = Words(
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


def denies(low: str) -> bool:
    """Whether a sentence gives nothing; its words are looked for first, since most say "not" of something else."""
    if "unable" in low or "cannot" in low or "not able" in low or "not possible" in low or "not in a position" in low:
        return DENIED.search(low) is not None
    return False


def protects(low: str) -> bool:
    """Whether a sentence speaks of people who could be told by it."""
    if (
        "identif" in low
        or "protect" in low
        or "confidential" in low
        or "personal" in low
        or "privacy" in low
        or "anonym" in low
        or "suppress" in low
        or "disclosure control" in low
    ):
        return PROTECTS.search(low) is not None
    return False
