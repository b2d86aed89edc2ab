"""Who supplies whom: a bill of suppliers as a graph, with the path from a product down to where a hit stands.

A buyer knows the first tier and is answerable for all of them. Goods made in whole **or in part** in Xinjiang, or
by an entity of the UFLPA list, are presumed made with forced labour (Uyghur Forced Labor Prevention Act,
Pub. L. 117-78, 23 December 2021, https://www.govinfo.gov/link/plaw/117/public/78), and the presumption runs up
through inputs of any tier. Other effects stand where they stand: a blocked supplier of a supplier is shown with
its path, but does not taint the product. Information, not legal advice.

>>> links = [SupplyLink("Panel Co", "Roof kit", goods="solar panels"),
...     SupplyLink("Poly Co", "Panel Co", goods="polysilicon", origin="Shihezi, Xinjiang")]
>>> exposure = trace(links, as_of=date(2024, 1, 1))[0]
>>> print(exposure.text)
Roof kit <- Panel Co (solar panels) <- Poly Co (polysilicon, Shihezi, Xinjiang)
>>> exposure.effects[0].effect, exposure.carried_up
('import_presumption', True)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import computed_field

from sanctionscreen.hits import Effect, Summed, Value
from sanctionscreen.meaning.folding import key
from sanctionscreen.meaning.places import region_effects, regions_in
from sanctionscreen.meaning.reading import Row, build, read_rows

COLUMNS = ("supplier", "customer", "goods", "origin", "tier")

#: Effects that the goods carry with them to whatever they are built into.
CARRIED_BY_GOODS = frozenset({"import_presumption"})

#: How many steps at each end of a path are told in words. Real bills have fewer than ten tiers.
_END = 10
_RING = (
    "no product is at the top, but parties that supply one another in a ring: each of them is told once, and what its "
    "goods carry reaches them all"
)


@dataclass(frozen=True, slots=True)
class SupplyLink:
    """One row of a bill of suppliers.

    Attributes:
        supplier: who supplies.
        customer: whom, or the product that it goes into.
        goods: what is supplied.
        origin: where it comes from, as the file says it.
        tier: how far from the product the file says the supplier is: 1 is direct.
    """

    supplier: str
    customer: str
    goods: str | None = None
    origin: str | None = None
    tier: int | None = None

    def __post_init__(self) -> None:
        if not self.supplier.strip() or not self.customer.strip():
            raise ValueError("supplier and customer: both are needed")


class TierStep(Value):
    """One step down the path: who, and what comes from there."""

    party: str
    goods: str | None = None
    origin: str | None = None


class Exposure(Summed):
    """A hit in the supply chain of a product: where it stands, the way there, and what follows.

    Attributes:
        product: the top of the path: a customer that supplies nobody, or one of a ring that supplies nobody else.
        supplier: where the hit stands.
        tier: steps from the product, 1 being a direct supplier.
        path: from the direct supplier down to this one, on the shortest way.
        effects: of the supplier, and of the place its goods come from.
        carried_up: whether the goods carry an effect in force up to the product.
        warnings: what does not fit, such as another tier in the file, or a ring where a product should be.
    """

    product: str
    supplier: str
    tier: int
    path: tuple[TierStep, ...]
    effects: tuple[Effect, ...]
    carried_up: bool
    warnings: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def text(self) -> str:
        """The path in words; of a very long one its two ends."""
        left_out = len(self.path) - 2 * _END
        if left_out <= 0:
            return " <- ".join([self.product, *map(_told, self.path)])
        ends = [*map(_told, self.path[:_END]), f"({left_out} more tiers)", *map(_told, self.path[-_END:])]
        return " <- ".join([self.product, *ends])


def load_suppliers(path: str | Path) -> tuple[SupplyLink, ...]:
    """Read a bill of suppliers, CSV or YAML: columns supplier, customer, and goods, origin, tier.

    Raises:
        InputError: with every fault of the file, one a line.
    """
    file = Path(path)
    return build(file, read_rows(file, COLUMNS, ("supplier", "customer")), _link)


def suppliers(links: Iterable[SupplyLink]) -> tuple[str, ...]:
    """Give every party named in a bill of suppliers, first spellings: all of them are to be screened."""
    names: dict[str, str] = {}
    for link in links:
        for name in (link.supplier, link.customer):
            names.setdefault(key(name), name)
    return tuple(names.values())


def trace(
    links: Iterable[SupplyLink],
    found: Mapping[str, Sequence[Effect]] | None = None,
    *,
    as_of: date,
) -> tuple[Exposure, ...]:
    """Find every exposure of every product, with the path down to it.

    Args:
        links: the bill of suppliers; cycles in it are harmless.
        found: effects of the suppliers that screening found, by name as in the links.
        as_of: the day for the rules of the places that goods come from.

    Returns:
        One exposure for each product and each supplier with an effect, the nearest tier first. Where parties supply
        one another in a ring and nobody else, so that no product is at the top, the one named first is taken for it,
        and what comes from that one is told for a customer of it.
    """
    chain = _Chain(tuple(links), as_of)
    effects = {key(name): tuple(some) for name, some in (found or {}).items()}
    exposures = [
        chain.exposure(product, supplier, parents, effects.get(supplier, ()))
        for product, supplier, parents in chain.pairs()
        if effects.get(supplier) or chain.tainted(supplier, parents, product)
    ]
    return tuple(sorted(exposures, key=lambda e: (e.product, e.tier, e.supplier)))


class _Chain:
    """The links by customer and by supplier, what the places of origin mean, and who stands at the top."""

    def __init__(self, links: Sequence[SupplyLink], as_of: date) -> None:
        self.names = {key(name): name for name in suppliers(links)}
        self.supply: dict[str, dict[str, list[SupplyLink]]] = {}
        self.customers: dict[str, dict[str, list[SupplyLink]]] = {}
        for link in links:
            customer, supplier = key(link.customer), key(link.supplier)
            between = self.supply.setdefault(customer, {}).setdefault(supplier, [])
            between.append(link)
            self.customers.setdefault(supplier, {})[customer] = between
        self.products = self._first(reversed(self._first(self.names)))
        origins = {link.origin for link in links if link.origin}
        self._steps: dict[tuple[str, str], TierStep] = {}
        self.places = {origin: _place_effects(origin, as_of) for origin in origins}

    def _first(self, parties: Iterable[str]) -> list[str]:
        """Those to which no way leads down from one before them.

        Done with all parties and then, from the last to the first, with those that are left, it leaves one of each
        group that supplies nobody else: a product, or the first named of a ring.
        """
        first, reached = [], set[str]()
        for party in parties:
            waiting = [] if party in reached else [party]
            first += waiting
            while waiting:
                new = [supplier for supplier in self.supply.get(waiting.pop(), ()) if supplier not in reached]
                reached.update(new)
                waiting += new
        return first

    def pairs(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Each product with each of its suppliers and everyone below it; of a ring also one pair the other way."""
        for product in self.products:
            parents = self.below(product)
            yield from ((product, supplier, parents) for supplier in parents)
            if product in self.customers:
                customer = next(iter(self.customers[product]))
                yield customer, product, self.below(customer)

    def below(self, product: str) -> dict[str, str]:
        """Everyone who supplies a product, at any tier, each with the next one up on the shortest way."""
        parents = {product: ""}
        waiting = deque([product])
        while waiting:
            customer = waiting.popleft()
            for supplier in self.supply.get(customer, ()):
                if supplier not in parents:
                    parents[supplier] = customer
                    waiting.append(supplier)
        del parents[product]
        return parents

    def tainted(self, supplier: str, parents: Mapping[str, str], product: str) -> list[str]:
        """The customers within the product's chain that get goods of a known region from a supplier."""
        return [
            customer
            for customer, links in self.customers[supplier].items()
            if (customer == product or customer in parents) and any(self._of_places(links))
        ]

    def exposure(self, product: str, supplier: str, parents: Mapping[str, str], own: Sequence[Effect]) -> Exposure:
        """The exposure of a product to a supplier, by way of its tainted goods where there are any."""
        tainted = self.tainted(supplier, parents, product)
        ways = [self._way(customer, parents) for customer in tainted or [parents.get(supplier, product)]]
        path = (*min(ways, key=len), supplier)
        hops = list(zip((product, *path), path, strict=False))
        places = [e for customer in tainted for e in self._of_places(self.customers[supplier][customer])]
        effects = (*own, *dict.fromkeys(places))
        wrong = _wrong_tiers(self.supply[path[-2] if len(path) > 1 else product][supplier], len(path))
        return Exposure(
            product=self.names[product],
            supplier=self.names[supplier],
            tier=len(path),
            path=tuple(self._step(customer, party) for customer, party in hops),
            effects=effects,
            carried_up=any(e.in_force and e.effect in CARRIED_BY_GOODS for e in effects),
            warnings=(*wrong, _RING) if product in self.customers else tuple(wrong),
        )

    def _way(self, party: str, parents: Mapping[str, str]) -> tuple[str, ...]:
        """From the direct supplier of the product down to a party; nothing for the product itself."""
        way: list[str] = []
        while party in parents:
            way.append(party)
            party = parents[party]
        return tuple(reversed(way))

    def _of_places(self, links: Iterable[SupplyLink]) -> Iterator[Effect]:
        for link in links:
            yield from self.places.get(link.origin or "", ())

    def _step(self, customer: str, party: str) -> TierStep:
        """One step down; those that many paths have in common are made once."""
        step = self._steps.get((customer, party))
        if step is None:
            links = self.supply[customer][party]
            step = self._steps[customer, party] = TierStep(
                party=self.names[party],
                goods="; ".join(dict.fromkeys(link.goods for link in links if link.goods)) or None,
                origin="; ".join(dict.fromkeys(link.origin for link in links if link.origin)) or None,
            )
        return step


def _place_effects(origin: str, as_of: date) -> tuple[Effect, ...]:
    """What follows from the regions that an origin names, each once."""
    finds = {find.region: find for find in reversed(regions_in(origin))}
    return tuple(effect for find in finds.values() for effect in region_effects(find, as_of))


def _wrong_tiers(links: Iterable[SupplyLink], tier: int) -> Iterator[str]:
    for stated in sorted({link.tier for link in links if link.tier is not None and link.tier != tier}):
        yield f"the file says tier {stated}, the links say {tier}"


def _told(step: TierStep) -> str:
    what = ", ".join(filter(None, (step.goods, step.origin)))
    return f"{step.party} ({what})" if what else step.party


def _link(row: Row) -> SupplyLink:
    texts = {name: _text(row.fields.get(name)) for name in COLUMNS}
    tier = texts["tier"]
    if tier is not None and not (tier.isascii() and tier.isdigit() and 0 < int(tier) <= 1000):
        raise ValueError(f"tier: {tier[:20]!r} is not a whole number from 1 to 1000")
    return SupplyLink(
        supplier=texts["supplier"] or "",
        customer=texts["customer"] or "",
        goods=texts["goods"],
        origin=texts["origin"],
        tier=int(tier) if tier else None,
    )


def _text(value: object) -> str | None:
    return (str(value).strip() or None) if value is not None else None
