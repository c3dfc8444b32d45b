"""The records that most tests of the site share: a few written by hand, and enough others to turn pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lettermaker import letter

from indexer.disclosure import CostEstimate, Disclosure, Review, Span

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DRONES = """{{other}}Ambershire Police
Reference: [[reference=FOI 0433/25|FOI 0433/25]]
Date: [[answered_on=2025-04-03|3 April 2025]]
{{request}}You asked on [[received_on=2025-01-28|28 January 2025]]:
1. How many drones does the force own?
2. Have drones been used for directed surveillance?
{{answer}}[[question=1|[[outcomes=disclosed|Question 1: the force owns fourteen drones.]]]]
[[question=2|Question 2: [[outcomes=ncnd|[[forces=ambershire|Ambershire Police]] can neither confirm nor deny that it
holds any other information, by virtue of [[ncnd FOIA 30(3)|Section 30(3)]] and [[ncnd FOIA 31(3)|Section 31(3)]].]]]]
[[outcomes=refused_exemption|The flight plans are withheld under [[FOIA 31(1)(a)|Section 31(1)(a)]].]] The duty in
[[mention FOIA 17|Section 17]] to give you notice has been met. The heron survey was of no use to the pilots.
{{other}}If you are unhappy, write to us within two months."""

COST = """{{other}}Our reference [[reference=KM/PA/000195/19|KM/PA/000195/19]]
[[answered_on=2019-11-04|4 November 2019]]
{{request}}How many complaints about drones were logged in each ward?
{{answer}}[[outcomes=refused_cost|We estimate that 3,715 records at 3 minutes each would take 185 hours, so
[[FOIA 12(1)|Section 12(1)]] applies.]]"""

NOT_HELD = """{{request}}What is your policy on the use of drones at football matches?
{{answer}}[[outcomes=not_held|In terms of [[FOISA 17|section 17]] the Service does not hold this information.]]
The reference is [[reference=IM-FOI-2021-0317|IM-FOI-2021-0317]]."""

REVIEW = """{{request}}Please review your answer FOI 0433/25 about drones.
{{answer}}[[reference=FOI 0501/25|FOI 0501/25]] of [[answered_on=2025-05-20|20 May 2025]]. I have looked again at your
request FOI 0433/25. [[outcomes=disclosed_part|The flight plans of 2019 can be given; the rest stands.]]"""

RUN = "<script>document.title='owned'</script>"
HOSTILE_TEXT = f"""{{{{request}}}}{RUN} drones
{{{{answer}}}}</div><img src=x onerror="document.title='owned'"><svg onload="document.title='owned'">
[[outcomes=disclosed|javascript:alert(1) is <b>all</b> that we hold about drones.]] ">{RUN}"""

VANS = "{{answer}}[[reference=FOI2021/00417|FOI2021/00417]] [[outcomes=disclosed|There were two collisions.]]"
DOGS = "{{answer}}[[reference=FOI2021/00417|FOI2021/00417]] [[outcomes=disclosed|There were five dogs.]]"
RETIRED = """{{request}}Which dogs retired?
{{answer}}[[outcomes=disclosed|Three dogs retired in [[answered_on=2023-02-01|1 February 2023]].]]
The wolfhound sleeps in the yard."""
HORSES = """{{request}}Which horses retired?
{{answer}}[[outcomes=disclosed|Three horses retired.]]
The dun mare sleeps in the paddock."""
ENCLOSED = """{{request}}How many parrots are held as evidence?
{{answer}}[[reference=PK/88|PK/88]] [[outcomes=disclosed|One parrot is held as evidence.]]"""
FLIGHTS = ("Flights by month.", "The kestrel nest closed the north field in June.")
PILOTS = ("Rank | Pilots\nSergeant | 4\nConstable | 11",)

LETTERS = (
    letter(
        "drones-a1",
        DRONES,
        title="Unmanned aircraft (drones)",
        attachments=(("Flight log 2024.pdf", PDF, FLIGHTS), ("Pilots.xlsx", XLSX, PILOTS)),
        held=(2,),
    ),
    letter(
        "cost-k1",
        COST,
        force="kingsmarsh",
        title="Complaints about drones by ward",
        costs=(
            CostEstimate(
                records=3715,
                minutes_each=3.0,
                hours=185.0,
                limit_hours=18.0,
                limit_pounds=450,
                span=Span(part="page", page=1, start=130, end=180),
            ),
        ),
    ),
    letter("held-s1", NOT_HELD, force="strathmarr", title="Drones at football matches", published_on=date(2021, 9, 14)),
    letter(
        "review-a1",
        REVIEW,
        title="Internal review: drones",
        review=Review(reviews="foi-433-25", result="varied", span=Span(part="page", page=1, start=0, end=50)),
    ),
    letter(
        "hostile-1",
        HOSTILE_TEXT,
        force="caldmoor",
        title=f"{RUN} & drones",
        attachments=((f'">{RUN}.pdf', PDF, (f"{RUN} drones",)),),
    ),
    letter("collision-r1", VANS, force="ravensby", title="Collisions of vans"),
    letter("collision-p1", DOGS, force="penrock", title="Dogs on duty", gone_since=datetime(2025, 6, 1, tzinfo=UTC)),
    letter("open-n1", RETIRED, force="northway", title="Retired police dogs", licence="OGL-UK-3.0"),
    letter("closed-n1", HORSES, force="glyndaf", title="Retired police horses", licence="CC BY-NC 4.0"),
    letter(
        "formula-1",
        "{{answer}}[[outcomes=disclosed|Yes.]]",
        force="estwick",
        title='=HYPERLINK("http://x.example","open")',
    ),
    letter(
        "enclosed-1",
        "{{other}}Our response is attached.",
        force="penrock",
        title="Parrots",
        attachments=(("Response.pdf", PDF, (ENCLOSED,)),),
    ),
    letter("nobody-1", "{{answer}}A letter without force, date or outcome about geese.", force=(), title="Geese"),
)

TOPICS = ("taser", "custody", "vehicles", "complaints", "overtime")
FORCES = ("ambershire", "brackenshire", "caldmoor", "dunmere", "estwick", "glyndaf")
OUTCOMES = ("disclosed", "refused_exemption", "not_held", "ncnd")


def others() -> list[Disclosure]:
    """Seventy plain answers: five topics, six forces, years, outcomes and provisions by turns."""
    made = []
    for number in range(70):
        topic, force = TOPICS[number % 5], FORCES[number % 6]
        outcome, year = OUTCOMES[number % 4], 2017 + number % 8
        cited = " under [[FOIA 40(2)|section 40(2)]]" if outcome == "refused_exemption" else ""
        dated = f" [[answered_on={year}-0{1 + number % 9}-11|11.0{1 + number % 9}.{year}]]" if number % 7 else ""
        text = (
            f"{{{{request}}}}How often was {topic} reported in area {number}?\n"
            f"{{{{answer}}}}Reference [[reference=X{number:03}/{year}|X{number:03}/{year}]].{dated} "
            f"[[outcomes={outcome}|This is what we say about {topic}{cited}.]]"
        )
        made.append(letter(f"plain-{number:02}", text, force=force, title=f"{topic.capitalize()} in area {number}"))
    return made


CORPUS = (*LETTERS, *others())
