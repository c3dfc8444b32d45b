"""How letters word what a provision does: patterns over the words before and after a citation, in small letters."""

from __future__ import annotations

import re

from indexer.reading.phrases import compiled, phrases

DUTY = compiled(r"\bs(?:ection|\.)? ?1 ?\(1\) ?\(a\)[^.;]{0,90}\bdoes not (?:therefore )?(?:apply|arise)\b")
CONFIRMS = compiled(r"(?<!not )\bconfirms? (?:that )?(?:[\w']+ ){1,5}?(?:(?:do|does) )?(?:hold|holds|held)\b")
NCND = phrases(
    r"\bneither (?:to )?confirm(?:s|ed|ing)? (?:n?or|and) (?:to )?den(?:y|ies|ied|ying)",
    r"\bconfirm (?:n?or|and|/) ?deny\b",
    r"confirming or denying",
    r"\bncnd\b",
    r"confirm or den(?:y|ies)",
    DUTY.pattern,
    r"(?:reveal|confirm|disclose|say) whether (?:or not )?(?:(?:the|any|such|this|it|we) )?(?:\w+ )?(?:information "
    r")?(?:is|are|was|exists?|holds?|held|were|do|does)",
    r"whether (?:or not )?(?:the |any |such |this )?information (?:exists|is held)",
)
QUOTES = phrases(
    r"(?:not (?:already )?exempt(?: information)?|other than|otherwise than|except|does not fall|is not) (?:by "
    r"virtue of|under|within|in|by) (?:the exemption (?:in|at|under) )?$",
    r"for the purposes? of (?:this )?$",
    r"(?:mentioned|specified|listed|referred to|set out|defined|within the meaning of|described|contained|"
    r"(?<!the )(?<!their )(?<!of )(?<!and )(?<!any )(?<!all )(?<!own )names?|conditions?) (?:in|at|by|under)? ?$",
    r"(?:meaning|conditions?|definition|purposes) (?:of|in|at|set out (?:in|at)) $",
    r"(?:protections?|privileges?|rights?|safeguards?) (?:\w+ )?(?:provided|afforded|given|available|conferred|"
    r"protection) (?:for )?(?:under|by|in) (?:the )?$",
)
_EXEMPTION_IN = compiled(  # where the law keeps an exemption that the letter speaks of
    r"(?:exemptions?|exceptions?) (?:(?:which|that) (?:is|are) |as )?(?:specified|listed|set out|described|contained) "
    r"(?:in|at|by|under) ?$"
)
WITHIN_MEANING = compiled(r"(?:vexatious|repeated|exempt|unreasonable)\b[^.]{0,60}(?:meaning|purposes?|terms) of $")
GIVEN_UP = phrases(
    r"\bno longer\b",
    r"\bwithdraw",
    r"\bwithdrew\b",
    r"(?:incorrectly|wrongly|mistakenly|erroneously|inappropriately)",
    r"should not have (?:been )?(?:applied|relied|cited|used|engaged|refused)",
    r"(?:not|never) (?:be )?(?:relying|rely|relied|applying|apply|applied|engaged?|seeking to rely)\b(?! to)",
    r"(?:is|are|was|were) not (?:therefore )?(?:engaged|applicable|relevant|correct|appropriate)",
    r"(?:do|does|did|can|could) ?not (?:uphold|support|endorse)",
    r"(?:do|does|did) not (?:engage|(?:consider|believe|think|accept|agree|find)\b(?! (?:that )?(?:we|it is|there|"
    r"the information|you)\b))",
    r"cannot (?:be )?(?:rely|relied|applied|apply)",
    r"not (?:been |therefore )?able to (?:rely|apply)",
    r"set(?:ting)? aside",
    r"overturn",
    r"rather than",
    r"instead of",
    r"in place of",
)
APPLIES_NOT = phrases(
    r"(?:, which [^.;]{0,110}?,)?[^.;]{0,60}?\b(?:(?:does|do|did) not (?:therefore )?(?:apply|arise|come into (?:it|"
    r"play))|(?:is|are|was|were) not (?:therefore |being )?(?:engaged|applicable|relied|maintained|claimed|needed|"
    r"in point|sought)|(?:is|are|was|were) (?:wrongly|incorrectly|mistakenly|erroneously|not correctly) \w+|(?:has|"
    r"have|had) not been (?:relied|applied|claimed|needed|used)|(?:need|needs) not (?:be|"
    r"detain)|(?:should|ought) not (?:to )?have been \w+|no longer|"
    r"(?:we|i) (?:now |hereby |therefore )?withdraw|falls? away|fell away|"
    r"(?:is|are|was|were|has "
    r"been|have been) withdrawn|would be "
    r"(?:considered|looked at)|(?:was|were|been) \w+ (?:in error|by mistake|wrongly|incorrectly|mistakenly))\b",
)
_NEEDLESS = (
    r"(?:need\w*|necessary|requir\w+|thought|felt|found|deemed|judged|relied|rel(?:y|ying)|appl\w+|engag\w+|used?|"
    r"enough|sufficient\w*|appropriate|apt|made out|met|invoke\w*|claim\w*|cite\w*|pursue\w*|think|believe|consider|"
    r"say|find|accept|conclude\w*|satisfied|persuaded|convinced|relevant|suitable|adopt\w*)"
)
_REJECTED = (
    rf"(?:\b(?:not|never|cannot|nor)\b[^.;]{{0,30}}?\b{_NEEDLESS}\b|"
    r"\b(?:rejected|discounted|dismissed|ruled out|unnecessary|decided against|set aside|put aside|left aside)\b)"
)
_THOUGHT = r"(?:considered|looked at|thought (?:about|of)|weighed|examined|discussed|contemplated|raised|explored)"
THOUGHT_OF = compiled(  # "section 26 was looked at but it was not thought necessary"
    rf"[^.;]{{0,60}}?\b(?:was|were|is|are|has been|have been|been) (?:also |briefly |initially |carefully |first )?"
    rf"{_THOUGHT}\b[^.;]{{0,90}}?{_REJECTED}"
)
THINKING_OF = compiled(
    rf"\b(?:{_THOUGHT}|(?:thought|consideration|regard|attention) (?:(?:was|has been|had been) )?(?:\w+ )?to)\b"
    r"[^.;]{0,80}$"
)  # "we looked at section 41, but do not think …"
_ONLY_THOUGHT = compiled(rf"[^.;]{{0,60}}?\b(?:but|however|although|though|yet|and|,)\b ?[^.;]{{0,80}}?{_REJECTED}")
_HAVING = (
    r"(?:(?:may|might|could|would) (?:(?:well|also|probably|likely|then|equally|otherwise|perhaps|possibly|in any "
    r"(?:case|event)|arguably|almost certainly) ){0,2}have)"
)
_WOULD_HAVE = compiled(  # "sections 12 and 40 might well have been engaged"
    rf"(?:(?!\b(?:as|because|since|but|so|for|if)\b)[^.;]){{0,50}}?\b{_HAVING} (?:also )?(?:(?:been|come|fallen|"
    r"needed to be) )?(?:engaged|considered|applied|relied|relevant|cited|used|claimed|needed|exempt|into play|"
    r"invoked|arisen|refused|in play|in point|looked at|applicable|raised|(?:our|my|the|a|an) (?:next|further|other|"
    r"alternative|additional|second|fallback|more natural) \w+)\b"
)
_WE_WOULD_HAVE = compiled(  # "we would have relied on section 31", "would have been exempt under section 40(2)"
    rf"\b{_HAVING} (?:also |instead )?(?:been )?(?:relied on|applied|cited|refused|considered|exempt\w*|withheld|"
    r"engaged|invoked|claimed|looked (?:at|to)|turned to|used|fallen|caught)\b[^.;]{0,50}$"
)
_HAD = compiled(  # "had it been held, section 30 would apply"
    r"\bhad (?:the|we|you|this|that|these|it|they|any|such|your|there) (?:[\w']+ ){0,6}?(?:been|asked|held|sent|"
    r"wanted|sought|made|needed|existed|wished|limited|not|chosen|gone|included|confined|found)\b"
)
_THEN = compiled(r"\b(?:would|might|could)\b")
_ENTITLED = compiled(
    r"\b(?:entitled|able|open to \w+|within our rights|free) to (?:refuse|withhold|rely|apply|cite|use)\b"
)
_BUT_NOT = compiled(
    r"[^.;]{0,40}\b(?:but|however|yet)\b[^.;]{0,60}?\b(?:(?:will|have|has|do|did|shall|am|are) not\b|(?:chosen|decided|"
    r"elected|choose|prefer) (?:to (?:answer|provide|reply|give|disclose|release)|not to)\b)"
)
_ON_CONDITION = compiled(r"(?:if|should|where|in the event)\b")
_ASKS_FOR = compiled(
    r"\bplease (?:could you |can you )?(?:provide|advise|let|tell|explain|release|redact|give|send|supply|state|"
    r"confirm|contact|narrow|resubmit|specify)\b"
)
_MY_REQUEST = compiled(r"\b(?:my (?:[\w]+ ){0,2}(?:request|question|enquir|quer)|(?:let|tell|give|send|advise) me\b)")
BEFORE_NOW = phrases(
    r"\b(?:previously|originally|initially|at first|in the past|in our (?:original|first|initial|previous|earlier)|"
    r"(?:original|initial|first|previous|earlier) (?:response|decision|reply|refusal|answer|request|letter)|had "
    r"(?:been )?(?:applied|relied|refused|withheld|cited)|(?:our|the) (?:reply|answer|response|letter|decision) (?:of "
    r"\d+ \w+ (?:\d{4} )?)?(?:was|said|stated|told you|explained)(?: to you)? that|you were (?:then )?told(?: that)?|"
    r"(?:we|it|the \w+) (?:then )?(?:told you|replied|answered) that)\b",
)
PERHAPS = phrases(
    r"\b(?:may|might|could|potentially|possibly|whether) (?:[\w']+ ){0,5}(?:be )?(?:exempt\w*|engag\w+|appl(?:y|ied|"
    r"ies)|refus\w+|withheld|attract|subject|fall|rely|rel(?:y|ied)|invoke|incur|exceed|trigger|be considered)\b",
    r"\bminded to (?:apply|rely|refuse|withhold|cite)\b",
    r"not yet (?:been )?(?:reached|decided|determined|made|concluded)",
    r"(?:still |currently )?(?:being considered|considering|under consideration)",
    r"further time",
    r"\b(?:if|should|were) (?:you|we|your|a|any|the|this|it|further|such|future|"
    r"resubmitt\w+)\b[^.]{0,100}\b(?:would|may|might|could|will|likely|be)\b[^.]{0,60}\b(?:exempt|refus|exceed|appl|"
    r"engag|cost|section|aggregat)",
    r"\b(?:refined|revised|narrowed|new|future|further|subsequent|similar) (?:\w+ )?requests?\b[^.]{0,80}\b(?:may|"
    r"might|could|would)\b",
)
TALK = phrases(  # what somebody says or asks about a provision, and no use of it
    r"\byour (?:\w+ )?(?:remarks?|comments?|points?|arguments?|views?|questions?|concerns?|submissions?|contention|"
    r"assertion) (?:on|about|as to|regarding|concerning|that|in (?:relation|respect|regard) (?:to|of)) (?:the "
    r")?(?:use of |application of )?$",
    r"\b(?:save for|except(?:ing)?(?: for)?|apart from|differs? from|different from|distinct from|as opposed to|"
    r"whether(?: or not)?|why) (?:the )?$",
    r"\bno exemptions? (?:would|will|might|may|could) (?:then |also )?apply",
    r"\bno reliance\b[^.;]{0,40}$",
    r"\b(?:exemptions?|sections?|provisions?) (?:such as|like) (?:the |that in )?$",
    r"\byou (?:have |also |then )?(?:argued?|suggest(?:ed)?|say|said|contend(?:ed)?|assert(?:ed)?|claim(?:ed)?|"
    r"stated?|submit"
    r"(?:ted)?|believed?|think|feel|felt|complain(?:ed)?|maintain(?:ed)?|asked?) (?:that|whether|why|how) (?:[\w']+ "
    r"){0,3}$",
    r"\byou (?:have |also |then )?(?:dispute|challenge|question|query)d? (?:the|our) (?:use|application) of $",
    r"\bnot (?:[\w']+ ){0,3}(?:refusal|use|application) (?:notice )?(?:under|of|in terms of|by virtue of) $",
    r"\b(?:nor(?: (?:does|do|is|are|was|were|has|have))?|neither) (?:the )?(?:exemptions? (?:in|at|under) )?$",
    r"\bwithout (?:applying|relying (?:up)?on|using|invoking|citing|resort(?:ing)? to|recourse to) $",
    r"\b(?:not|never) (?:[\w']+ ){0,3}?(?:use|using|used|invoke|invoking|invoked|cite|citing|cited|claim|claiming|"
    r"claimed|"
    r"(?:seek|wish|intend|propose|need)(?:ing)? to (?:rely (?:up)?on|apply)) (?:the )?(?:exemptions? (?:in|at|under) "
    r")?$",
    r"\b(?:not|no|never|nor|without)\b (?:[\w']+ ){0,3}?(?:necessary|needed|need|required|reason|cause) "
    r"(?:for (?:us|me|the \w+) )?(?:to|of) (?:also )?(?:consider|rely|relying|apply|decide|"
    r"address|turn to|look at|invoke|engage|claim|cite)\b(?: [\w']+){0,6} $",
    r"\bconsidered (?:\w+ )?(?:whether|if) $",
    r"\b(?:unlike|as there is (?:in|under|with)|compare|compared with|similar to|equivalent (?:to|of)) (?:the "
    r"(?:exemption|position) (?:in|at|under) )?$",
)
EXAMPLE = phrases(
    r" ?,? ?for (?:example|instance)\b[^.]{0,60}\b(?:may|might|could|would)\b",
    r" (?:is|are) (?:only |meant )?for (?:\w+ ){0,3}(?:departments|bodies|parliament|ministers)",
    r"[^.]{0,30}\b(?:may|might|could) (?:well |also |then )?(?:apply|arise|be (?:engaged|relevant|applied|used|"
    r"relied|cited|"
    r"claimed|invoked))\b",
    r"(?: ?\([^)]{0,60}\))? (?:(?:is|are|was|were) not|(?:has|have) not been|(?:is|are|was|were|has been|have been) "
    r"never) "
    r"(?:\w+ )?(?:applied|used|cited|invoked|required|necessary|relied)\b",
    r" (?:is|are) (?:reserved|(?:often|usually|generally|normally|sometimes|commonly|mostly) used) (?:for|to|by|"
    r"where)\b",
    r"[^.;]{0,30}\b(?:neither|none) of (?:which|them|these)\b[^.;]{0,30}\b(?:engaged|appl\w+|needed|relied|used|"
    r"necessary)\b",
)
GUIDANCE = phrases(
    r"\| ico\b",
    r"\bguidance\b[^.]{0,60}(?:http|www|link|available|here|found|published|on the|\bico\b)",
    r"(?:ico|commissioner)(?:'s|s')? (?:\w+ ){0,3}guidance",
)
LOST = phrases(
    r"public interest (?:\w+ ){0,5}?(?:(?<!in )favours?|favoured|lies? in(?: favour of)?|is in favour of|(?:comes|"
    r"came|falls|fell) (?:down )?in favour of|supports) (?:of )?(?:the )?(?:full )?(?:disclos|releas)",
    r"(?:public interest|factors?|arguments?) (?:in|for|favouring|in favour of|of) (?:the )?(?:disclos|"
    r"releas)\w*(?: of)?(?: (?:the|this) (?:\w+ )?information)? (?:therefore )?(?:outweighs?|is (?:greater|"
    r"stronger)|prevails?|carr(?:y|ies) more)",
    r"(?:is|are|was) outweighed by (?:the )?(?:public interest|those|that|factors?) (?:in|for|favouring|in favour "
    r"of) (?:disclos|releas)",
    r"in favour of disclosure on this occasion",
    r"(?:is|was|be) in the public interest to (?:disclose|release)",
)
NOT_LOST = phrases(
    r"\b(?:does|do|did) not outweigh",
    r"not outweighed",
    r"unless",
    r"whether",
    r"if the public interest",
    r"maintaining the",
    r"withholding",
    r"\bnot (?:\w+ ){0,3}in the public interest",
    r"would be in the public",
    r"favouring disclosure (?:does|do) not",
    r"where the public interest",
    r"when the",
    r"there is a",
)


# ---- words that the longer of these patterns cannot do without: to look for them takes a tenth of the time
_GIVES_UP = (
    *("not", "no longer", "withdr", "never", "incorrectly", "wrongly", "mistakenly", "erroneously", "inappropriately"),
    *("aside", "overturn", "rather", "instead", "in place"),
)
_QUOTING = (
    *("not exempt", "already exempt", "other than", "otherwise than", "except", "not fall", "is not", "purpose"),
    *("mentioned", "specified", "listed", "referred", "set out", "defined", "within the", "described", "contained"),
    *("name", "condition", "meaning", "definition", "protection", "privilege", "right", "safeguard"),
)
_DOUBTS = (
    *(
        "may",
        "might",
        "could",
        "potential",
        "possibl",
        "whether",
        "not yet",
        "minded",
        "consider",
        "further time",
        "if ",
        "should",
    ),
    *("were ", "request"),
)


def ncnd(low: str) -> bool:
    """Whether a sentence neither confirms nor denies. One that confirms that it is held does not, whatever duty it
    says does not apply."""
    if "deny" in low or "deni" in low or "whether" in low or "ncnd" in low or "does not" in low:
        hit = NCND.search(low)
        return hit is not None and (DUTY.match(hit.group()) is None or CONFIRMS.search(low) is None)
    return False


def quotes(before: str) -> bool:
    """Whether the words before a citation quote it as a part of the law."""
    for word in _QUOTING:
        if word in before:
            return (
                QUOTES.search(before) is not None
                and not WITHIN_MEANING.search(before)
                and not _EXEMPTION_IN.search(before)
            )
    return False


def only_thought_of(before: str, after: str) -> bool:
    """Whether a provision was thought of and set aside, or would have been used had things been otherwise."""
    if (" have " in before or " have " in after) and (_WOULD_HAVE.match(after) or _WE_WOULD_HAVE.search(before)):
        return True
    if "had " in before or "had " in after:
        hit = _HAD.search(before) or _HAD.search(after)
        if hit is not None and _THEN.search(before + after):
            return True
    if _ENTITLED.search(before) and _BUT_NOT.match(after):
        return True
    if "not" not in after and "never" not in after and "ed" not in after:
        return False
    return THOUGHT_OF.match(after) is not None or (
        THINKING_OF.search(before) is not None and _ONLY_THOUGHT.match(after) is not None
    )


def asked_for(low: str) -> tuple[bool, bool]:
    """Whether somebody asks for something on a condition ("if section 12 applies, please …"), and for himself."""
    if "please" not in low or not _ON_CONDITION.match(low):
        return False, False
    return _ASKS_FOR.search(low) is not None, _MY_REQUEST.search(low) is not None


def gives_up(low: str) -> re.Match[str] | None:
    """What says that a provision is not relied on, or no longer."""
    for word in _GIVES_UP:
        if word in low:
            return GIVEN_UP.search(low)
    return None


def perhaps(low: str) -> bool:
    """Whether it is said that a provision may apply."""
    for word in _DOUBTS:
        if word in low:
            return PERHAPS.search(low) is not None
    return False
