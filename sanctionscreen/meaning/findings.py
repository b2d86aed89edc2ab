"""What following the ownership says about one company: the verdict, the path and its arithmetic. Types only.

>>> step = Step(company="Vendor", counted=(Counted(owner="Alpha", low=45, high=55),), low=45, high=55)
>>> step.text
'Alpha 45-55% of Vendor'
"""

from __future__ import annotations

from typing import Literal

from pydantic import computed_field

from sanctionscreen.hits import Summed, Value

Verdict = Literal["yes", "possibly", "no"]


class Counted(Value):
    """A stake that counts: whose, how much, and whether its owner is listed itself.

    `certain` is False where the owner is itself caught only possibly; its stake then adds nothing to the
    least that the company can be owned.
    """

    owner: str
    low: float
    high: float
    listed: bool = True
    certain: bool = True
    unknown: bool = False
    control: bool = False
    affiliate: bool = False
    joint: str | None = None

    @property
    def text(self) -> str:
        """The stake in words."""
        share = "share unknown" if self.unknown else shown(self.low, self.high)
        if self.affiliate and self.high == 0:
            share = "affiliate"
        extras = ("control" if self.control else "", f"jointly: {self.joint}" if self.joint else "",
                  "" if self.certain else "if itself caught")  # fmt: skip
        return " ".join((self.owner, share, *(f"({extra})" for extra in extras if extra)))


class Step(Summed):
    """One company on the path: the stakes in it that count, and their sums, in per cent."""

    company: str
    counted: tuple[Counted, ...]
    low: float
    high: float

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def text(self) -> str:
        """The arithmetic in words."""
        parts = " + ".join(stake.text for stake in self.counted)
        total = f" = {shown(self.low, self.high)}" if len(self.counted) > 1 else ""
        return f"{parts}{total} of {self.company}"


class Finding(Value):
    """What one rule says about one company.

    Attributes:
        verdict: `yes`, `possibly`, or `no`.
        applies: whether the rule is applied on the day: not while it is suspended or has not begun.
        state: of the rule on the day, where `not_confirmed` is applied as the cautious reading.
        low, high: the least and most per cent of the company that caught owners can hold.
        threshold: the share that the rule asks for, in words.
        steps: the path, from the listed owners down to the company itself.
        flags: what a reviewer has to clear up.
        carries: the effects of the owner that the rule carries over.
    """

    company: str
    rule: str
    title: str
    jurisdiction: str
    verdict: Verdict
    applies: bool
    state: str
    carries: tuple[str, ...]
    low: float
    high: float
    threshold: str
    steps: tuple[Step, ...] = ()
    flags: tuple[str, ...] = ()
    note: str | None = None
    source: str
    source_url: str

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show: a verdict other than no, a counted stake or a flag."""
        return self.verdict != "no" or bool(self.steps) or bool(self.flags)


def shown(low: float, high: float) -> str:
    """Write a share or a range of shares.

    >>> shown(33.3, 33.3), shown(45, 55), shown(50.000001, 100)
    ('33.3%', '45-55%', '50.000001-100%')
    """
    least, most = (f"{share:.6f}".rstrip("0").rstrip(".") for share in (low, high))
    return f"{least}%" if least == most else f"{least}-{most}%"
