"""What a hit means: effects, time, ownership, place, and what to do next.

Reading order, each module standing on the ones before it:

1. `status`: what held on a given day; watch and history.
2. `effect_tables`, `effects`: what each list and program forbids, by `tables/*.yaml`; `context` narrows it.
3. `holdings`, `ownership`: who holds how much of whom, on a day.
4. `ownership_rules`, `cascade`, `reach`, `findings`: whom a rule catches through ownership, with the path.
5. `places`, `supply`: regions in addresses and texts, and who supplies whom.
6. `policy`, `next_steps`: what may happen next, and what to ask.

`reading` reads the small files that a user writes. Nothing here matches names: `screening` brings the two
together. Tables are read when they are first used. Information, not legal advice.
"""
